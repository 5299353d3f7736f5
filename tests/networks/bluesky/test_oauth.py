"""Signing in by OAuth at a real PDS, what can be done then, and every answer that is not believed."""

import threading
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from colibri.networks.base import Client, Grant, SignedIn
from colibri.networks.bluesky import BlueskyNetwork, BlueskyOAuth
from colibri.networks.bluesky.directory import Directory
from colibri.networks.errors import Gone, NetworkError, Refused, Unauthorised
from tests.networks.bluesky.story import POST, REPOST, publish
from tests.peers.bluesky_browser import answer_at
from tests.peers.bluesky_peer import GUARD, Bluesky, Member

pytestmark = pytest.mark.bluesky

SITE = "http://127.0.0.1:8000"
CLIENT = Client("Colibri", SITE, f"{SITE}/networks/back/", f"{SITE}/networks/client.json", "secret")


@pytest.fixture
def oauth(bluesky) -> BlueskyOAuth:
    return BlueskyOAuth(Directory(bluesky.plc, bluesky.pds), bluesky.address)


def says(grant: Grant, member: Member, *, yes: bool = True) -> dict[str, str]:
    return answer_at(grant.url, did=member.did, username=member.handle, password=member.password, yes=yes)


def signs_in(oauth: BlueskyOAuth, member: Member, who: str = "", *, as_collective: bool = False) -> SignedIn:
    grant = oauth.begin(who or member.handle, CLIENT, {}, GUARD, as_collective=as_collective)
    return oauth.finish(grant.kept, says(grant, member), CLIENT, GUARD)


def client_of(bluesky: Bluesky, signed: SignedIn, keep=None) -> BlueskyNetwork:
    return BlueskyNetwork(signed.address, GUARD, signed.credentials, keep)


@pytest.mark.parametrize(
    "typed", ["{handle}", "@{handle} ", "{did}", "https://bsky.app/profile/{handle}", "{pds}"]
)
def test_somebody_signs_in_however_they_name_themselves(bluesky, oauth, ada, typed):
    who = typed.format(handle=ada.handle, did=ada.did, pds=bluesky.pds)
    signed = signs_in(oauth, ada, who)
    assert (signed.actor.id, signed.actor.handle, signed.address) == (ada.did, ada.handle, bluesky.address)
    assert client_of(bluesky, signed).fetch_actor(ada.did).id == ada.did
    assert ada.password not in repr(signed)


def test_no_more_is_asked_for_than_is_used(bluesky, oauth, ada):
    signed = signs_in(oauth, ada)
    granted = set(signed.credentials["scope"].split())
    assert granted == {
        "atproto",
        "repo:app.bsky.feed.post",
        "repo:app.bsky.feed.repost",
        "rpc:app.bsky.actor.getProfile?aud=*",
        "rpc:app.bsky.graph.getFollowers?aud=*",
        "rpc:app.bsky.feed.getAuthorFeed?aud=*",
    }
    with pytest.raises((Refused, Unauthorised)):
        client_of(bluesky, signed).put_record("app.bsky.actor.profile", "self", {"displayName": "taken over"})
    assert bluesky.records(ada.did, "app.bsky.actor.profile")[0]["value"].get("displayName") != "taken over"


def test_a_collectives_account_may_publish_its_feeds_and_lists_and_a_relays_may_not(bluesky, oauth, ada, bob):
    feed = {"did": "did:web:colibri.example", "displayName": "Tout", "createdAt": "2026-11-20T12:00:00.000Z"}
    kind = "app.bsky.feed.generator"
    client_of(bluesky, signs_in(oauth, ada, as_collective=True)).put_record(kind, "all", feed)
    with pytest.raises((Refused, Unauthorised)):
        client_of(bluesky, signs_in(oauth, bob)).put_record(kind, "all", feed)

    assert [len(bluesky.records(member.did, kind)) for member in (ada, bob)] == [1, 0]


def test_posts_and_boosts_are_given_and_taken_back(bluesky, oauth, ada, bob):
    mine, theirs = (client_of(bluesky, signs_in(oauth, member)) for member in (ada, bob))
    post = publish(mine)
    key = theirs.new_key()
    assert theirs.boost(post, key=key) == theirs.boost(post, key=key)
    answer = theirs.reply(post, "Courage !", key=theirs.new_key())
    assert [record["value"]["subject"]["uri"] for record in bluesky.records(bob.did, REPOST)] == [post.uri]
    theirs.undo_boost(post, key=key)
    theirs.delete(answer.uri)
    mine.delete(post.uri)
    assert [bluesky.records(*one) for one in ((bob.did, REPOST), (bob.did, POST), (ada.did, POST))] == [
        []
    ] * 3


def test_tokens_are_kept_before_they_are_used_and_the_old_ones_are_dead(bluesky, oauth, ada):
    signed = signs_in(oauth, ada)
    kept: list[dict[str, str]] = []
    late = replace(signed, credentials={**signed.credentials, "expires": "1"})
    network = client_of(bluesky, late, kept.append)
    publish(network)
    publish(network)
    assert len(kept) == 1
    assert kept[0]["refresh"] != signed.credentials["refresh"]
    with pytest.raises(Unauthorised):
        client_of(bluesky, late).whoami()


def test_a_token_the_server_no_longer_takes_is_renewed(bluesky, oauth, ada):
    signed = signs_in(oauth, ada)
    kept: list[dict[str, str]] = []
    broken = replace(
        signed, credentials={**signed.credentials, "access": signed.credentials["access"][:-8] + "AAAAAAAA"}
    )
    publish(client_of(bluesky, broken, kept.append))
    assert len(kept) == 1
    assert len(bluesky.records(ada.did, POST)) == 1


class Shared:
    """Where two processes would keep one identity's credentials; a stand-in for the database's row."""

    def __init__(self, credentials: dict[str, str]) -> None:
        self.credentials, self.kept = credentials, 0
        self._claimed = threading.Lock()

    def __call__(self, credentials: dict[str, str]) -> None:
        self.credentials = credentials
        self.kept += 1
        self._claimed.release()

    def read(self) -> dict[str, str]:
        return self.credentials

    def claim(self) -> bool:
        return self._claimed.acquire(blocking=False)

    def release(self) -> None:
        self._claimed.release()


def test_many_who_renew_at_once_renew_once_and_nobody_is_signed_out(bluesky, oauth, ada):
    signed = signs_in(oauth, ada)
    stale = {**signed.credentials, "expires": "1"}
    shared = Shared(stale)
    clients = [BlueskyNetwork(signed.address, GUARD, stale, shared) for _ in range(6)]
    faults: list[NetworkError] = []
    together = threading.Barrier(len(clients))

    def work(network: BlueskyNetwork) -> None:
        together.wait(30)
        try:
            publish(network)
        except NetworkError as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(network,)) for network in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert shared.kept == 1
    assert len(bluesky.records(ada.did, POST)) == len(clients)
    assert (
        BlueskyNetwork(signed.address, GUARD, shared.credentials, Shared(shared.credentials)).whoami().id
        == ada.did
    )


def test_without_a_claim_a_second_renewal_ends_the_sign_in(bluesky, oauth, ada):
    signed = signs_in(oauth, ada)
    kept: list[dict[str, str]] = []
    client_of(bluesky, signed, kept.append).whoami()
    with pytest.raises(Unauthorised):
        client_of(bluesky, signed).whoami()
    with pytest.raises(Unauthorised):
        BlueskyNetwork(signed.address, GUARD, kept[0]).whoami()


def test_once_revoked_nothing_is_let_in_and_revoking_again_is_no_error(bluesky, oauth, ada):
    signed = signs_in(oauth, ada)
    for _ in range(2):
        oauth.revoke(signed.credentials, signed.address, CLIENT, GUARD)
    with pytest.raises(Unauthorised):
        client_of(bluesky, signed).whoami()
    with pytest.raises(Unauthorised):
        publish(client_of(bluesky, replace(signed, credentials={**signed.credentials, "expires": "1"})))
    assert bluesky.records(ada.did, POST) == []


def test_whoever_says_no_is_not_signed_in(oauth, ada):
    grant = oauth.begin(ada.handle, CLIENT, {}, GUARD)
    answer = says(grant, ada, yes=False)
    assert answer["error"] == "access_denied"
    with pytest.raises(Unauthorised, match="access_denied"):
        oauth.finish(grant.kept, answer, CLIENT, GUARD)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "another"},
        {"state": ""},
        {"iss": "https://evil.test"},
        {"iss": ""},
        {"code": "cod-1"},
        {"code": ""},
    ],
)
def test_an_answer_that_is_not_the_servers_is_refused(oauth, ada, wrong):
    grant = oauth.begin(ada.handle, CLIENT, {}, GUARD)
    with pytest.raises(Unauthorised):
        oauth.finish(grant.kept, {**says(grant, ada), **wrong}, CLIENT, GUARD)


def test_a_missing_issuer_is_refused(oauth, ada):
    grant = oauth.begin(ada.handle, CLIENT, {}, GUARD)
    answer = says(grant, ada)
    del answer["iss"]
    with pytest.raises(Unauthorised):
        oauth.finish(grant.kept, answer, CLIENT, GUARD)


def test_whoever_signs_in_as_another_than_they_said_is_refused(oauth, ada, bob):
    grant = oauth.begin(ada.handle, CLIENT, {}, GUARD)
    grant = replace(grant, kept={**grant.kept, "did": bob.did})
    with pytest.raises(Unauthorised, match="tokens of"):
        oauth.finish(grant.kept, says(grant, ada), CLIENT, GUARD)


def test_a_code_stolen_without_its_verifier_is_worth_nothing(oauth, ada):
    grant = oauth.begin(ada.handle, CLIENT, {}, GUARD)
    with pytest.raises(Unauthorised):
        oauth.finish({**grant.kept, "verifier": "x" * 64}, says(grant, ada), CLIENT, GUARD)


def test_tokens_are_worth_nothing_without_the_key_they_are_bound_to(bluesky, oauth, ada):
    signed, other = signs_in(oauth, ada), signs_in(oauth, ada)
    stolen = replace(signed, credentials={**signed.credentials, "dpop_key": other.credentials["dpop_key"]})
    with pytest.raises(Unauthorised):
        publish(client_of(bluesky, stolen))
    assert bluesky.records(ada.did, POST) == []


@pytest.mark.parametrize(
    "who", ["nobody-here.test", "@nobody-here.test", "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "", "a b", "http://"]
)
def test_nobody_is_sent_to_a_server_that_is_not_there(oauth, who):
    with pytest.raises(Gone):
        oauth.begin(who, CLIENT, {}, GUARD)


def test_the_person_is_sent_to_their_own_server_with_a_request_it_took(bluesky, oauth, ada):
    grant = oauth.begin(ada.handle, CLIENT, {}, GUARD)
    assert grant.url.startswith(f"{bluesky.pds}/oauth/authorize?")
    query = parse_qs(urlsplit(grant.url).query)
    assert set(query) == {"client_id", "request_uri"}
    assert grant.state == grant.kept["state"]
    assert all(isinstance(value, str) for value in grant.kept.values())
