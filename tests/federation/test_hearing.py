"""What a source says is taken in once, and nothing one post does silences it."""

import pytest
from django.db import DataError, OperationalError

from colibri.appeals.models import Appeal
from colibri.federation.actions import hearing
from colibri.federation.models import Source
from colibri.networks.items import Draft
from tests.rooms import SEARCH


def fault(error: Exception):
    def raises(*args, **kwargs):
        raise error

    return raises


def test_the_cursor_moves_with_what_was_taken_in(village):
    village.posts("camille")
    heard = Source.objects.get()

    assert int(heard.cursor) == len(village.world.log())
    assert village.hear() == 0
    assert Appeal.objects.count() == 1


def test_what_was_said_while_nobody_listened_is_heard_afterwards(village):
    for handle in ("camille", "sasha", "yael"):
        village.opens(handle)
        village.client(handle).publish(Draft(SEARCH, f"post-of-{handle}"))

    assert village.hear() == 3
    assert Appeal.objects.count() == 3


@pytest.mark.parametrize("error", [ValueError("nonsense"), DataError("value too long")], ids=repr)
def test_a_post_that_cannot_be_taken_in_is_skipped_and_counted_and_the_next_one_is_not(
    village, monkeypatch, error
):
    with monkeypatch.context() as patch:
        patch.setattr(hearing, "take_in", fault(error))
        village.posts("camille")
    village.posts("sasha")

    assert [appeal.identity.handle for appeal in Appeal.objects.all()] == ["sasha"]
    assert Source.objects.get().skipped == 1


def test_a_fault_of_the_database_raises_and_the_post_is_heard_again(village, monkeypatch):
    village.hear()
    before = Source.objects.get().cursor
    with monkeypatch.context() as patch:
        patch.setattr(hearing, "take_in", fault(OperationalError("the disk is full")))
        with pytest.raises(OperationalError):
            village.posts("camille")

    assert (Source.objects.get().cursor, Source.objects.get().skipped) == (before, 0)
    village.hear()
    assert Appeal.objects.count() == 1


def test_a_post_that_holds_what_no_column_can_is_skipped_or_kept_but_never_stops_the_rest(village):
    village.posts("camille", f"{SEARCH}\x00")
    village.posts("sasha")

    assert Appeal.objects.filter(identity__handle="sasha").exists()
    assert Source.objects.get().skipped + Appeal.objects.filter(identity__handle="camille").count() == 1
