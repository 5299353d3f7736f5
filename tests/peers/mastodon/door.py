"""A stand-in server's door: real HTTP on loopback, streams by SSE and by WebSocket included."""

import base64
import hashlib
import json
import queue
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from tests.peers.mastodon import signing_in as signing_in  # its routes are part of the API
from tests.peers.mastodon.api import Answer, Asked, Stop, answer, check_token
from tests.peers.mastodon.documents import status_json
from tests.peers.mastodon.world import Status, World

__all__ = ["serving_world"]

WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
HEARTBEAT = 0.2


class Door(BaseHTTPRequestHandler):
    """One connection to a world."""

    world: ClassVar[World]
    protocol_version = "HTTP/1.1"
    timeout = 30

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        try:
            if parts.path == "/api/v1/streaming/hashtag" and self.world.flavour.sse:
                self._events(parse_qs(parts.query))
            elif parts.path == "/api/v1/streaming" and self.headers.get("Upgrade", "").lower() == "websocket":
                self._socket(parse_qs(parts.query))
            else:
                self._answer("GET")
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def do_POST(self) -> None:
        self._answer("POST")

    def do_DELETE(self) -> None:
        self._answer("DELETE")

    def _answer(self, method: str) -> None:
        parts = urlsplit(self.path)
        query = parse_qs(parts.query)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if body:
            query |= parse_qs(body.decode(), strict_parsing=True)
        world = self.world
        world.asked.append(f"{method} {self.path}")
        fault = world.fault_at(parts.path)
        if fault.isdigit():
            self._send(Answer(int(fault), {"error": "as ordered"}))
            return
        if parts.path.startswith("/api/") and self._limited():
            self._send(Answer(429, {"error": "Too many requests"}))
            return
        with world.lock:
            given = answer(Asked(world, method, parts.path, query, dict(self.headers.items())))
        if fault == "lost":
            self.close_connection = True
            return
        self._send(given)

    def _limited(self) -> bool:
        self.world.remaining -= 1
        return self.world.remaining < 0

    def _send(self, given: Answer) -> None:
        body = given.body.encode() if isinstance(given.body, str) else json.dumps(given.body).encode()
        self.send_response(given.status)
        reset = self.world.reset
        said = str(int(reset.timestamp())) if self.world.flavour.epoch_reset else reset.isoformat()
        headers = {
            "Content-Type": "text/html" if isinstance(given.body, str) else "application/json; charset=utf-8",
            "Content-Length": str(len(body)),
            "X-RateLimit-Limit": str(self.world.limit),
            "X-RateLimit-Remaining": str(max(0, self.world.remaining)),
            "X-RateLimit-Reset": said,
            **given.headers,
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _admitted(self, query: dict[str, list[str]], token: str) -> bool:
        headers = {"Authorization": token} if token else {}
        asked = Asked(self.world, "GET", self.path, query, headers)
        try:
            if fault := self.world.fault_at(self.path):
                raise Stop(int(fault), "as ordered")
            if not query.get("tag"):
                raise Stop(400, "Missing tag")
            check_token(asked, "" if self.world.flavour.anonymous_streams else "read:statuses")
        except Stop as stop:
            self._send(stop.answer)
            return False
        return True

    def _events(self, query: dict[str, list[str]]) -> None:
        if not self._admitted(query, self.headers.get("Authorization", "")):
            return
        heard = self.world.listen(query["tag"][0])
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b":)\n")
        for kind, payload in self._said(heard):
            self.wfile.write(f"event: {kind}\ndata: {payload}\n\n".encode() if kind else b":thump\n")

    def _socket(self, query: dict[str, list[str]]) -> None:
        protocol = self.headers.get("Sec-WebSocket-Protocol", "")
        token = f"Bearer {protocol}" if protocol else self.headers.get("Authorization", "")
        if query.get("stream") != ["hashtag"] or not self._admitted(query, token):
            return
        key = self.headers["Sec-WebSocket-Key"] + WEBSOCKET_GUID
        heard = self.world.listen(query["tag"][0])
        self.close_connection = True
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header(
            "Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
        )
        if protocol:
            self.send_header("Sec-WebSocket-Protocol", protocol)
        self.end_headers()
        for kind, payload in self._said(heard):
            said = json.dumps({"stream": ["hashtag", query["tag"][0]], "event": kind, "payload": payload})
            self.wfile.write(_frame(0x81, said.encode()) if kind else _frame(0x89, b""))

    def _said(self, heard: queue.Queue[tuple[str, object] | None]) -> Iterator[tuple[str, str]]:
        while True:
            try:
                said = heard.get(timeout=HEARTBEAT)
            except queue.Empty:
                yield "", ""
                continue
            if said is None:
                return
            kind, payload = said
            with self.world.lock:
                yield (
                    kind,
                    json.dumps(status_json(self.world, payload))
                    if isinstance(payload, Status)
                    else str(payload),
                )


def _frame(first: int, payload: bytes) -> bytes:
    if len(payload) < 126:
        return struct.pack("!BB", first, len(payload)) + payload
    if len(payload) < 65536:
        return struct.pack("!BBH", first, 126, len(payload)) + payload
    return struct.pack("!BBQ", first, 127, len(payload)) + payload


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever goes away in the middle is no fault of the server's."""


@contextmanager
def serving_world(world: World, name: str = "127.0.0.1") -> Iterator[World]:
    """Serve a world on a free port of loopback until the block ends; `name` is what it calls itself."""
    server = _Server(("127.0.0.1", 0), type("DoorOfOne", (Door,), {"world": world}))
    world.authority = f"{name}:{server.server_address[1]}"
    world.fediverse[world.authority] = world
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield world
    finally:
        world.cut_streams()
        server.shutdown()
        server.server_close()
        thread.join()
