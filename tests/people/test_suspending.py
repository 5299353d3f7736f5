"""An operator shuts somebody out: everything of theirs is dead at once, everywhere."""

import pytest
from django.test import Client
from django.utils import timezone

from colibri.appeals.actions.lifecycle import NeedsConsent, accept_appeal
from colibri.appeals.models import Appeal, Message
from colibri.appeals.queries import is_public
from colibri.people.actions import give_consent, suspend
from colibri.people.models import Account, Consent
from tests.rooms import TAG, Village, village

__all__ = ["village"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def relayed(village: Village) -> Appeal:
    """Camille's search, relayed by Anis, and both have accounts here."""
    village.lends("anis")
    appeal = village.relayed("camille")
    village.connects("camille")
    Appeal.objects.update(account=village.account("camille"))
    village.plans()
    return appeal


def test_a_seeker_shut_out_is_relayed_no_more_nor_shown(village, relayed):
    village.evening()
    assert village.standing()
    camille, client = village.account("camille"), Client()
    client.force_login(camille)

    suspend(camille, now=timezone.now())
    village.work()

    assert client.get("/me/").status_code == 302
    assert not village.standing()
    assert Client().get(relayed.get_absolute_url()).status_code == 404
    assert relayed.get_absolute_url() not in Client().get("/c/village/feed.atom").content.decode()
    relayed.refresh_from_db()
    assert relayed.state == "paused"
    assert Consent.objects.filter(purpose="be_relayed", withdrawn_at=None).exists()  # they may come back


def test_a_relay_shut_out_gives_nothing_that_was_planned(village, relayed):
    assert "planned" in village.states()

    suspend(village.account("anis"), now=timezone.now())
    village.evening()

    assert not village.standing()
    assert set(village.states()) == {"expired"}


def shut_out(village: Village, handle: str = "camille") -> None:
    village.connects(handle)
    suspend(village.account(handle), now=timezone.now())


def test_a_message_that_waits_is_not_accepted_once_its_author_is_shut_out(village):
    appeal = village.invited("camille")
    village.says("camille", appeal, "Oui !")
    shut_out(village)
    appeal.refresh_from_db()

    with pytest.raises(NeedsConsent):
        accept_appeal(appeal, by=village.animator, now=timezone.now())
    assert appeal.state == "submitted"


def test_a_message_the_collective_was_about_to_publish_is_not_published(village):
    account = village.account("camille")
    appeal = Appeal.objects.create(collective=village.collective, account=account, state="submitted")
    Message.objects.create(appeal=appeal, text="Soudeuse à Brest, je cherche un CDI.")
    for purpose in (appeal.yes_to_relay, appeal.yes_to_publish):
        give_consent(village.collective, purpose, account=account, by="page", now=timezone.now())
    accept_appeal(appeal, by=village.animator, now=timezone.now())
    assert appeal.state == "accepted"

    suspend(account, now=timezone.now())
    village.work()

    assert not village.written("post")
    appeal.refresh_from_db()
    assert appeal.state == "accepted"


def test_neither_a_yes_nor_a_new_post_of_theirs_is_heard_but_a_stop_is(village):
    appeal = village.invited("camille")
    shut_out(village)
    village.says("camille", appeal, "Oui !")
    assert appeal.state == "draft"
    village.posts("camille", f"Je cherche toujours un CDI à Brest. #{TAG}")
    assert appeal.publications.count() == 1

    village.says("camille", appeal, "stop")
    assert appeal.state == "closed"


def test_no_plan_carries_them_whatever_state_their_message_is_in(village, relayed):
    Account.objects.filter(email="camille@example.org").update(is_active=False)
    assert relayed.state == "active"

    village.later(days=1)
    plan = village.plans()

    assert not plan.boosts.exists()
    assert not is_public(Appeal.objects.get(pk=relayed.pk))


def test_operators_do_it_by_one_tick(village, relayed):
    operator = Account.objects.create_superuser("operator@example.org")
    camille, client = village.account("camille"), Client()
    client.force_login(operator)
    page = f"/admin/people/account/{camille.pk}/change/"
    rows = {f"roles-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}

    kept = client.post(page, {"name": "Camille", "language": "fr", "time_zone": "", **rows})

    assert kept.status_code == 302, kept.context["errors"]
    camille.refresh_from_db()
    assert not camille.is_active
    relayed.refresh_from_db()
    assert relayed.state == "paused"
