"""Actors and posts are read in the shapes servers write them, and only where all parts are of one server."""

import pytest

from colibri.networks.activitypub.people import hashtags_of, mentions_of, peer_of, post_of
from colibri.networks.activitypub.reading import Unreadable, is_public, same_host
from colibri.networks.items import Actor

HERE = "https://a.example"
ACTOR = {
    "id": f"{HERE}/u/ada",
    "type": "Person",
    "preferredUsername": "ada",
    "inbox": f"{HERE}/u/ada/inbox",
    "publicKey": {"id": f"{HERE}/u/ada#k", "owner": f"{HERE}/u/ada", "publicKeyPem": "PEM"},
}
NOTE = {"id": f"{HERE}/n/1", "type": "Note", "attributedTo": f"{HERE}/u/ada", "content": "<p>Oui #Tag</p>"}
ADA = Actor(f"{HERE}/u/ada", "ada@a.example")


def test_an_actor_is_read_with_its_handle_and_keys():
    peer = peer_of(
        {**ACTOR, "publicKey": [ACTOR["publicKey"], {"id": "https://b.example/k", "owner": ADA.id}]}
    )

    assert peer.actor.handle == "ada@a.example"
    assert peer.keys == ((f"{HERE}/u/ada#k", "PEM"),)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "Note"},
        {"id": None},
        {"id": "ftp://a.example/u"},
        {"id": f"{HERE}/{'a' * 400}"},
        {"inbox": "https://b.example/inbox"},
        {"inbox": None},
        {"inbox": "http://a.example/inbox"},
    ],
    ids=repr,
)
def test_what_is_no_actor_of_one_server_is_not_read(change):
    with pytest.raises(Unreadable):
        peer_of({**ACTOR, **change})


def test_a_shared_inbox_of_another_server_is_not_used():
    peer = peer_of({**ACTOR, "endpoints": {"sharedInbox": "https://b.example/inbox"}})

    assert peer.shared_inbox == ""


@pytest.mark.parametrize(
    "change",
    [
        {"attributedTo": f"{HERE}/u/other"},
        {"attributedTo": [ADA.id, f"{HERE}/u/other"]},
        {"attributedTo": None},
        {"id": "https://b.example/n/1"},
        {"type": "Person"},
    ],
    ids=repr,
)
def test_somebody_elses_post_is_not_read(change):
    with pytest.raises(Unreadable):
        post_of({**NOTE, **change}, ADA)


@pytest.mark.parametrize(
    "change",
    [
        {"attributedTo": [ADA.id]},
        {"attributedTo": {"id": ADA.id, "type": "Person"}},
        {"type": ["Note"]},
        {"content": None, "contentMap": {"fr": "<p>Oui #Tag</p>"}},
        {"url": [{"type": "Link", "href": "https://b.example/x"}]},
        {"published": "never"},
        {"tag": {"type": "Hashtag", "name": "#Tag"}},
    ],
    ids=repr,
)
def test_a_post_is_read_in_each_usual_shape(change):
    post = post_of({**NOTE, **change}, ADA)

    assert (post.text, post.hashtags, post.url) == ("Oui #Tag", ("Tag",), NOTE["id"])


def test_hashtags_and_mentions_are_those_the_tags_name():
    tags = [
        {"type": "Hashtag", "name": "#a"},
        {"type": "Hashtag", "name": "b c"},
        {"type": "Mention", "href": ADA.id},
        {"type": "Hashtag"},
        "#d",
        None,
    ]

    assert hashtags_of({"tag": tags}) == ["a"]
    assert mentions_of({"tag": tags}) == {ADA.id}


def test_public_has_three_spellings_and_scheme_and_port_make_a_server():
    for spelling in ("as:Public", "Public", "https://www.w3.org/ns/activitystreams#Public"):
        assert is_public({"to": [spelling]})
        assert is_public({"cc": spelling})
    assert not is_public({"to": f"{HERE}/u/ada/followers"})
    assert same_host(f"{HERE}/a", "https://A.example:443/b")
    assert not same_host(f"{HERE}/a", f"{HERE}:8443/a")
    assert not same_host(f"{HERE}/a", f"{HERE}\\@b.example/a")


@pytest.mark.parametrize(
    ("attachment", "undescribed"),
    [
        ({"type": "Document", "mediaType": "image/png", "url": f"{HERE}/1.png", "name": None}, 1),
        (
            [
                {"type": "Document", "mediaType": "image/png", "name": "A ship"},
                {"type": "Image", "name": " "},
            ],
            1,
        ),
        ([{"type": "Document", "mediaType": "video/mp4"}, {"type": "PropertyValue"}, "x", 3], 0),
        ({"type": "Image", "nameMap": {"fr": "Un navire"}}, 0),
        (None, 0),
    ],
    ids=repr,
)
def test_images_nobody_described_are_counted_and_not_kept(attachment, undescribed):
    assert post_of({**NOTE, "attachment": attachment}, ADA).undescribed == undescribed
