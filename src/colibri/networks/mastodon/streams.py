"""A server's own streams of hashtags: events sent by the server (SSE) or a WebSocket, whichever it offers."""

import json
import logging
import queue
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Protocol
from urllib.parse import urlencode

import httpx
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from colibri.networks.errors import NetworkError, Refused, Retryable
from colibri.networks.guard import Guard
from colibri.networks.transport import GuardedTransport, error_for_status, tls_context

__all__ = ["Said", "Streams"]

logger = logging.getLogger(__name__)
Said = tuple[str, str]
"""What a stream says: the name of an event, and its payload."""
_LASTING = 3600.0
_LONGEST_MESSAGE = 1024 * 1024
_WAITING_MOST = 1000
_FIT_FOR_A_PROTOCOL = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)


class _Wire(Protocol):
    """One open stream."""

    def read(self) -> Iterator[Said]:
        """What is said, until it is cut."""
        ...

    def cut(self) -> None:
        """End it, from another thread."""
        ...


class _Events:
    """Events sent by the server, over the guarded transport (Mastodon)."""

    def __init__(self, guard: Guard, url: str, token: str) -> None:
        headers = {"Accept": "text/event-stream"} | ({"Authorization": f"Bearer {token}"} if token else {})
        transport = GuardedTransport(guard, lasting=_LASTING)
        guard.check(url)
        self._answer = transport.handle_request(httpx.Request("GET", url, headers=headers))
        kind = self._answer.headers.get("Content-Type", "")
        if self._answer.status_code != 200 or not kind.startswith("text/event-stream"):
            self._answer.close()
            status = self._answer.status_code
            raise (
                error_for_status(status, self._answer.headers, url)
                if status >= 400
                else Refused(f"no stream at {url}")
            )

    def read(self) -> Iterator[Said]:
        name, payload = "", []
        try:
            for line in _lines(self._answer):
                field, _, value = line.partition(":")
                if field == "event":
                    name = value.strip()
                elif field == "data":
                    payload.append(value.removeprefix(" "))
                elif not line:
                    if name and payload:
                        yield name, "\n".join(payload)
                    name, payload = "", []
        finally:
            self._answer.close()

    def cut(self) -> None:
        stream = self._answer.extensions.get("network_stream")
        connection = stream.get_extra_info("socket") if stream is not None else None
        if connection is not None:
            # Whoever waits for the next byte is woken.
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _lines(answer: httpx.Response) -> Iterator[str]:
    waiting = b""
    for chunk in answer.iter_raw():
        *whole, waiting = (waiting + chunk).split(b"\n")
        for line in whole:
            yield line.removesuffix(b"\r").decode("utf-8", "replace")
        if len(waiting) > _LONGEST_MESSAGE:
            raise Refused(f"a line of more than {_LONGEST_MESSAGE} bytes")


class _Socket:
    """A WebSocket over a connection of the guard (GoToSocial, Pleroma, Mastodon as well)."""

    def __init__(self, guard: Guard, url: str, token: str) -> None:
        self._connection = _connected(guard, url, token)

    def read(self) -> Iterator[Said]:
        with self._connection as connection:
            for message in connection:
                try:
                    said = json.loads(message)
                    yield str(said["event"]), str(said.get("payload", ""))
                except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
                    # One message nobody can read must not stop those behind it.
                    logger.warning("a message that cannot be read: %r", fault)
        raise Retryable("the stream was ended")

    def cut(self) -> None:
        with suppress(OSError):
            self._connection.socket.shutdown(socket.SHUT_RDWR)


def _connected(guard: Guard, url: str, token: str) -> ClientConnection:
    target = guard.check(url)
    secure = target.scheme == "wss"
    connection = guard.connect(target)
    try:
        return connect(
            url,
            sock=connection,
            ssl=tls_context() if secure else None,
            server_hostname=target.host if secure else None,
            # GoToSocial reads the token here and not in the header; never in the address, which is logged.
            subprotocols=[Subprotocol(token)] if _FIT_FOR_A_PROTOCOL.fullmatch(token) else None,
            additional_headers={"Authorization": f"Bearer {token}"} if token else None,
            compression=None,
            user_agent_header=guard.user_agent,
            proxy=None,
            open_timeout=guard.connect_timeout,
            close_timeout=1,
            max_size=_LONGEST_MESSAGE,
        )
    except InvalidStatus as fault:
        connection.close()
        answer = fault.response
        status = answer.status_code
        raise (
            error_for_status(status, dict(answer.headers.raw_items()), url) if status >= 400 else Refused(url)
        ) from fault
    except (OSError, TimeoutError, WebSocketException) as fault:
        connection.close()
        raise Retryable(f"{url}: {fault!r}") from fault


class Streams:
    """The streams of some hashtags, heard together.

    `origin` is where the server streams. Nothing is open before `open`.
    """

    def __init__(self, guard: Guard, origin: str, token: str, hashtags: tuple[str, ...]) -> None:
        self._guard = guard
        self._origin = origin
        self._token = token
        self._hashtags = hashtags
        self._heard: queue.Queue[Said | NetworkError] = queue.Queue(_WAITING_MOST)
        self._ended = threading.Event()
        self._wires: list[tuple[_Wire, threading.Thread]] = []

    def open(self) -> bool:
        """Open a stream for each hashtag; False where the server gives none now."""
        for hashtag in self._hashtags:
            try:
                wire = self._wire(hashtag)
            except NetworkError as fault:
                logger.info("%s gives no stream of #%s: %s", self._origin, hashtag, fault)
                self.close()
                return False
            thread = threading.Thread(target=self._carry, args=(wire,), daemon=True, name="stream")
            self._wires.append((wire, thread))
            thread.start()
        return bool(self._wires)

    def next(self, timeout: float) -> Said | None:
        """What is said next, None where nothing was for `timeout` seconds.

        Raises `Retryable` where a stream was cut.
        """
        try:
            said = self._heard.get(timeout=timeout)
        except queue.Empty:
            return None
        if isinstance(said, NetworkError):
            raise Retryable(f"{self._origin}: the stream was cut ({said})") from said
        return said

    def close(self) -> None:
        """End the streams, and whoever reads them."""
        self._ended.set()
        for wire, _ in self._wires:
            wire.cut()
        for _, thread in self._wires:
            thread.join(timeout=2)
        self._wires.clear()
        self._ended = threading.Event()

    def _wire(self, hashtag: str) -> _Wire:
        ways: tuple[Callable[[], _Wire], ...] = (
            lambda: _Events(
                self._guard,
                f"{self._origin}/api/v1/streaming/hashtag?{urlencode({'tag': hashtag})}",
                self._token,
            ),
            lambda: _Socket(
                self._guard,
                f"{self._origin.replace('http', 'ws', 1)}/api/v1/streaming?"
                + urlencode({"stream": "hashtag", "tag": hashtag}),
                self._token,
            ),
        )
        fault: NetworkError = Refused("no stream")
        for way in ways:
            try:
                return way()
            except NetworkError as error:
                fault = error
        raise fault

    def _carry(self, wire: _Wire) -> None:
        ended = self._ended
        end: NetworkError = Retryable("the stream ended")
        try:
            for said in wire.read():
                if not self._put(said, ended):
                    return
        except NetworkError as fault:
            end = fault
        except (OSError, WebSocketException, httpx.HTTPError, RuntimeError) as fault:
            end = Retryable(repr(fault))
        self._put(end, ended)

    def _put(self, said: Said | NetworkError, ended: threading.Event) -> bool:
        while not ended.is_set():
            try:
                self._heard.put(said, timeout=0.5)
            except queue.Full:
                continue
            return True
        return False
