import threading

import pytest

from colibri.config import listener as listening
from colibri.config.listener import Listener
from colibri.federation.models import Source
from colibri.people.models import Collective
from tests.peers.process import wait_until

# The threads of a listener look at the database too, so its rows must be committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def source() -> Source:
    collective = Collective.objects.create(
        slug="hirondelles", name="Hirondelles", supporters_hashtag="h", seekers_hashtag="hR"
    )
    return Source.objects.create(collective=collective, network="memory", server="memory:here")


class Ears:
    """What a listener's threads were asked to hear, and which of them were told to stop."""

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.stopped: list[int] = []
        self.fail = False

    def __call__(self, pk: int, stop: threading.Event) -> None:
        self.heard.append(pk)
        if self.fail:
            raise RuntimeError("deaf today")
        stop.wait(30)
        self.stopped.append(pk)


def test_each_source_is_heard_once_and_until_the_end(source):
    ears = Ears()
    looks = iter([False, False, False, True])

    Listener(ears).run(lambda: next(looks))

    assert ears.heard == [source.pk]
    assert ears.stopped == [source.pk]


def test_a_new_source_is_found_and_one_that_is_gone_is_left(source):
    ears = Ears()
    listener = Listener(ears)
    listener.look()
    other = Source.objects.create(collective=source.collective, network="bluesky")
    gone = source.pk
    source.delete()
    listener.look()

    assert wait_until(lambda: ears.heard == [gone, other.pk] and ears.stopped == [gone])


def test_another_hashtag_is_listened_for_at_once(source):
    ears = Ears()
    listener = Listener(ears)
    listener.look()
    Collective.objects.update(seekers_hashtag="martinetsR")
    listener.look()

    assert wait_until(lambda: ears.stopped == [source.pk])
    assert wait_until(lambda: ears.heard == [source.pk] * 2)


def test_a_source_that_fails_is_logged_and_heard_again_after_a_pause(source, monkeypatch, caplog):
    monkeypatch.setattr(listening, "FIRST_PAUSE", 0.0)
    ears = Ears()
    ears.fail = True
    listener = Listener(ears)
    listener.look()
    assert wait_until(lambda: not any(ear.thread.is_alive() for ear in listener._ears.values()))
    ears.fail = False
    listener.look()

    assert wait_until(lambda: ears.heard == [source.pk] * 2)
    assert "deaf today" in caplog.text
