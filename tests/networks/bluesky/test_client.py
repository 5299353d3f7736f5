"""Posts, answers and boosts on a real PDS, counted in its own event log."""

from io import BytesIO

import pytest
from PIL import Image

from colibri.networks.bluesky import sign_in
from colibri.networks.errors import Gone, Refused, Unauthorised
from colibri.networks.items import Draft
from colibri.networks.previews import preview
from colibri.networks.registry import CAPABILITIES
from tests.networks.bluesky.story import POST, REPOST, mark, publish, repost_events
from tests.peers.bluesky_peer import GUARD

pytestmark = pytest.mark.bluesky


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
    longest = family * 100 + "é" * 200
    publish(network, longest)
    told = preview(longest + "é", CAPABILITIES["bluesky"])
    assert (told.fits, told.length, told.end) == (False, 301, len(longest))
    with pytest.raises(Refused, match="301 characters"):
        publish(network, "é" * 301)
    with pytest.raises(Refused):
        publish(network, family * 300)
    assert len(bluesky.records(ada.did, POST)) == 1


def test_of_a_posts_real_images_those_without_a_description_are_counted(bluesky, ada, network_of):
    drawn = BytesIO()
    Image.new("RGB", (2, 2)).save(drawn, "PNG")
    blob = bluesky.upload(ada, drawn.getvalue(), "image/png")
    images = [{"image": blob, "alt": alt} for alt in ("", "   ", "Une soudeuse à l’ouvrage")]
    shown = {"$type": "app.bsky.embed.images", "images": images}
    made = bluesky.create(ada, POST, {"text": "Mon travail", "embed": shown})
    quoted = {key: made[key] for key in ("uri", "cid")}
    beside = {
        "$type": "app.bsky.embed.recordWithMedia",
        "record": {"$type": "app.bsky.embed.record", "record": quoted},
        "media": {"$type": "app.bsky.embed.images", "images": images[1:]},
    }
    again = bluesky.create(ada, POST, {"text": "Encore", "embed": beside})

    network = network_of(ada)

    assert network.fetch_post(made["uri"]).undescribed == 2
    assert network.fetch_post(again["uri"]).undescribed == 1
    assert network.fetch_post(publish(network).uri).undescribed == 0


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
