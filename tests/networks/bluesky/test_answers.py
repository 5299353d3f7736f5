"""A server that answers nonsense, and a stream that says it, are met with our errors or not at all."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import takewhile

import pytest

from colibri.networks.bluesky import BlueskyNetwork
from colibri.networks.bluesky.source import Written
from colibri.networks.errors import NetworkError, Refused
from colibri.networks.guard import Guard
from tests.networks.local_server import allowing, reply, serving

NONSENSE = [
    "{}",
    "[]",
    "null",
    '{"followers": 3}',
    '{"followers": [{}]}',
    '{"feed": [{"post": 1}]}',
    "no json",
    "",
]


@pytest.mark.parametrize("body", NONSENSE)
@pytest.mark.parametrize("content_type", ["application/json", "text/html"])
def test_an_answer_that_is_not_the_protocols_is_one_of_our_errors(body, content_type):
    def answer(handler):
        reply(handler, body=body.encode(), Content_Type=content_type)

    with serving(answer) as (address, _):
        network = BlueskyNetwork(address, allowing(address))
        asked = (
            lambda: network.fetch_actor("did:plc:ada"),
            lambda: network.fetch_followers("did:plc:ada"),
            lambda: network.fetch_interactions("did:plc:ada"),
        )
        for ask in asked:
            with pytest.raises(NetworkError):
                ask()


def test_an_endless_answer_is_refused():
    def answer(handler):
        reply(handler, Content_Type="application/json")
        while True:
            handler.wfile.write(b" " * 65536)

    with serving(answer) as (address, _):
        network = BlueskyNetwork(address, allowing(address, max_bytes=500_000))
        with pytest.raises(Refused, match="more than"):
            network.fetch_followers("did:plc:ada")


def test_a_feed_without_end_is_not_read_without_end():
    def answer(handler):
        body = json.dumps({"feed": [{"post": {"author": {"did": "did:plc:bob"}}}], "cursor": "more"})
        reply(handler, body=body.encode(), Content_Type="application/json")

    with serving(answer) as (address, asked):
        assert BlueskyNetwork(address, allowing(address)).fetch_interactions("did:plc:ada") == ()
    assert len(asked) == 10


class Scripted:
    """A source that says what it is given."""

    def __init__(self, *changes: Written) -> None:
        self._changes = changes

    def changes(self, cursor: str, interest: object = None) -> Iterator[Written]:
        return iter(self._changes)


def test_what_cannot_be_named_does_not_stop_the_stream():
    odd = {"text": "#a", "facets": 3, "langs": "fr", "reply": [], "tags": {"x": 1}, "createdAt": []}
    good = "at://did:plc:ada/app.bsky.feed.post/3aaaaaaaaaaaa"
    source = Scripted(
        Written("1", "create", "at://did:plc:ada/app.bsky.feed.post/a/b", "", odd),
        Written("2", "create", "nonsense", "", odd),
        Written("3", "create", good, "", json.loads('{"text": "#b \\ud800"}')),
        Written("4", "update", good, "", {}),
        Written("5", "delete", "nonsense"),
    )
    network = BlueskyNetwork("https://127.0.0.1:9999", Guard(), source=source)
    events = list(takewhile(lambda event: event.kind != "tick", network.listen(["a", "B"])))
    assert [(event.kind, event.cursor) for event in events] == [("post", "3"), ("edit", "4"), ("delete", "5")]
    assert events[0].post.author.handle == "did:plc:ada"


def test_a_tick_says_whether_the_stream_still_tells_of_the_past(monkeypatch):
    monkeypatch.setattr("colibri.networks.bluesky.client._TICK_SECONDS", 0)
    asked_at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    source = Scripted(
        Written("1", at=asked_at.replace(hour=9)), Written("2", at=asked_at), Written("3", at=None)
    )
    network = BlueskyNetwork("https://127.0.0.1:9999", Guard(), source=source, now=lambda: asked_at)
    ticks = [(event.cursor, event.behind) for event in network.listen(["a"])]
    assert ticks == [("1", True), ("2", False), ("3", False)]
