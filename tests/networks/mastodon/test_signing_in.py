"""Signing in on one's own server, headless, from the first word to the revoked token."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from colibri.networks import registry
from colibri.networks.errors import Gone, Refused, Retryable, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.mastodon.oauth import SCOPES, MastodonOAuth
from tests.networks.mastodon.story import CLIENT, publish, say
from tests.peers.mastodon.flavours import MASTODON
from tests.peers.mastodon.signing_in import NARROW
from tests.peers.mastodon_peer import GUARD


@pytest.fixture
def oauth():
    return MastodonOAuth()


@pytest.fixture
def marie(any_mastodon):
    return any_mastodon.open_account("marie")


@pytest.mark.parametrize(
    "who", ["marie@{host}", "@marie@{host}", "{host}", "http://{host}/@marie", " {host}/ "]
)
def test_somebody_signs_in_on_their_server_and_is_connected(any_mastodon, marie, oauth, who):
    registered: dict[str, dict[str, str]] = {}
    grant = oauth.begin(who.format(host=any_mastodon.authority), CLIENT, registered, GUARD)
    signed = oauth.finish(grant.kept, say(grant, "marie"), CLIENT, GUARD)
    assert (signed.actor.id, signed.actor.handle) == (marie.uri, marie.handle)
    assert signed.address == any_mastodon.origin
    assert list(registered) == [signed.address]
    network = registry.connect(
        "mastodon", credentials=signed.credentials, address=signed.address, guard=GUARD
    )
    assert network.whoami() == signed.actor
    publish(network)
    oauth.revoke(signed.credentials, signed.address, CLIENT, GUARD)
    oauth.revoke(signed.credentials, signed.address, CLIENT, GUARD)
    with pytest.raises(Unauthorised):
        network.whoami()


@pytest.mark.parametrize(("lasts", "ends"), [(0, False), (30 * 86_400, True), (100 * 366 * 86_400, False)])
def test_when_a_token_ends_is_known_where_its_server_says_so(any_mastodon, marie, oauth, lasts, ends):
    any_mastodon.tokens_last = lasts
    grant = oauth.begin(marie.handle, CLIENT, {}, GUARD)
    signed = oauth.finish(grant.kept, say(grant, "marie"), CLIENT, GUARD)

    assert (signed.ends_at is not None) == ends
    if ends:
        left = signed.ends_at - datetime.now(UTC)
        assert timedelta(days=29) < left <= timedelta(days=30)


def test_the_registry_knows_this_way_in_and_no_secret():
    assert registry.oauth("mastodon") is not None
    assert not registry.takes_secret("mastodon")


def test_a_program_is_registered_once_and_again_where_it_was_forgotten_or_moved(any_mastodon, marie, oauth):
    registered: dict[str, dict[str, str]] = {}

    def begin(client=CLIENT):
        return oauth.begin(marie.handle, client, registered, GUARD)

    first, second = begin(), begin()
    assert first.kept["client_id"] == second.kept["client_id"]
    assert first.state != second.state
    any_mastodon.apps.clear()
    third = begin()
    assert third.kept["client_id"] != first.kept["client_id"]
    moved = begin(replace(CLIENT, redirect="https://other.test/back"))
    assert moved.kept["client_id"] != third.kept["client_id"]
    assert all(token.revoked for token in any_mastodon.tokens.values())


def test_no_more_is_asked_than_the_verbs_need_and_what_an_old_server_knows(any_mastodon, marie, oauth):
    grant = oauth.begin(marie.handle, CLIENT, {}, GUARD)
    asked = set(parse_qs(urlsplit(grant.url).query)["scope"][0].split())
    assert asked == (set(SCOPES) if any_mastodon.flavour.narrow_scopes else {"read", "write"})
    assert set(SCOPES) <= NARROW


def test_who_says_no_is_not_signed_in(any_mastodon, marie, oauth):
    grant = oauth.begin(marie.handle, CLIENT, {}, GUARD)
    with pytest.raises(Unauthorised, match="access_denied"):
        oauth.finish(grant.kept, say(grant, "marie", "deny"), CLIENT, GUARD)


def test_an_answer_is_taken_once_for_its_own_question_and_by_who_asked(mastodon, oauth):
    mastodon.open_account("marie")
    grant = oauth.begin(mastodon.authority, CLIENT, {}, GUARD)
    answer = say(grant, "marie")
    for wrong in (
        {**answer, "state": "another"},
        {**answer, "code": "another"},
        {**answer, "iss": "https://evil.example"},
        {"state": grant.state},
        {},
    ):
        with pytest.raises(Unauthorised):
            oauth.finish(grant.kept, wrong, CLIENT, GUARD)
    with pytest.raises(Unauthorised):
        oauth.finish({**grant.kept, "verifier": "stolen code, no verifier"}, answer, CLIENT, GUARD)
    again = oauth.begin(mastodon.authority, CLIENT, {}, GUARD)
    answer = say(again, "marie")
    assert oauth.finish(again.kept, answer, CLIENT, GUARD).actor.handle.startswith("marie@")
    with pytest.raises(Unauthorised):
        oauth.finish(again.kept, answer, CLIENT, GUARD)


def test_a_server_that_grants_less_than_asked_signs_nobody_in_and_the_token_is_ended(mastodon, oauth):
    mastodon.open_account("marie")
    grant = oauth.begin(mastodon.authority, CLIENT, {}, GUARD)
    answer = say(grant, "marie")
    mastodon.codes[answer["code"]]["scope"] = "read:accounts"
    with pytest.raises(Unauthorised, match="write:statuses"):
        oauth.finish(grant.kept, answer, CLIENT, GUARD)
    assert all(token.revoked for token in mastodon.tokens.values())


def test_a_server_cannot_sign_somebody_in_as_a_person_of_another(new_server, oauth, monkeypatch):
    honest, hostile = new_server(MASTODON), new_server(MASTODON)
    marie = honest.open_account("marie")
    hostile.open_account("marie")
    monkeypatch.setattr(type(marie), "uri", property(lambda self: f"{honest.origin}/users/marie"))
    grant = oauth.begin(hostile.origin, CLIENT, {}, GUARD)
    with pytest.raises(Unauthorised, match="another"):
        oauth.finish(grant.kept, say(grant, "marie"), CLIENT, GUARD)


@pytest.mark.parametrize(
    "who", ["", "marie", "nobody@{host}", "ftp://{host}", "http://127.1:80", "a b", "@", "marie@"]
)
def test_who_is_nowhere_is_gone(any_mastodon, oauth, who):
    with pytest.raises(Gone):
        oauth.begin(who.format(host=any_mastodon.authority), CLIENT, {}, GUARD)


def test_a_server_without_this_api_is_gone_and_one_inside_is_not_asked(mastodon, oauth):
    mastodon.fail("/api/v[12]/instance", "404", times=2)
    with pytest.raises(Gone):
        oauth.begin(mastodon.origin, CLIENT, {}, GUARD)
    asked = len(mastodon.asked)
    for who in (mastodon.origin, f"marie@{mastodon.authority}"):
        with pytest.raises((Gone, Refused)):
            oauth.begin(who, CLIENT, {}, Guard())
    assert len(mastodon.asked) == asked


def test_a_server_that_fails_is_worth_another_try(mastodon, oauth):
    mastodon.fail("/api/v1/apps", "503")
    with pytest.raises(Retryable):
        oauth.begin(mastodon.origin, CLIENT, {}, GUARD)


def test_a_token_the_server_will_not_end_is_told(mastodon, oauth):
    marie = mastodon.open_account("marie")
    credentials = {"token": mastodon.token_of(marie), "client_id": "x", "client_secret": "y"}
    with pytest.raises(Refused, match="does not end"):
        oauth.revoke(credentials, mastodon.origin, CLIENT, GUARD)
