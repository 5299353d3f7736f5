"""The stream's two sources, against servers that say what the test wants said."""

import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import cbor2
import pytest
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from colibri.networks.bluesky.interest import Interest
from colibri.networks.bluesky.source import Firehose, Jetstream, Written, source_at
from colibri.networks.errors import Refused, Retryable
from colibri.networks.guard import Guard

COMMIT = "network.bsky.jetstream.subscribeEvents#commit"


@contextmanager
def saying(*messages: str | bytes, stay: bool = False, **options: Any) -> Iterator[tuple[str, list[str]]]:
    """A stream on loopback that says these messages; gives its address and the paths asked for."""
    asked: list[str] = []

    def speak(connection: ServerConnection) -> None:
        asked.append(connection.request.path)
        for message in messages:
            connection.send(message)
        if stay:
            connection.recv()

    with serve(
        speak, "127.0.0.1", 0, subprotocols=["xrpc.v1.json"], select_subprotocol=lambda *_: None, **options
    ) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}", asked
        finally:
            server.shutdown()
            thread.join()


def guard_of(url: str) -> Guard:
    return Guard(allow=frozenset({url.removeprefix("ws://")}))


def said(**event: object) -> str:
    return json.dumps({"$type": "message", "payload": event})


def commit(seq: int, operation: str, key: str, **more: object) -> str:
    return said(
        **{"$type": COMMIT}, seq=seq, did="did:plc:ada", collection="app.bsky.feed.post",
        operation=operation, rkey=key, **more,
    )  # fmt: skip


def heard(source: Firehose | Jetstream, cursor: str = "") -> list[Written]:
    """All that is heard until the stream is cut."""
    found: list[Written] = []
    with pytest.raises(Retryable):
        found.extend(source.changes(cursor))
    return found


def test_a_jetstream_tells_what_was_written_edited_and_deleted():
    record = {"text": "Bonjour #i4emploiR"}
    with saying(
        commit(5, "create", "k1", cid="bafy", record=record),
        said(**{"$type": "network.bsky.jetstream.subscribeEvents#identity"}, seq=6, did="did:plc:ada"),
        "not json at all",
        commit(7, "delete", "k1"),
    ) as (url, asked):
        changes = heard(Jetstream(guard_of(url), url), cursor="4")
    uri = "at://did:plc:ada/app.bsky.feed.post/k1"
    assert changes == [
        Written("5", "create", uri, "bafy", record),
        Written("6"),
        Written("7", "delete", uri),
    ]
    assert asked == [
        "/xrpc/network.bsky.jetstream.subscribeEvents?collections=app.bsky.feed.post&kinds=commit&cursor=5"
    ]


def test_of_what_is_of_no_interest_a_jetstream_tells_only_now_and_then_how_far_it_is():
    record = {"text": "Rien pour nous"}
    of_interest = [
        commit(900, "create", "tagged", record={"text": "Oui #I4EmploiR"}),
        commit(901, "create", "reply", record={"reply": {"parent": {"uri": "at://did:plc:own/x/1"}}}),
        commit(902, "update", "edited", record=record),
        commit(903, "delete", "gone"),
    ]
    others = [commit(number, "create", f"k{number}", record=record) for number in range(1, 501)]
    with saying(*others, *of_interest) as (url, _):
        source = Jetstream(guard_of(url), url)
        changes: list[Written] = []
        with pytest.raises(Retryable):
            changes.extend(source.changes("0", Interest(["i4emploiR"], "did:plc:own")))

    read = [change for change in changes if change.uri]
    assert len(changes) == 504
    assert [change.uri.rpartition("/")[2] for change in read if change.operation != "create"] == [
        "edited",
        "gone",
    ]
    assert [change.cursor for change in read] == ["1", "202", "403", "900", "901", "902", "903"]


def test_a_hashtag_of_one_letter_makes_everything_of_interest():
    assert Interest(["x"])(b'{"operation":"create","$type":"#commit"}')


def test_a_jetstream_that_ends_in_an_error_is_worth_another_try():
    error = json.dumps({"$type": "error", "error": "ConsumerTooSlow"})
    with saying(error) as (url, _), pytest.raises(Retryable, match="ConsumerTooSlow"):
        list(Jetstream(guard_of(url), url).changes(""))


def frame(header: dict, body: dict) -> bytes:
    return cbor2.dumps(header, canonical=True) + cbor2.dumps(body, canonical=True)


def delete_of(*keys: str) -> list[dict]:
    return [{"action": "delete", "path": f"app.bsky.feed.post/{key}", "cid": None} for key in keys]


def test_within_one_message_only_the_last_change_moves_the_cursor_on():
    body = {"seq": 9, "repo": "did:plc:ada", "ops": delete_of("a", "b", "c"), "blocks": b""}
    with saying(frame({"op": 1, "t": "#commit"}, body)) as (url, _):
        changes = heard(Firehose(guard_of(url), url), cursor="8")
    assert [(change.cursor, change.uri[-1]) for change in changes] == [("8", "a"), ("8", "b"), ("9", "c")]


def test_a_firehose_message_nobody_can_read_does_not_stop_the_next():
    body = {"seq": 9, "repo": "did:plc:ada", "ops": delete_of("a"), "blocks": b""}
    broken = {"seq": 8, "repo": "did:plc:ada", "blocks": b"?",
              "ops": [{"action": "create", "path": "app.bsky.feed.post/x", "cid": b"?"}]}  # fmt: skip
    with saying(
        b"\xff\xff", "text", frame({"op": 1, "t": "#commit"}, broken),
        frame({"op": 1, "t": "#commit"}, {"seq": 3}), frame({"op": 1, "t": "#commit"}, body),
    ) as (url, _):  # fmt: skip
        changes = heard(Firehose(guard_of(url), url))
    assert [change.uri for change in changes if change.operation] == ["at://did:plc:ada/app.bsky.feed.post/a"]


def test_other_collections_only_move_the_cursor_on():
    ops = [{"action": "create", "path": "app.bsky.feed.like/x", "cid": None}]
    with saying(
        frame({"op": 1, "t": "#commit"}, {"seq": 1, "repo": "did:plc:a", "ops": ops, "blocks": b""}),
        frame({"op": 1, "t": "#account"}, {"seq": 2, "did": "did:plc:a"}),
        frame({"op": 1, "t": "#info"}, {"name": "OutdatedCursor"}),
    ) as (url, _):
        assert heard(Firehose(guard_of(url), url)) == [Written("1"), Written("2"), Written("2")]


def test_a_firehose_that_ends_in_an_error_is_worth_another_try():
    error = frame({"op": -1}, {"error": "FutureCursor", "message": "not yet"})
    with saying(error) as (url, asked), pytest.raises(Retryable, match="FutureCursor"):
        list(Firehose(guard_of(url), url).changes("12"))
    assert asked == ["/xrpc/com.atproto.sync.subscribeRepos?cursor=12"]


def test_a_silent_stream_yields_where_it_stands():
    with (
        saying(stay=True) as (url, _),
        closing(Firehose(guard_of(url), url, patience=0.01).changes("3")) as stream,
    ):
        assert next(stream) == Written("3")


def test_a_message_too_large_cuts_the_stream():
    with saying("x" * (9 * 1024 * 1024)) as (url, _), pytest.raises(Retryable):
        list(Jetstream(guard_of(url), url).changes(""))


@pytest.mark.parametrize("cursor", ["x", "-1", "1.5", "²"])
def test_a_cursor_that_is_no_number_is_refused(cursor):
    for source in (Firehose(Guard(), "wss://good.test"), Jetstream(Guard(), "wss://good.test")):
        with pytest.raises(Refused):
            next(source.changes(cursor))


def test_an_address_says_which_source_it_is():
    assert isinstance(source_at(Guard(), "jetstream+wss://good.test"), Jetstream)
    assert isinstance(source_at(Guard(), "wss://good.test"), Firehose)


@pytest.mark.parametrize(
    ("status", "error"), [(404, Refused), (400, Refused), (429, Retryable), (503, Retryable)]
)
def test_a_stream_that_is_not_given_says_whether_to_ask_again(status, error):
    def turn_away(connection: ServerConnection, request: Request) -> Response:
        return connection.respond(status, "no")

    with saying(process_request=turn_away) as (url, _), pytest.raises(error):
        next(Firehose(guard_of(url), url).changes(""))


@pytest.mark.parametrize(
    ("said_at", "at"),
    [
        ("2026-11-22T12:00:00.5Z", datetime(2026, 11, 22, 12, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-11-22T12:00:00", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("yesterday", None),
        (None, None),
    ],
)
def test_both_streams_say_when_something_was_written(said_at, at):
    body = {"seq": 9, "time": said_at, "repo": "did:plc:ada", "ops": delete_of("a"), "blocks": b""}
    with saying(frame({"op": 1, "t": "#commit"}, body)) as (url, _):
        firehose = heard(Firehose(guard_of(url), url))
    with saying(commit(9, "delete", "a", time=said_at)) as (url, _):
        jetstream = heard(Jetstream(guard_of(url), url))
    assert [change.at for change in (*firehose, *jetstream)] == [at, at]


def test_a_silent_new_source_can_go_on_from_when_it_first_listened():
    before = datetime.now(UTC)
    for source in (Firehose, Jetstream):
        with (
            saying(stay=True) as (url, _),
            closing(source(guard_of(url), url, patience=0.01).changes("")) as stream,
        ):
            cursor = next(stream).cursor
        noted = datetime.fromtimestamp(int(cursor.removeprefix("@")) / 1_000_000, UTC)
        assert timedelta() <= noted - before < timedelta(minutes=1)


def test_a_firehose_finds_a_moment_again_among_all_that_is_kept():
    moments = ["2026-11-22T11:00:00Z", "2026-11-22T11:59:57Z", "2026-11-22T12:00:01Z"]
    messages = [
        frame(
            {"op": 1, "t": "#commit"},
            {"seq": seq, "time": at, "repo": "did:plc:ada", "ops": delete_of(f"k{seq}"), "blocks": b""},
        )
        for seq, at in enumerate(moments, start=7)
    ]
    noted = int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()) * 1_000_000
    with saying(*messages) as (url, asked):
        changes = heard(Firehose(guard_of(url), url), cursor=f"@{noted}")
    assert asked == ["/xrpc/com.atproto.sync.subscribeRepos?cursor=0"]
    assert [(change.cursor, change.uri.rpartition("/")[2]) for change in changes] == [
        ("7", ""),
        ("8", "k8"),
        ("9", "k9"),
    ]


def test_a_jetstream_goes_on_a_little_before_what_was_heard_last_on_whichever_server_answers():
    first = commit(5, "delete", "a", time="2026-11-22T12:00:00Z", witnessedAt="2026-11-22T12:00:10.000007Z")
    with saying(first) as (url, _):
        cursor = heard(Jetstream(guard_of(url), url))[-1].cursor
    witnessed = int(datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC).timestamp()) * 1_000_000 + 7
    assert cursor == f"@{witnessed}"
    with saying(commit(900, "delete", "a"), commit(901, "delete", "b")) as (url, asked):
        again = heard(Jetstream(guard_of(url), url), cursor=cursor)
    assert asked[0].endswith(f"&cursor={witnessed - 5_000_000}")
    assert [change.uri[-1] for change in again] == ["a", "b"]


@pytest.mark.parametrize("cursor", ["@", "@x", "@-1", "@" + "9" * 40])
def test_a_moment_that_is_none_is_refused(cursor):
    for source in (Firehose(Guard(), "wss://good.test"), Jetstream(Guard(), "wss://good.test")):
        with pytest.raises(Refused):
            next(source.changes(cursor))
