"""Records of other people to neutral items: anybody may write anything."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.networks.bluesky.records import (
    actor_from_view,
    interactions_from_feed,
    post_from_record,
    split_uri,
)
from colibri.networks.errors import Refused
from colibri.networks.items import Actor

URI = "at://did:plc:ada/app.bsky.feed.post/3n2urpp67pyqx"
ADA = Actor("did:plc:ada", "ada.test")

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("#tag"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
RECORD_FIELDS = ["text", "createdAt", "langs", "facets", "tags", "reply", "features", "parent", "uri"]


def test_a_post_carries_the_hashtags_of_its_text_its_facets_and_its_tags():
    record = {
        "text": "Bonjour #i4emploiR",
        "createdAt": "2026-11-22T12:00:00.000Z",
        "langs": ["fr-FR", "en"],
        "facets": [
            {"features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "i4emploiR"}, {"tag": "Lyon"}]},
            {"features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://exemple.fr"}]},
        ],
        "tags": ["#Compta"],
        "reply": {"parent": {"uri": "at://did:plc:bob/app.bsky.feed.post/3n2urpp67pyqa"}},
    }
    post = post_from_record(URI, "bafy", record, ADA)
    assert post.hashtags == ("i4emploiR", "Compta", "Lyon")
    assert post.created_at == datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert (post.language, post.reply_to) == ("fr", "at://did:plc:bob/app.bsky.feed.post/3n2urpp67pyqa")
    assert post.url == "https://bsky.app/profile/did:plc:ada/post/3n2urpp67pyqx"


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(RECORD_FIELDS), JSON))
def test_whatever_a_record_holds_it_is_a_post(record):
    post = post_from_record(URI, "bafy", record, ADA)
    assert isinstance(post.text, str)
    assert isinstance(post.reply_to, str)
    assert all(isinstance(tag, str) and tag for tag in post.hashtags)
    assert post.created_at.tzinfo is not None


def test_half_characters_and_nul_are_taken_out_of_a_text():
    post = post_from_record(URI, "bafy", {"text": "a\ud800b\0c", "tags": ["\udfff\0d"]}, ADA)
    assert post.text == "a?bc"
    assert post.hashtags == ("?d",)


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "x", "", None, 7]
)
def test_a_moment_that_is_none_is_long_ago(moment):
    assert post_from_record(URI, "", {"createdAt": moment}, ADA).created_at == datetime(
        1970, 1, 1, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "uri",
    ["", "https://x/y/z", "at://ada.test/app.bsky.feed.post/1", "at://did:plc:a/b", "at://did:plc:a//c"],
)
def test_what_names_no_record_is_refused(uri):
    with pytest.raises(Refused):
        split_uri(uri)


def test_an_actor_who_says_little_is_an_actor():
    assert actor_from_view({"did": "did:plc:x"}) == Actor(
        "did:plc:x", "did:plc:x", url="https://bsky.app/profile/did:plc:x"
    )


def test_only_own_posts_are_counted_and_every_kind_of_answer():
    view = {"uri": URI, "author": {"did": "did:plc:ada"}, "record": {"createdAt": "2026-11-22T12:00:00Z"}}
    counts = {"repostCount": 1, "likeCount": 2, "replyCount": 3, "quoteCount": 4}
    feed = [
        {"post": {**view, **counts}},
        {"post": view, "reason": {"$type": "app.bsky.feed.defs#reasonRepost"}},
        {"post": {**view, "author": {"did": "did:plc:bob"}}},
    ]
    assert [(one.uri, one.total) for one in interactions_from_feed(feed, "did:plc:ada")] == [(URI, 10)]


@pytest.mark.parametrize(
    ("embed", "undescribed"),
    [
        ({"$type": "app.bsky.embed.images", "images": [{"alt": ""}, {"alt": "A ship"}, {}, {"alt": " "}]}, 3),
        ({"$type": "app.bsky.embed.recordWithMedia", "media": {"images": [{"alt": ""}]}}, 1),
        ({"$type": "app.bsky.embed.external", "external": {"uri": "https://exemple.fr"}}, 0),
        ({"images": [{"alt": ""}] * 1_000}, 100),
        ({"images": "many", "media": [1]}, 0),
        (None, 0),
    ],
)
def test_images_nobody_described_are_counted_and_not_kept(embed, undescribed):
    assert post_from_record(URI, "bafy", {"text": "Bonjour", "embed": embed}, ADA).undescribed == undescribed
