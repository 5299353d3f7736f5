"""Bluesky for real: a PLC and a PDS started by the test, real accounts, the real stream."""

import base64
import json
from contextlib import closing
from itertools import islice

import pytest
from atproto_subscription.frames import Frame
from websockets.sync.client import connect as connect_websocket

from colibri.networks.addresses import Forbidden
from colibri.networks.bluesky import BlueskyNetwork, sign_in
from colibri.networks.errors import Gone, Refused, Retryable, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.items import Draft, Event, PostRef
from colibri.networks.transport import fetch
from tests.peers.bluesky_peer import GUARD, Bluesky, Member, bluesky_network

pytestmark = [pytest.mark.bluesky, pytest.mark.timeout(300)]

POST = "app.bsky.feed.post"
REPOST = "app.bsky.feed.repost"


@pytest.fixture
def ada(bluesky) -> Member:
    return bluesky.create_account("ada", biography="Comptable à Lyon")


@pytest.fixture
def bob(bluesky) -> Member:
    return bluesky.create_account("bob")


@pytest.fixture
def network_of(bluesky):
    def make(member: Member) -> BlueskyNetwork:
        _, credentials = sign_in(member.handle, member.password, bluesky.address, GUARD)
        return BlueskyNetwork(bluesky.address, GUARD, credentials)

    return make


def publish(network: BlueskyNetwork, text: str = "Je cherche un CDI #i4emploiR") -> PostRef:
    return network.publish(Draft(text, network.new_key()))


def heard(network: BlueskyNetwork, *hashtags: str, until: str, reply_to_actor: str = "") -> list[Event]:
    """What is heard of all that ever happened, up to the deletion of the post `until`."""
    events = []
    for event in islice(network.listen(hashtags, cursor="0", reply_to_actor=reply_to_actor), 5000):
        if event.kind != "tick":
            events.append(event)
        if event.kind == "delete" and event.uri == until:
            return events
    raise AssertionError(f"{until} was not heard of")


def mark(network: BlueskyNetwork) -> str:
    """A post written and deleted: whoever hears of its deletion has heard all that came before."""
    post = publish(network, "fin")
    network.delete(post.uri)
    return post.uri


def repost_events(bluesky: Bluesky, did: str, until: str) -> list[tuple[str, str]]:
    """(action, path) of every change to somebody's reposts in the network's own event log."""
    seen: list[tuple[str, str]] = []
    url = f"{bluesky.pds.replace('http', 'ws')}/xrpc/com.atproto.sync.subscribeRepos?cursor=0"
    with connect_websocket(url, compression=None, proxy=None) as stream:
        for message in stream:
            body = Frame.from_bytes(message).body
            changes = [(change["action"], change["path"]) for change in body.get("ops", ())]
            if body.get("repo") == did:
                seen += [change for change in changes if change[1].startswith(REPOST)]
            if any(until == f"at://{body['repo']}/{path}" for action, path in changes if action == "delete"):
                return seen
    raise AssertionError(f"{until} was not heard of")


def test_signing_in_proves_the_account_and_gives_credentials_that_work(bluesky, ada):
    password = bluesky.create_app_password(ada)
    actor, credentials = sign_in(f"@{ada.handle} ", password, bluesky.address, GUARD)
    assert (actor.id, actor.handle, actor.biography) == (ada.did, ada.handle, "Comptable à Lyon")
    assert BlueskyNetwork(bluesky.address, GUARD, credentials).whoami() == actor
    assert password not in json.dumps(credentials)


@pytest.mark.parametrize("secret", ["wrong", "", " "])
def test_a_wrong_password_is_unauthorised(bluesky, ada, secret):
    with pytest.raises(Unauthorised):
        sign_in(ada.handle, secret, bluesky.address, GUARD)


def test_an_unknown_handle_is_unauthorised(bluesky):
    with pytest.raises(Unauthorised):
        sign_in("nobody-here.test", "whatever", bluesky.address, GUARD)


def test_a_post_is_published_with_touchable_hashtags_and_links_and_read_back(bluesky, ada, network_of):
    network = network_of(ada)
    text = "Été à Lyon 🐦 #i4emploiR #Comptabilité : https://exemple.fr/cv"
    post = network.fetch_post(publish(network, text).uri)
    assert (post.text, post.hashtags, post.language) == (text, ("i4emploiR", "Comptabilité"), "fr")
    assert (post.author.id, post.author.handle) == (ada.did, ada.handle)
    record = bluesky.records(ada.did, POST)[0]["value"]
    touchable = {}
    for facet in record["facets"]:
        place = facet["index"]
        words = text.encode()[place["byteStart"] : place["byteEnd"]].decode()
        touchable[words] = facet["features"][0].get("tag") or facet["features"][0]["uri"]
    assert touchable == {
        "#i4emploiR": "i4emploiR",
        "#Comptabilité": "Comptabilité",
        "https://exemple.fr/cv": "https://exemple.fr/cv",
    }


def test_publishing_twice_under_one_key_is_one_post(bluesky, ada, network_of):
    network = network_of(ada)
    draft = Draft("Une seule fois", network.new_key())
    assert network.publish(draft) == network.publish(draft)
    assert len(bluesky.records(ada.did, POST)) == 1


def test_the_stream_hears_hashtags_in_any_case_and_accents_and_nothing_else(ada, bob, network_of):
    mine, theirs = network_of(ada), network_of(bob)
    wanted = publish(mine, "Bonjour #RELEVE")
    publish(theirs, "Bonjour #autre")
    also = publish(theirs, "Bonjour #Relève")
    until = mark(mine)
    events = [event for event in heard(mine, "relève", until=until) if event.kind == "post"]
    assert [event.uri for event in events][-2:] == [wanted.uri, also.uri]
    assert events[-2].post.author.handle == ada.handle
    assert events[-2].post.ref == wanted


def test_the_stream_hears_answers_to_one_account_and_deletions(ada, bob, network_of):
    mine, theirs = network_of(ada), network_of(bob)
    post = publish(mine, "Qui peut m'aider ?")
    answer = theirs.reply(post, "Moi !", key=theirs.new_key())
    theirs.reply(answer, "Enfin, demain.", key=theirs.new_key())
    theirs.delete(answer.uri)
    events = heard(mine, until=mark(mine), reply_to_actor=ada.did)
    assert [(e.kind, e.uri) for e in events][-3:-1] == [("post", answer.uri), ("delete", answer.uri)]
    assert events[-3].post.reply_to == post.uri


def test_an_edited_post_is_heard_as_an_edit(bluesky, ada, network_of):
    network = network_of(ada)
    post = publish(network, "Je cherche un CDI #i4emploiR")
    record = {"$type": POST, "text": "J'ai trouvé !", "createdAt": "2026-11-22T12:00:00Z"}
    bluesky.write(ada, POST, record, post.uri.rpartition("/")[2])
    events = [event for event in heard(network, "i4emploiR", until=mark(network)) if event.uri == post.uri]
    assert [(event.kind, event.post.text) for event in events][-1] == ("edit", "J'ai trouvé !")


def test_listening_goes_on_behind_the_cursor(ada, network_of):
    network = network_of(ada)
    publish(network, "un #suiteR")
    first = next(event for event in network.listen(["suiteR"], cursor="0") if event.kind == "post")
    second = publish(network, "deux #suiteR")
    with closing(network.listen(["suiteR"], cursor=first.cursor)) as stream:
        assert next(event.uri for event in stream if event.kind == "post") == second.uri


def test_a_silent_stream_ticks_and_then_hears_what_comes(ada, network_of):
    network = network_of(ada)
    with closing(network.listen(["silenceR"])) as stream:
        assert next(stream).kind == "tick"
        post = publish(network, "enfin #silenceR")
        assert next(event.uri for event in stream if event.kind == "post") == post.uri


def test_a_boost_stands_once_and_makes_one_event_however_often_it_is_tried(bluesky, ada, bob, network_of):
    mine, theirs = network_of(ada), network_of(bob)
    post, key = publish(mine), theirs.new_key()
    uris = {theirs.boost(post, key=key) for _ in range(3)}
    later = network_of(bob)
    uris.add(later.boost(post, key=key))
    standing = bluesky.records(bob.did, REPOST)
    assert [record["value"]["subject"]["uri"] for record in standing] == [post.uri]
    assert uris == {standing[0]["uri"]}
    assert repost_events(bluesky, bob.did, mark(mine)) == [("create", f"{REPOST}/{key}")]


def test_a_boost_under_another_key_shows_as_a_second_event(bluesky, ada, bob, network_of):
    mine, theirs = network_of(ada), network_of(bob)
    post = publish(mine)
    for _ in range(2):
        theirs.boost(post, key=theirs.new_key())
    created = [action for action, _ in repost_events(bluesky, bob.did, mark(mine)) if action == "create"]
    assert len(created) == 2


def test_an_undone_boost_is_gone_and_undoing_again_is_no_error(bluesky, ada, bob, network_of):
    mine, theirs = network_of(ada), network_of(bob)
    post, key = publish(mine), theirs.new_key()
    theirs.boost(post, key=key)
    theirs.undo_boost(post, key=key)
    theirs.undo_boost(post, key=key)
    assert bluesky.records(bob.did, REPOST) == []
    actions = [action for action, _ in repost_events(bluesky, bob.did, mark(mine))]
    assert actions == ["create", "delete"]


def test_a_deleted_post_is_gone_for_reading_boosting_and_answering(ada, bob, network_of):
    mine, theirs = network_of(ada), network_of(bob)
    post = publish(mine)
    mine.delete(post.uri)
    mine.delete(post.uri)
    for act in (
        lambda: theirs.fetch_post(post.uri),
        lambda: theirs.boost(post, key=theirs.new_key()),
        lambda: theirs.reply(post, "Bravo", key=theirs.new_key()),
    ):
        with pytest.raises(Gone):
            act()


def test_nobody_deletes_the_post_of_another(ada, bob, network_of):
    mine, theirs = network_of(ada), network_of(bob)
    post = publish(mine)
    with pytest.raises(Refused):
        theirs.delete(post.uri)
    assert mine.fetch_post(post.uri).ref == post


def test_three_hundred_characters_as_people_count_them_fit_and_one_more_is_refused(bluesky, ada, network_of):
    network = network_of(ada)
    family = "👨‍👩‍👧‍👦"
    publish(network, family * 100 + "é" * 200)
    with pytest.raises(Refused, match="301 characters"):
        publish(network, "é" * 301)
    with pytest.raises(Refused):
        publish(network, family * 300)
    assert len(bluesky.records(ada.did, POST)) == 1


@pytest.mark.parametrize("key", ["", "not-a-tid", "a/b", "zzzzzzzzzzzzz"])
def test_a_key_that_is_no_timestamp_is_refused_before_the_call(ada, network_of, key):
    network = network_of(ada)
    post = publish(network)
    for act in (
        lambda: network.publish(Draft("texte", key)),
        lambda: network.boost(post, key=key),
        lambda: network.undo_boost(post, key=key),
    ):
        with pytest.raises(Refused):
            act()


def test_a_revoked_app_password_is_unauthorised(bluesky, ada):
    password = bluesky.create_app_password(ada)
    _, credentials = sign_in(ada.handle, password, bluesky.address, GUARD)
    bluesky.revoke_app_password(ada)
    with pytest.raises(Unauthorised):
        BlueskyNetwork(bluesky.address, GUARD, credentials).whoami()
    with pytest.raises(Unauthorised):
        sign_in(ada.handle, password, bluesky.address, GUARD)


def expired(credentials: dict[str, str]) -> dict[str, str]:
    """The same credentials an hour too late: the access token says that its time is over."""
    parts = credentials["session"].split(":::")
    head, body, signature = parts[2].split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    late = base64.urlsafe_b64encode(json.dumps({**claims, "exp": 1}).encode()).decode().rstrip("=")
    parts[2] = f"{head}.{late}.{signature}"
    return {"session": ":::".join(parts)}


def test_tokens_are_renewed_when_their_time_is_over_and_handed_out_to_be_kept(bluesky, ada):
    _, credentials = sign_in(ada.handle, ada.password, bluesky.address, GUARD)
    kept: list[dict[str, str]] = []
    network = BlueskyNetwork(bluesky.address, GUARD, expired(credentials), kept.append)
    publish(network)
    assert len(kept) == 1
    assert kept[0] != credentials
    assert BlueskyNetwork(bluesky.address, GUARD, kept[0]).whoami().id == ada.did


def test_once_the_password_is_revoked_an_expired_session_cannot_write(bluesky, ada):
    password = bluesky.create_app_password(ada)
    _, credentials = sign_in(ada.handle, password, bluesky.address, GUARD)
    bluesky.revoke_app_password(ada)
    network = BlueskyNetwork(bluesky.address, GUARD, expired(credentials))
    with pytest.raises(Unauthorised):
        publish(network)
    assert bluesky.records(ada.did, POST) == []


def test_a_token_the_server_does_not_know_is_renewed_or_unauthorised(bluesky, ada):
    _, credentials = sign_in(ada.handle, ada.password, bluesky.address, GUARD)
    parts = credentials["session"].split(":::")
    parts[2] = parts[2][:-6] + "AAAAAA"
    kept: list[dict[str, str]] = []
    publish(BlueskyNetwork(bluesky.address, GUARD, {"session": ":::".join(parts)}, kept.append))
    assert len(kept) == 1
    parts[3] = parts[3][:-6] + "AAAAAA"
    with pytest.raises(Unauthorised):
        publish(BlueskyNetwork(bluesky.address, GUARD, {"session": ":::".join(parts)}))


@pytest.mark.parametrize("credentials", [{"session": ""}, {"session": "a:::b:::c:::d:::e"}, {"token": "x"}])
def test_what_is_no_session_is_unauthorised(bluesky, credentials):
    with pytest.raises(Unauthorised):
        BlueskyNetwork(bluesky.address, GUARD, credentials)


def test_the_anonymous_read_and_do_not_write(bluesky, ada, network_of):
    post = publish(network_of(ada))
    nobody = BlueskyNetwork(bluesky.address, GUARD)
    assert nobody.fetch_post(post.uri).text
    assert nobody.fetch_actor(ada.did).handle == ada.handle
    for act in (
        nobody.whoami,
        lambda: publish(nobody),
        lambda: nobody.boost(post, key=nobody.new_key()),
        lambda: nobody.undo_boost(post, key=nobody.new_key()),
    ):
        with pytest.raises(Unauthorised):
            act()


def test_without_an_appview_followers_are_worth_another_try(ada, network_of):
    with pytest.raises(Retryable):
        network_of(ada).fetch_followers(ada.did)


def test_a_server_that_is_not_there_is_worth_another_try():
    nowhere = BlueskyNetwork("http://127.0.0.1:9999", GUARD)
    with pytest.raises(Retryable):
        nowhere.fetch_post("at://did:plc:a/app.bsky.feed.post/3aaaaaaaaaaaa")
    with pytest.raises(Retryable):
        next(nowhere.listen(["x"]))


def test_a_server_inside_is_forbidden_for_requests_and_for_the_stream(bluesky):
    with pytest.raises(Forbidden):
        BlueskyNetwork(bluesky.address, Guard())
    plain = Guard(plain_http=True)
    anonymous = BlueskyNetwork(bluesky.address, plain)
    with pytest.raises(Forbidden):
        anonymous.fetch_post("at://did:plc:a/app.bsky.feed.post/3aaaaaaaaaaaa")
    with pytest.raises(Forbidden):
        next(anonymous.listen(["x"]))


def test_credentials_cannot_lead_the_client_inside(bluesky, ada):
    _, credentials = sign_in(ada.handle, ada.password, bluesky.address, GUARD)
    parts = credentials["session"].split(":::")
    parts[4] = "http://127.1:80"
    network = BlueskyNetwork(bluesky.address, GUARD, {"session": ":::".join(parts)})
    with pytest.raises(Forbidden):
        network.whoami()


def test_a_cursor_from_the_future_or_from_nowhere_is_told(bluesky):
    network = BlueskyNetwork(bluesky.address, GUARD)
    with pytest.raises(Retryable):
        next(network.listen(["x"], cursor="999999999"))
    with pytest.raises(Refused):
        next(network.listen(["x"], cursor="yesterday"))


def test_a_rate_limit_says_how_long_to_wait():
    with bluesky_network("--rate-limits") as strict:
        ada = strict.create_account("ada")

        def sign_in_often() -> None:
            for _ in range(40):
                sign_in(ada.handle, ada.password, strict.address, GUARD)

        with pytest.raises(Retryable) as caught:
            sign_in_often()
    assert 0 < caught.value.after <= 300


def test_the_guarded_client_speaks_to_it_as_well(bluesky):
    described = fetch(GUARD, f"{bluesky.pds}/xrpc/com.atproto.server.describeServer").json()
    assert ".test" in described["availableUserDomains"]
