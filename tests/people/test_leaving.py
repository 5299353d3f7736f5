"""Going for good: everything is taken back on the network, then nothing of the person is left here."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from colibri.appeals.models import Appeal, Message
from colibri.config.clock import tick
from colibri.people.actions import LastAnimator, add_animator, belongings, erase_again, leave
from colibri.people.actions.taking import SECRET
from colibri.people.models import Account, Consent, Identity, Leaving
from colibri.relays.models import Boost
from tests.rooms import Village, everything_stored, village

__all__ = ["village"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_list(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def relayed(village: Village) -> Appeal:
    """Camille's search, relayed by Anis, and both have accounts here."""
    village.lends("anis")
    appeal = village.relayed("camille")
    village.connects("camille")
    Appeal.objects.update(account=village.account("camille"))
    village.plans()
    village.evening()
    assert village.standing()
    return appeal


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_a_seeker_who_goes_takes_boosts_and_words_along(village, relayed):
    camille = village.account("camille")
    client = browser(camille)

    page = client.post("/data/", {"sure": "1"}, follow=True)

    assert page.status_code == 200
    assert client.get("/me/").status_code == 302  # signed out
    village.work()
    village.later(minutes=2)
    village.work()
    assert not village.standing()
    assert not Account.objects.filter(pk=camille.pk).exists()
    assert not Appeal.objects.exists()
    assert b"camille" not in everything_stored().lower()


def test_a_relay_who_goes_leaves_no_boost_nobody_could_undo(village, relayed):
    anis = village.account("anis")

    leave(anis, by="page", now=timezone.now())
    village.work()
    village.later(minutes=2)
    village.work()

    assert not village.standing()
    assert not Identity.objects.filter(handle="anis").exists()
    assert not Boost.objects.exists()
    assert Appeal.objects.get().state == "active"  # others may carry it tomorrow


def test_nothing_is_erased_while_a_network_has_not_heard_and_everything_after_three_days(village, relayed):
    camille = village.account("camille")
    village.world.fail("undo_boost", "slow", times=100)
    Boost.objects.update(state="undoing", due_at=None)  # as it stands while the relay's server is away

    leave(camille, by="page", now=timezone.now())
    village.work("people.Leaving")
    assert Leaving.objects.get().due_at > timezone.now()
    assert Account.objects.filter(pk=camille.pk, is_active=False).exists()

    village.later(days=3, minutes=1)
    village.work("people.Leaving")
    assert not Account.objects.filter(pk=camille.pk).exists()


def test_without_the_tick_nothing_is_erased(village, relayed):
    camille = village.account("camille")

    page = browser(camille).post("/data/", follow=True)

    assert "Rien n’a été effacé" in page.content.decode()
    assert not Leaving.objects.exists()
    assert Consent.objects.filter(withdrawn_at=None).exists()


def test_the_only_animator_names_somebody_first(village):
    with pytest.raises(LastAnimator):
        leave(village.animator, by="page", now=timezone.now())
    page = browser(village.animator).post("/data/", {"sure": "1"}, follow=True)
    assert "Rien n’a été effacé" in page.content.decode()
    assert Account.objects.get(pk=village.animator.pk).is_active

    add_animator(village.collective, "autre@example.org", now=timezone.now())
    leave(village.animator, by="page", now=timezone.now())
    village.work()

    assert not Account.objects.filter(pk=village.animator.pk).exists()


def test_a_restored_backup_brings_nobody_back(village):
    thym = village.account("thym")
    leave(thym, by="page", now=timezone.now())
    village.work()
    assert not Account.objects.filter(email=thym.email).exists()
    Account.objects.create(pk=thym.pk, email=thym.email, date_joined=thym.date_joined)  # the backup
    Account.objects.create(pk=thym.pk + 1, email="later@example.org")

    tick(now=timezone.now())
    village.work()

    assert not Account.objects.filter(email=thym.email).exists()
    assert Account.objects.filter(email="later@example.org").exists()


def test_a_number_that_serves_anew_erases_nobody_and_the_list_is_kept_as_long_as_backups(village, tmp_path):
    thym = village.account("thym")
    leave(thym, by="page", now=timezone.now())
    village.work()
    Account.objects.create(
        pk=thym.pk, email="new@example.org", date_joined=timezone.now() + timedelta(hours=1)
    )

    assert erase_again(now=timezone.now()) == 0
    assert (tmp_path / "erased.jsonl").read_text()
    assert erase_again(now=timezone.now() + timedelta(days=31)) == 0
    assert not (tmp_path / "erased.jsonl").read_text()


def test_the_file_holds_what_is_ones_own_and_no_key_nor_another_person(village, relayed):
    kept = browser(village.account("camille")).get("/data/take/")

    told = json.loads(kept.content)
    words = kept.content.decode()
    assert kept["Content-Disposition"].startswith("attachment")
    assert told["account"]["email"] == "camille@example.org"
    assert "je cherche un CDI à Brest" in told["appeals.Message"][0]["text"]
    assert [one["purpose"] for one in told["people.Consent"]] == ["be_relayed"]
    assert told["relays.Boost"]
    assert village.world.token_of("camille") not in words
    for other in ("anis@example.org", village.animator.email):
        assert other not in words

    relay = json.dumps(belongings(village.account("anis"), now=timezone.now()))
    assert "relays.Offer" in relay
    assert "CDI à Brest" not in relay
    assert village.world.token_of("anis") not in relay


def test_the_file_asks_as_much_for_fifty_rows_of_a_kind_as_for_one(village, relayed):
    camille = village.account("camille")
    gone = {"account": camille, "purpose": "be_asked", "given_by": "page", "withdrawn_at": timezone.now()}
    Consent.objects.create(collective=village.collective, **gone)
    with CaptureQueriesContext(connection) as for_one:
        belongings(camille, now=timezone.now())
    for number in range(50):
        Message.objects.create(appeal=relayed, version=number + 2, text="Je cherche un CDI.")
        Consent.objects.create(collective=village.collective, **gone)

    with CaptureQueriesContext(connection) as for_fifty:
        told = belongings(camille, now=timezone.now())

    assert len(told["appeals.Message"]) > 50
    assert len(told["people.Consent"]) > 50
    assert len(for_fifty) <= len(for_one)


def test_what_is_left_out_exists():
    relations = {
        f"{one.related_model._meta.label}.{one.field.name}"
        for model in apps.get_models()
        for one in model._meta.related_objects
    }
    assert relations >= SECRET


def test_visitors_are_asked_to_sign_in(db):
    assert Client().get("/data/").status_code == 302
    assert Client().get("/data/take/").status_code == 302
