"""Only what is proven enters: each fault of a signature is refused, and nothing is kept of it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colibri.federation.actions import receiving
from colibri.federation.actions.actors import ensure_actor, rotate_key
from colibri.federation.actions.sending import block_server
from colibri.federation.models import Delivery, Follower, Incoming, RemoteActor
from colibri.networks.errors import Retryable
from tests.federation.neighbours import keys, town

KINDS = ["cavage", "rfc9421"]


def kept() -> int:
    return Incoming.objects.count() + RemoteActor.objects.count()


def follow(home: Any, camille: Any) -> tuple[dict[str, Any], bytes]:
    activity = camille.does("Follow", home.actor.actor_id)
    return activity, json.dumps(activity).encode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_signed_follow_is_kept_and_answered_at_once(home, camille, kind):
    activity, _body = follow(home, camille)

    assert home.hears(camille, activity, kind=kind).status_code == 202
    assert Incoming.objects.get().actor_id == camille.id
    assert Follower.objects.count() == 0  # a worker acts


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hours", [-1.1, 1.1])
def test_a_signature_from_another_hour_is_refused(home, camille, kind, hours):
    activity, _body = follow(home, camille)
    moment = datetime.now(UTC) + timedelta(hours=hours)

    assert home.hears(camille, activity, kind=kind, now=moment).status_code == 401
    assert kept() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_another_body_under_the_same_signature_is_refused(home, camille, kind):
    _activity, body = follow(home, camille)
    headers = camille.signed(home.inbox, body, kind=kind)

    assert home.post(body.replace(b"Follow", b"Create"), headers).status_code == 401
    assert kept() == 0


CHANGES = {
    "cavage": ["date", "digest", "content-type", "signature"],
    "rfc9421": ["content-digest", "content-type", "signature", "signature-input"],
}


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in KINDS for name in CHANGES[kind]])
@pytest.mark.parametrize("how", ["altered", "missing"])
def test_every_signed_header_altered_or_missing_is_refused(home, camille, kind, name, how):
    _activity, body = follow(home, camille)
    headers = camille.signed(home.inbox, body, kind=kind)
    if how == "missing":
        del headers[name]
        if name == "content-type":
            headers[name] = "text/plain"
    else:
        now = datetime.now(UTC) + timedelta(minutes=1)
        other = camille.signed(home.inbox, body + b" ", kind=kind, now=now)
        headers[name] = "application/json" if name == "content-type" else other[name]

    assert home.post(body, headers).status_code == 401
    assert kept() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_signature_for_another_address_is_refused(home, camille, kind):
    _activity, body = follow(home, camille)
    headers = camille.signed("https://colibri.example/inbox", body, kind=kind)

    assert home.post(body, headers).status_code == 401
    assert kept() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_two_signatures_are_refused(home, camille, kind):
    _activity, body = follow(home, camille)
    headers = camille.signed(home.inbox, body, kind=kind)
    headers["signature"] = f"{headers['signature']},{headers['signature']}"

    assert home.post(body, headers).status_code == 401


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("cavage", "rsa-sha256", "rsa-md5"),
        ("cavage", "(request-target) ", ""),
        ("cavage", " digest", ""),
        ("cavage", " date", ""),
        ("rfc9421", "rsa-v1_5-sha256", "hmac-sha256"),
        ("rfc9421", '"@method" ', ""),
        ("rfc9421", '"content-digest" ', ""),
        ("rfc9421", ";created=", ";made="),
    ],
)
def test_an_unknown_algorithm_or_too_little_covered_is_refused(home, camille, kind, old, new):
    _activity, body = follow(home, camille)
    headers = camille.signed(home.inbox, body, kind=kind)
    name = "signature" if kind == "cavage" else "signature-input"
    assert old in headers[name]
    headers[name] = headers[name].replace(old, new)

    assert home.post(body, headers).status_code == 401
    assert kept() == 0


def test_what_is_not_signed_is_refused(home, camille):
    _activity, body = follow(home, camille)

    assert home.post(body, {}).status_code == 401
    assert kept() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_the_very_same_request_again_is_refused_and_a_second_try_of_it_changes_nothing(home, camille, kind):
    activity, body = follow(home, camille)
    headers = camille.signed(home.inbox, body, kind=kind)

    assert home.post(body, headers).status_code == 202
    assert home.post(body, headers).status_code == 401
    later = datetime.now(UTC) + timedelta(seconds=30)
    assert home.hears(camille, activity, kind=kind, now=later).status_code == 202
    assert Incoming.objects.count() == 1


def test_a_changed_key_is_asked_for_once_and_a_wrong_one_not_again_and_again(home, camille, village_over):
    home.told(camille, follow(home, camille)[0])
    camille.key = 1
    camille.show()
    assert home.hears(camille, follow(home, camille)[0]).status_code == 202

    camille.key = 2
    asked = len(village_over.asked)
    for _ in range(3):
        assert home.hears(camille, follow(home, camille)[0]).status_code == 401
    assert len(village_over.asked) - asked <= 1


def test_a_known_key_is_not_asked_for_again(home, camille, village_over):
    home.told(camille, follow(home, camille)[0])
    asked = len([line for line in village_over.asked if line.startswith("GET")])
    home.told(camille, follow(home, camille)[0])

    assert len([line for line in village_over.asked if line.startswith("GET")]) == asked


WRONG = {
    "the key is on another server": lambda far, near, shown: {"key_id": f"{far}/users/camille#main-key"},
    "the actor is another": lambda far, near, shown: {"actor": f"{near}/users/sasha"},
    "the actor is on another server": lambda far, near, shown: {"actor": f"{far}/users/camille"},
    "the activity is of another server": lambda far, near, shown: {"id": f"{far}/activities/1"},
    "the key belongs to somebody else": lambda far, near, shown: shown(
        publicKey={
            "id": f"{near}/users/camille#main-key",
            "owner": f"{near}/users/sasha",
            "publicKeyPem": keys()[1],
        }
    ),
    "the actor names itself otherwise": lambda far, near, shown: shown(id=f"{near}/users/sasha"),
    "the actor names itself on another server": lambda far, near, shown: shown(id=f"{far}/users/camille"),
    "the inbox is on another server": lambda far, near, shown: shown(inbox=f"{far}/inbox"),
    "the actor is none": lambda far, near, shown: shown(type="Note"),
    "the key is none": lambda far, near, shown: shown(publicKey="none"),
}


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(faults=st.sets(st.sampled_from(sorted(WRONG)), min_size=1, max_size=4), kind=st.sampled_from(KINDS))
def test_any_mismatch_of_key_actor_and_activity_is_401_and_no_row(home, camille, faults, kind):
    with town("localhost") as far:
        far.documents["/users/camille"] = None
        camille.show()
        activity, changes = camille.does("Follow", home.actor.actor_id), {}
        for fault in sorted(faults):
            changes.update(
                WRONG[fault](far.origin, camille.town.origin, lambda **shown: {"shown": shown}) or {}
            )
            if "shown" in changes:
                document = camille.town.documents["/users/camille"]
                camille.town.documents["/users/camille"] = {**document, **changes.pop("shown")}
        activity.update({name: value for name, value in changes.items() if name != "key_id"})
        answer = home.hears(camille, activity, kind=kind, key_id=changes.get("key_id", ""))

    assert answer.status_code == 401
    assert kept() == 0


def test_an_actor_that_leads_to_another_server_is_refused(home, camille):
    with town("localhost") as far:
        far.documents["/users/camille"] = camille.town.documents["/users/camille"]
        camille.town.documents["/users/camille"] = f"{far.origin}/users/camille"

        assert home.hears(camille, follow(home, camille)[0]).status_code == 401
    assert kept() == 0


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 5000 + b"]" * 5000,
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b'{"id": "a", "id": "b"}',
        b'{"id": NaN}',
        b'{"id": 1e999}',
        b'{"id": "\\u0000"}',
        b'{"id": "\\ud800"}',
        b"\xff\xfe",
        b"[]",
        b"",
        b'{"type": "Follow"}',
        b'{"id": {"a": []}, "actor": [1, 2]}',
    ],
    ids=lambda body: repr(body[:20]),
)
def test_what_is_no_document_is_a_bad_request(home, camille, body):
    assert home.post(body, camille.signed(home.inbox, body)).status_code == 400
    assert kept() == 0


def test_what_is_too_large_is_refused_unread(home, camille):
    body = b'{"a": "' + b"a" * 1_100_000 + b'"}'

    assert home.post(body, camille.signed(home.inbox, body)).status_code == 413


def test_a_blocked_server_says_and_is_told_nothing(home, camille):
    home.told(camille, follow(home, camille)[0])
    block_server(camille.town.origin.removeprefix("http://"), now=datetime.now(UTC))
    sent = len(camille.town.posted)

    assert home.hears(camille, follow(home, camille)[0]).status_code == 401
    rotate_key(home.actor, now=datetime.now(UTC))
    assert len(camille.town.posted) == sent


@pytest.mark.parametrize("kind", ["Like", "Announce", "EmojiReact", "View", "Add", "Listen", "Arrive"])
def test_what_is_not_acted_upon_is_answered_politely_and_not_kept(home, camille, kind):
    assert home.hears(camille, camille.does(kind, home.actor.actor_id)).status_code == 202
    assert kept() == 0


def test_the_deletion_of_an_account_nobody_knows_asks_nobody(home, camille, village_over):
    del village_over.documents["/users/camille"]

    assert home.hears(camille, camille.does("Delete", camille.id)).status_code == 202
    assert village_over.asked == []


def test_too_many_from_one_server_are_told_to_come_back(home, camille, monkeypatch):
    monkeypatch.setattr("colibri.federation.actions.receiving.MOST_A_MINUTE", 2)
    answers = [home.hears(camille, camille.does("Like", "x")) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert answers[-1]["Retry-After"]


def test_the_words_of_what_was_received_are_sealed_and_then_forgotten(home, camille):
    activity = camille.does("Follow", home.actor.actor_id, summary="canary")
    home.hears(camille, activity)
    with connection.cursor() as cursor:
        cursor.execute("SELECT document FROM federation_incoming")
        assert b"canary" not in bytes(cursor.fetchone()[0])
    home.work()

    assert Incoming.objects.get().document is None


def test_a_site_that_does_not_federate_has_no_inbox(home, camille, settings):
    settings.FEDERATION = False

    assert home.hears(camille, follow(home, camille)[0]).status_code == 404
    assert ensure_actor(home.collective, now=datetime.now(UTC)) is None
    assert Delivery.objects.count() == 0


def test_servers_that_never_answer_hold_one_thread_and_no_more(home, camille):
    activity, body = follow(home, camille)
    headers = camille.signed(home.inbox, body)
    with receiving.ASKING.taken():
        refused = home.post(body, headers)

    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert kept() == 0
    assert home.hears(camille, activity).status_code == 202


def test_a_key_is_waited_for_a_few_seconds_alone(home, camille, monkeypatch):
    asked = []
    monkeypatch.setattr(receiving, "fetch_peer", lambda actor_id, **how: asked.append(how) or fail())
    activity, _body = follow(home, camille)

    assert home.hears(camille, activity).status_code == 401
    assert asked == [{"patience": receiving.PATIENCE}]
    assert receiving.PATIENCE < 10


def fail():
    raise Retryable("nobody answers")
