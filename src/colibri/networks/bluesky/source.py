"""Where Bluesky's stream comes from: a relay's or PDS's firehose, or a Jetstream."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlencode

from atproto_core.car import CAR
from atproto_core.cid import CID
from atproto_core.exceptions import AtProtocolError
from atproto_subscription.frames import Frame, MessageFrame
from websockets.exceptions import InvalidHandshake, WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from colibri.networks.bluesky.interest import Interest
from colibri.networks.bluesky.records import POST
from colibri.networks.errors import Refused, Retryable
from colibri.networks.guard import Guard
from colibri.networks.transport import tls_context

__all__ = ["Firehose", "Jetstream", "Source", "Written", "source_at"]

logger = logging.getLogger(__name__)
_LONGEST_MESSAGE = 8 * 1024 * 1024
_JETSTREAM = "jetstream+"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BACK = timedelta(seconds=5)
"""How far behind a moment hearing begins again: clocks differ, and to hear something twice does no harm."""


@dataclass(frozen=True, slots=True)
class Written:
    """One change to a post record; `record` is None for a deletion.

    With an empty `operation` nothing of interest happened, but `cursor` moved on. `at` is when the
    stream heard of it, None where it does not say or is silent.
    """

    cursor: str
    operation: str = ""  # create, update, delete
    uri: str = ""
    cid: str = ""
    record: Mapping[str, Any] | None = None
    at: datetime | None = field(default=None, compare=False)


Decoded = tuple[str, datetime | None, list[Written]]
"""What one message says: how far the stream is, since when, and what was written."""


class Source(Protocol):
    """A stream of changes to posts.

    A cursor is a number of the stream's own, or a moment ("@" and microseconds since 1970) where there
    is no number yet or numbers mean nothing elsewhere; hearing begins a little before such a moment.
    """

    def changes(self, cursor: str, interest: Interest | None = None) -> Iterator[Written]:
        """Every change to a post from just behind `cursor` on (empty: from now) that is of interest.

        What is not may be told too, or only move the cursor, now and then. At least once every
        `patience` seconds something is yielded. Raises `Retryable` when the stream is cut and
        `Refused` where the server will not give it.
        """
        ...


class Firehose:
    """`com.atproto.sync.subscribeRepos` of a relay or of one PDS: everything, in CBOR."""

    def __init__(self, guard: Guard, url: str, *, patience: float = 1.0) -> None:
        self._guard = guard
        self._url = f"{url.rstrip('/')}/xrpc/com.atproto.sync.subscribeRepos"
        self._patience = patience

    def changes(self, cursor: str, interest: Interest | None = None) -> Iterator[Written]:
        """See `Source`. Everything is told, since it is no text.

        A moment, kept while the stream was silent, is found again among all that is kept.
        """
        since = _time_in(cursor)
        number = 0 if since else _number(cursor) if cursor else None
        url = self._url if number is None else f"{self._url}?{urlencode({'cursor': number})}"
        for change in _read(self._guard, url, self._patience, cursor, self._decode):
            if since and change.at is not None and change.at < since - _BACK:
                yield Written(change.cursor, at=change.at)
            else:
                yield change

    def _decode(self, message: str | bytes) -> Decoded:
        if isinstance(message, str):
            return "", None, []
        frame = Frame.from_bytes(message)
        if not isinstance(frame, MessageFrame):
            raise Retryable(f"{self._url}: {frame.body}")
        if frame.type == "#info":
            logger.warning("%s says %s: events may have been missed", self._url, frame.body)
            return "", None, []
        cursor, at = str(frame.body.get("seq", "")), _moment(frame.body.get("time"))
        if frame.type != "#commit":
            return cursor, at, []
        ours = [op for op in frame.body["ops"] if op["path"].startswith(POST + "/")]
        blocks: Mapping[CID, Mapping[str, Any]] = {}
        if any(op["action"] != "delete" for op in ours):
            blocks = CAR.from_bytes(frame.body["blocks"]).blocks
        return cursor, at, [_from_operation(frame.body["repo"], op, blocks, cursor) for op in ours]


def _from_operation(
    did: str, operation: Mapping[str, Any], blocks: Mapping[CID, Mapping[str, Any]], cursor: str
) -> Written:
    uri = f"at://{did}/{operation['path']}"
    if operation["action"] == "delete":
        return Written(cursor, "delete", uri)
    cid = CID.from_decoded_bytes(operation["cid"])
    # A commit too big for one message carries no blocks: an empty record matches nothing.
    return Written(cursor, operation["action"], uri, str(cid), blocks.get(cid, {}))


class Jetstream:
    """`network.bsky.jetstream.subscribeEvents`: posts alone, in JSON."""

    def __init__(self, guard: Guard, url: str, *, patience: float = 1.0) -> None:
        self._guard = guard
        self._url = f"{url.rstrip('/')}/xrpc/network.bsky.jetstream.subscribeEvents"
        self._patience = patience

    def changes(self, cursor: str, interest: Interest | None = None) -> Iterator[Written]:
        wanted: dict[str, Any] = {"collections": POST, "kinds": "commit"}
        since = _time_in(cursor)
        if since:
            wanted["cursor"] = (since - _BACK - _EPOCH) // _MICROSECOND
        elif cursor:
            # Its cursor is the first event wanted, ours the last one heard.
            wanted["cursor"] = _number(cursor) + 1
        url = f"{self._url}?{urlencode(wanted)}"
        decode = _passing_over(self._decode, interest) if interest else self._decode
        yield from _read(self._guard, url, self._patience, cursor, decode, "xrpc.v1.json")

    def _decode(self, message: str | bytes) -> Decoded:
        frame = json.loads(message)
        if frame.get("$type") == "error":
            raise Retryable(f"{self._url}: {frame.get('error')} {frame.get('message')}")
        event = frame["payload"]
        if event["$type"].endswith("#info"):
            logger.warning("%s says %s: events may have been missed", self._url, event)
            return "", None, []
        at, witnessed = _moment(event.get("time")), _moment(event.get("witnessedAt"))
        # Behind one name are several servers, each with numbers of its own: only the time is common to them.
        cursor = _cursor_at(witnessed) if witnessed else str(event.get("seq", ""))
        if not event["$type"].endswith("#commit") or event["collection"] != POST:
            return cursor, at, []
        uri = f"at://{event['did']}/{POST}/{event['rkey']}"
        record = None if event["operation"] == "delete" else event.get("record") or {}
        return cursor, at, [Written(cursor, event["operation"], uri, event.get("cid") or "", record)]


_PASSED_OVER_MOST = 200
"""After so many messages that are of no interest one is read all the same: the cursor must move on."""


def _passing_over(decode: Callable[[str | bytes], Decoded], interest: Interest) -> Callable[..., Decoded]:
    """Decode what is of interest, and of the rest a message now and then."""
    passed = _PASSED_OVER_MOST
    last: datetime | None = None

    def chosen(message: str | bytes) -> Decoded:
        nonlocal passed, last
        text = message.encode() if isinstance(message, str) else message
        if passed < _PASSED_OVER_MOST and not interest(text):
            passed += 1
            return "", last, []
        passed = 0
        cursor, last, changes = decode(message)
        return cursor, last, changes

    return chosen


def source_at(guard: Guard, url: str) -> Source:
    """The source at an address: `jetstream+wss://…` is a Jetstream, `wss://…` a firehose."""
    if url.startswith(_JETSTREAM):
        return Jetstream(guard, url.removeprefix(_JETSTREAM))
    return Firehose(guard, url)


def _number(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdigit()):
        raise Refused(f"not a cursor: {cursor!r}")
    return int(cursor)


def _cursor_at(moment: datetime) -> str:
    return f"@{(moment - _EPOCH) // _MICROSECOND}"


def _time_in(cursor: str) -> datetime | None:
    """The moment a cursor names, None where it is a number or empty. Raises `Refused` for neither."""
    if not cursor.startswith("@"):
        return None
    try:
        return _EPOCH + _number(cursor[1:]) * _MICROSECOND
    except OverflowError as fault:
        raise Refused(f"not a cursor: {cursor!r}") from fault


def _moment(said: object) -> datetime | None:
    """A moment as streams spell it, None where it is none."""
    try:
        moment = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None


def _open(guard: Guard, url: str, protocol: str) -> ClientConnection:
    target = guard.check(url)
    connection = guard.connect(target)
    try:
        return connect(
            url,
            sock=connection,
            ssl=tls_context() if target.scheme == "wss" else None,
            server_hostname=target.host if target.scheme == "wss" else None,
            subprotocols=[Subprotocol(protocol)] if protocol else None,
            compression=None,
            user_agent_header=guard.user_agent,
            proxy=None,
            open_timeout=guard.connect_timeout,
            close_timeout=1,
            max_size=_LONGEST_MESSAGE,
        )
    except (OSError, TimeoutError, WebSocketException) as fault:
        connection.close()
        refused = isinstance(fault, InvalidHandshake) and "HTTP 4" in str(fault) and "429" not in str(fault)
        raise (Refused if refused else Retryable)(f"{url}: {fault!r}") from fault


def _read(
    guard: Guard,
    url: str,
    patience: float,
    cursor: str,
    decode: Callable[[str | bytes], Decoded],
    protocol: str = "",
) -> Iterator[Written]:
    # Whoever is cut off before anything came knows from this on where to go on.
    cursor = cursor or _cursor_at(datetime.now(UTC))
    with _open(guard, url, protocol) as connection:
        while True:
            try:
                message = connection.recv(timeout=patience)
            except TimeoutError:
                yield Written(cursor)
                continue
            except (OSError, WebSocketException) as fault:
                raise Retryable(f"{url}: the stream was cut ({fault!r})") from fault
            try:
                reached, at, changes = decode(message)
            except (AtProtocolError, ValueError, KeyError, TypeError, AttributeError) as fault:
                # One message nobody can read must not stop those behind it.
                logger.warning("%s: a message that cannot be read: %r", url, fault)
                continue
            # Whoever stops between two changes of one message must hear that message again.
            yield from (replace(change, cursor=cursor, at=at) for change in changes[:-1])
            cursor = reached or cursor
            yield replace(changes[-1], at=at) if changes else Written(cursor, at=at)
