"""Bluesky with its AppView, for real: followers, biographies and how posts were received."""

import pytest

from colibri.networks.bluesky import BlueskyNetwork, sign_in
from colibri.networks.errors import Gone
from colibri.networks.items import Draft, PostRef
from tests.peers.bluesky_peer import GUARD, Bluesky, Member
from tests.peers.process import wait_until

pytestmark = pytest.mark.bluesky

FOLLOW = "app.bsky.graph.follow"


def network_of(bluesky: Bluesky, member: Member) -> BlueskyNetwork:
    _, credentials = sign_in(member.handle, member.password, bluesky.address, GUARD)
    return BlueskyNetwork(bluesky.address, GUARD, credentials)


def followers_of(network: BlueskyNetwork, did: str) -> list:
    found, cursor = [], ""
    while True:
        page = network.fetch_followers(did, cursor=cursor)
        found += page.items
        if not page.next:
            return found
        cursor = page.next


def test_followers_come_in_pages_with_their_biographies(full_bluesky):
    ada = full_bluesky.create_account("ada", biography="Je cherche un CDI à Lyon")
    network = network_of(full_bluesky, ada)
    fans = [full_bluesky.create_account(f"fan{i}", biography=f"Recruteuse {i}") for i in range(5)]
    for fan in fans:
        full_bluesky.create(fan, FOLLOW, {"subject": ada.did})
    wait_until(lambda: len(followers_of(network, ada.did)) >= 5)
    assert network.fetch_actor(ada.did).followers == 5
    found = followers_of(network, ada.did)
    assert {actor.id: actor.biography for actor in found} == {
        fan.did: f"Recruteuse {i}" for i, fan in enumerate(fans)
    }
    assert {actor.handle for actor in found} == {fan.handle for fan in fans}


def test_more_followers_than_one_page_are_all_fetched_once(full_bluesky, monkeypatch):
    monkeypatch.setattr("colibri.networks.bluesky.client._FOLLOWERS_PER_PAGE", 2)
    ada = full_bluesky.create_account("ada")
    network = network_of(full_bluesky, ada)
    fans = [full_bluesky.create_account(f"fan{i}") for i in range(5)]
    for number, fan in enumerate(fans):
        # Of those who followed in one millisecond an AppView's page shows some, and the next page none.
        moment = f"2026-11-20T12:00:0{number}.000Z"
        full_bluesky.create(fan, FOLLOW, {"subject": ada.did, "createdAt": moment})
    # The AppView counts a follow before it knows the follower's name.
    wait_until(lambda: len(followers_of(network, ada.did)) >= 5)
    found = [actor.id for actor in followers_of(network, ada.did)]
    assert sorted(found) == sorted(fan.did for fan in fans)


def test_boosts_likes_and_answers_are_counted_and_others_posts_left_out(full_bluesky):
    ada, bob = (full_bluesky.create_account(name) for name in ("ada", "bob"))
    mine, theirs = network_of(full_bluesky, ada), network_of(full_bluesky, bob)
    first = mine.publish(Draft("Premier message", mine.new_key()))
    second = mine.publish(Draft("Second message", mine.new_key()))
    others = theirs.publish(Draft("Message de Bob", theirs.new_key()))
    mine.boost(others, key=mine.new_key())
    theirs.boost(first, key=theirs.new_key())
    theirs.reply(first, "Courage !", key=theirs.new_key())
    subject = {"uri": first.uri, "cid": first.version}
    full_bluesky.create(bob, "app.bsky.feed.like", {"subject": subject})

    def counted() -> dict[str, int]:
        return {one.uri: one.total for one in mine.fetch_interactions(ada.did)}

    assert wait_until(lambda: counted() == {second.uri: 0, first.uri: 3})
    assert [one.uri for one in mine.fetch_interactions(ada.did, limit=1)] == [second.uri]
    assert mine.fetch_reactors(first.uri) == (bob.did,)  # a like and a boost by one are one
    assert mine.fetch_reactors(second.uri) == ()


def test_the_appview_tells_who_is_and_who_is_not_there(full_bluesky):
    ada = full_bluesky.create_account("ada", biography="Soudeuse, Nantes")
    network = network_of(full_bluesky, ada)
    assert network.fetch_actor(ada.handle).biography == "Soudeuse, Nantes"
    assert network.fetch_actor("@" + ada.handle).id == ada.did
    for nobody in ("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "nobody.test"):
        with pytest.raises(Gone):
            network.fetch_actor(nobody)
        with pytest.raises(Gone):
            network.fetch_followers(nobody)
    with pytest.raises(Gone):
        network.fetch_post(f"at://{ada.did}/app.bsky.feed.post/3aaaaaaaaaaaa")
    with pytest.raises(Gone):
        network.boost(
            PostRef("at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3aaaaaaaaaaaa"),
            key=network.new_key(),
        )
