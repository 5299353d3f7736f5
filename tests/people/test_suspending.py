"""An operator shuts somebody out: everything of theirs is dead at once, everywhere."""

import pytest
from django.test import Client
from django.utils import timezone

from colibri.appeals.models import Appeal
from colibri.people.actions import suspend
from colibri.people.models import Account, Consent
from tests.rooms import Village, village

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
