"""Signing in with an account on a network. The server it is on is scripted here: the real ones have tests of
their own under tests/networks."""

from dataclasses import replace

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from colibri.networks import registry
from colibri.networks.base import Grant, SignedIn
from colibri.networks.errors import Gone, Refused, Retryable, Unauthorised
from colibri.networks.items import Actor
from colibri.people.actions import disconnect_identity
from colibri.people.models import Account, Collective, Identity, Revocation, ServerApp
from colibri.people.tasks import work
from tests.sample_world import World, sample_world

pytestmark = pytest.mark.django_db


class ScriptedServer:
    """Says yes to everybody, as Ada, unless told otherwise."""

    def __init__(self) -> None:
        self.fault: Exception | None = None
        self.actor = Actor(id="https://village.test/users/ada", handle="ada@village.test", name="Ada")
        self.grants = 0
        self.revoked: list[dict[str, str]] = []

    def begin(self, who, client, registered, guard, *, as_collective=False):
        self._fail()
        if "village.test" not in registered:
            registered["village.test"] = {"client_id": "us"}
        self.grants += 1
        return Grant(
            f"https://village.test/yes?n={self.grants}",
            f"state-{self.grants}",
            {"verifier": "canary-verifier"},
        )

    def finish(self, kept, answer, client, guard):
        self._fail()
        assert kept == {"verifier": "canary-verifier"}
        if answer.get("code") != "good":
            raise Unauthorised("no")
        return SignedIn(self.actor, "village.test", {"access_token": "canary-token"})

    def revoke(self, credentials, address, client, guard):
        self._fail()
        self.revoked.append(dict(credentials))

    def _fail(self) -> None:
        if self.fault is not None:
            raise self.fault


@pytest.fixture(autouse=True)
def _nobody_knocked_yet():
    cache.clear()


@pytest.fixture
def server(monkeypatch) -> ScriptedServer:
    made = ScriptedServer()
    known = registry._NETWORKS["memory"]
    monkeypatch.setitem(registry._NETWORKS, "memory", replace(known, oauth=made))
    return made


@pytest.fixture
def world() -> World:
    return sample_world()


def knock(client, who: str = "ada@village.test", **more: str):
    return client.post(reverse("people:door"), {"who": who, "network": "memory", **more})


def come_back(client, **answer: str):
    return client.get(reverse("people:back"), {"state": "state-1", "code": "good", **answer})


def test_somebody_without_an_account_comes_in_with_what_they_have_on_a_network(client, server):
    sent = knock(client, next=reverse("people:consents"))

    assert b"https://village.test/yes?n=1" in sent.content
    back = come_back(client)
    assert (back.status_code, back.url) == (302, reverse("people:consents"))
    identity = Identity.objects.get()
    assert (identity.account.name, identity.account.email, identity.server) == ("Ada", None, "village.test")
    assert client.get(reverse("people:consents")).status_code == 200
    assert identity.connected


def test_whoever_comes_back_later_is_the_same_person(client, server):
    knock(client)
    come_back(client)
    client.logout()
    knock(client)

    client.get(reverse("people:back"), {"state": "state-2", "code": "good"})

    assert Account.objects.count() == 1
    assert ServerApp.objects.count() == 1
    assert client.session["_auth_user_id"] == str(Account.objects.get().pk)


def test_whoever_is_signed_in_connects_it_to_their_page(client, server, world):
    client.force_login(world.people["stranger"])
    knock(client)
    come_back(client)

    assert Identity.objects.get(handle="ada@village.test").account == world.people["stranger"]


def test_neither_the_way_nor_the_token_is_read_in_the_database(client, server):
    knock(client)
    kept = str(client.session["sign_ins"])
    come_back(client)

    assert "canary" not in kept
    assert raw("people_credential")
    assert b"canary" not in raw("people_credential")
    assert raw("people_serverapp")
    assert b"client_id" not in raw("people_serverapp")


def raw(table: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT secret FROM {table}")
        return b"".join(bytes(secret) for (secret,) in cursor.fetchall())


@pytest.mark.parametrize("state", ["", "state-2", "another"])
def test_nobody_is_signed_in_by_an_answer_this_browser_did_not_ask_for(client, server, state):
    knock(client)

    assert come_back(client, state=state).url == reverse("people:door")
    assert "_auth_user_id" not in client.session
    assert not Identity.objects.exists()


def test_an_answer_counts_once(client, server):
    knock(client)
    come_back(client)
    client.logout()

    assert come_back(client).url == reverse("people:door")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Retryable("down"), "ne répond pas"),
        (Unauthorised("no"), "n’a pas confirmé"),
        (Refused("odd"), "n’a pas confirmé"),
    ],
)
def test_a_server_that_does_not_vouch_for_somebody_changes_nothing(client, server, fault, words):
    knock(client)
    server.fault = fault

    back = client.get(reverse("people:back"), {"state": "state-1", "code": "good"}, follow=True)

    assert words in back.content.decode()
    assert not Identity.objects.exists()
    assert not Account.objects.exists()


@pytest.mark.parametrize("fault", [Gone("nobody"), Retryable("down"), Refused("odd")])
def test_what_was_typed_is_kept_with_the_reason_beside_it(client, server, fault):
    server.fault = fault

    page = knock(client, "marie@piafle.fr")

    assert page.status_code == 422
    assert 'value="marie@piafle.fr"' in page.content.decode()
    assert "errorlist" in page.content.decode()


def test_anothers_or_a_collectives_account_cannot_be_taken(client, server, world):
    collective = Collective.objects.get()
    Identity.objects.create(
        network="memory", actor_id=server.actor.id, handle="ada@village.test", collective=collective
    )
    knock(client)
    assert come_back(client).url == reverse("people:door")
    assert "_auth_user_id" not in client.session

    Identity.objects.update(collective=None)
    Identity.objects.filter(handle="ada@village.test").update(account=world.people["relay"])
    client.force_login(world.people["stranger"])
    knock(client)
    client.get(reverse("people:back"), {"state": "state-2", "code": "good"})
    assert Identity.objects.get(handle="ada@village.test").account == world.people["relay"]


def test_a_person_who_was_shut_out_stays_out(client, server):
    knock(client)
    come_back(client)
    Account.objects.update(is_active=False)
    client.logout()
    knock(client)

    client.get(reverse("people:back"), {"state": "state-2", "code": "good"})

    assert "_auth_user_id" not in client.session


def test_what_is_disconnected_is_ended_at_its_server_too(client, server):
    knock(client)
    come_back(client)
    disconnect_identity(Identity.objects.get())
    row = Revocation.objects.get()
    server.fault = Retryable("down")
    assert not work.work_on("people.Revocation", row.pk, now=row.due_at)
    assert not server.revoked

    server.fault = None
    row.refresh_from_db()
    assert work.work_on("people.Revocation", row.pk, now=row.due_at)
    assert server.revoked == [{"access_token": "canary-token"}]
    row.refresh_from_db()
    assert (row.secret, row.due_at) == ("", None)


def test_many_knocks_are_too_many(client, server):
    statuses = [knock(client).status_code for _ in range(25)]

    assert statuses[0] == 200
    assert statuses[-1] == 429
    assert len(client.session["sign_ins"]) <= 5


@pytest.mark.parametrize("who", ["http://[::1", "https://:443", "ada@", "://"])
def test_what_is_no_address_at_all_is_told_beside_the_field(client, who):
    answer = client.post(reverse("people:door"), {"who": who, "network": "mastodon"})

    assert answer.status_code == 422
    assert who in answer.content.decode()


def test_a_collective_that_cannot_exist_lets_nobody_in(client, world):
    client.force_login(world.people["animator"])

    assert knock(client, collective="a\x00b").status_code in (400, 403)  # PostgreSQL looks for no such text
