"""Taking boosts back, and the mail of the evening."""

import pytest
from django.core import mail
from django.utils import timezone

from colibri.appeals.actions.lifecycle import close_appeal
from colibri.appeals.models import Appeal
from colibri.people.actions import (
    connect_identity,
)
from colibri.people.models import Consent
from colibri.relays.actions.boosts import undo_one
from colibri.relays.actions.offers import end_offer
from colibri.relays.models import Boost, Digest
from tests.rooms import TAG, Village

ACCOUNTANT = f"Je suis comptable, je cherche un CDI à Lyon. #{TAG}"


# Taking back


def carried(village: Village, relays: int = 3) -> Appeal:
    """A search that as many relays have boosted."""
    for number in range(relays):
        village.lends(f"pic-{number}")
    appeal = village.relayed()
    village.plans()
    village.evening()
    assert len(village.world.standing_boosts()) == relays
    return appeal


@pytest.mark.parametrize("words", ["J'ai trouvé !", "stop"])
def test_found_or_stopped_undoes_every_boost_on_the_network(village, words):
    appeal = carried(village)
    village.says("camille", appeal, words)
    village.work()

    assert village.states() == ["undone"] * 3
    assert len(village.written("undo_boost")) == 3
    assert village.world.standing_boosts() == ()


def test_undoing_survives_faults_and_lost_answers(village):
    appeal = carried(village)
    village.world.fail("undo_boost", "rate_limit", times=2, seconds=60)
    village.world.fail("undo_boost", "answer_lost", times=2)
    close_appeal(appeal, "found", by="page", now=timezone.now())
    for _try in range(4):
        village.work()
        village.later(minutes=15)

    assert village.states() == ["undone"] * 3
    assert len(village.written("undo_boost")) == 3


def test_what_a_refused_relay_could_not_take_back_is_taken_back_once_connected_again(village):
    appeal = carried(village, 1)
    village.world.revoke("pic-0")
    close_appeal(appeal, "found", by="page", now=timezone.now())
    village.work()
    assert (village.states(), len(village.standing())) == (["failed"], 1)

    token = village.world.token_of("pic-0")
    connect_identity("memory", "pic-0", token, server=village.address, account=village.account("pic-0"))
    village.work()
    assert (village.states(), village.standing()) == (["undone"], set())


def test_a_relay_takes_back_one_boost(village):
    carried(village, 2)
    first = Boost.objects.order_by("pk")[0]
    undo_one(first, now=timezone.now())
    village.work()

    assert sorted(village.states()) == ["given", "undone"]


@pytest.mark.parametrize("undo", [False, True])
def test_a_relay_leaves_with_or_without_taking_back(village, undo):
    carried(village, 1)
    offer = village.collective.offers.get()
    stood = end_offer(offer, undo=undo, by="page", now=timezone.now())
    village.work()

    assert stood == (1 if undo else 0)
    assert village.states() == (["undone"] if undo else ["given"])
    assert not Consent.objects.filter(identity=offer.identity, withdrawn_at=None).exists()
    village.later(hours=18)
    village.relayed("sasha", ACCOUNTANT)
    assert village.plans().state == "empty"


# The evening's mail


def test_the_digest_leaves_once_with_its_name_and_a_way_to_stop_it(village, smtp_server, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp_server.port
    smtp_server.clear()
    village.lends("pic", automatic=False)
    village.relayed()
    village.plans()
    village.evening()
    Digest.objects.update(due_at=timezone.now())
    village.work()

    [received] = smtp_server.wait_for(1)
    assert len(smtp_server.messages) == 1
    assert received.recipients == ["pic@example.org"]
    digest = Digest.objects.get()
    assert (digest.state, received.message["Message-ID"]) == ("sent", f"<digest.{digest.pk}@127.0.0.1>")
    assert received.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert received.message["List-Unsubscribe"].strip().startswith(f"<{settings.SITE_URL}/")
    for kind in ("plain", "html"):
        assert "soudeuse" in received.body(kind)
    assert village.states() == ["offered"]


def test_a_mail_server_that_is_down_is_tried_again_under_the_same_name(village, settings):
    village.lends("pic", automatic=False)
    village.relayed()
    village.plans()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", down)
        village.evening()
    digest = Digest.objects.get()
    assert (digest.state, digest.attempts) == ("planned", 1)

    village.later(minutes=5)
    village.work()
    [sent] = mail.outbox
    assert sent.extra_headers["Message-ID"] == f"<digest.{digest.pk}@127.0.0.1>"


def down(self, messages):
    raise ConnectionRefusedError


def test_where_nothing_is_left_to_ask_no_mail_leaves(village):
    village.lends("pic", automatic=False)
    appeal = village.relayed()
    village.plans()
    Appeal.objects.filter(pk=appeal.pk).update(state="paused")
    village.evening()

    assert (Digest.objects.get().state, mail.outbox) == ("dropped", [])
