"""A push service on loopback, standing in for those of browsers' makers, which tests do not reach.

It keeps what it is handed, answers as it is told, and checks who sends (RFC 8030, 8292). `PushBrowser` has a
browser's keys: it opens what was sealed for it (RFC 8291), written here anew from the standard.
"""

import base64
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from colibri.networks.guard import Guard
from colibri.networks.webpush import Subscription

__all__ = ["Handed", "PushBrowser", "PushService", "push_service"]


def plain(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def written(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


class PushBrowser:
    """A browser subscribed at an endpoint."""

    def __init__(self, endpoint: str) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.auth = os.urandom(16)
        self.point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.subscription = Subscription(endpoint, written(self.point), written(self.auth))

    def opens(self, message: bytes) -> bytes:
        """What stands in a message that was sealed for this browser."""
        salt, length = message[:16], message[20]
        sender, body = message[21 : 21 + length], message[21 + length :]
        other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self.private.exchange(ec.ECDH(), other)
        info = b"WebPush: info\0" + self.point + sender
        start = HKDF(hashes.SHA256(), 32, self.auth, info).derive(shared)
        key = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(start)
        nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(start)
        padded = AESGCM(key).decrypt(nonce, body, None).rstrip(b"\0")
        assert padded.endswith(b"\x02"), "the last record says that it is the last"
        return padded[:-1]


@dataclass(frozen=True, slots=True)
class Handed:
    """One message as the service got it."""

    path: str
    headers: dict[str, str]
    body: bytes

    def claims(self, audience: str) -> dict[str, object]:
        """What its sender signed. Raises where the signature is none, or for another service."""
        scheme, _blank, rest = self.headers["authorization"].partition(" ")
        given = dict(part.strip().split("=", 1) for part in rest.split(","))
        told, _dot, signature = given["t"].rpartition(".")
        raw = plain(signature)
        numbers = (int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), plain(given["k"]))
        sender.verify(encode_dss_signature(*numbers), told.encode(), ec.ECDSA(hashes.SHA256()))
        claims = json.loads(plain(told.split(".")[1]))
        assert (scheme, claims["aud"]) == ("vapid", audience)
        return {**claims, "key": given["k"]}


@dataclass
class PushService:
    """Where it is, what it was handed, and the status it answers next."""

    origin: str
    handed: list[Handed] = field(default_factory=list)
    status: int = 201

    @property
    def guard(self) -> Guard:
        """One that lets this service be reached, and nothing else inside."""
        return Guard(allow=frozenset({self.origin.removeprefix("http://")}))

    def browser(self, name: str = "1") -> PushBrowser:
        return PushBrowser(f"{self.origin}/{name}")


@contextmanager
def push_service() -> Iterator[PushService]:
    """A running one."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            service.handed.append(Handed(self.path, headers, body))
            self.send_response(service.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *said: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = PushService(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
