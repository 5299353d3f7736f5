"""Other servers of a handful of actors, for the tests of inboxes: a stand-in, in a thread, on loopback.

It serves actors and posts as documents, signs like one of them, and keeps what is posted to it.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

from colibri.networks.activitypub.proving import sign
from colibri.networks.activitypub.signatures import Key, Request, make_key
from tests.networks.local_server import reply, serving

__all__ = ["PUBLIC", "Neighbour", "Town", "keys", "town"]

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


@cache
def keys(number: int = 0) -> tuple[str, str]:
    """A key pair: making one takes time, so tests share a few."""
    return make_key()


@dataclass
class Town:
    """One server: what it serves by path, what it was asked, and what was posted to it."""

    origin: str
    documents: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    posted: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    status: int = 202
    extra: dict[str, str] = field(default_factory=dict)

    def person(self, name: str, key: int = 0) -> "Neighbour":
        made = Neighbour(self, name, key)
        made.show()
        return made

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        if handler.command == "POST":
            body = handler.rfile.read(int(handler.headers["Content-Length"]))
            self.headers.append({name.lower(): value for name, value in handler.headers.items()})
            if self.status < 300 or "signature-input" in self.headers[-1]:
                self.posted.append(json.loads(body))
            reply(handler, 202 if "signature-input" in self.headers[-1] else self.status, **self.extra)
            return
        found = self.documents.get(handler.path)
        if found is None:
            reply(handler, 404)
        elif isinstance(found, str):
            reply(handler, 302, Location=found)
        else:
            reply(handler, 200, json.dumps(found).encode(), Content_Type="application/activity+json")


@dataclass
class Neighbour:
    """An actor there."""

    town: Town
    name: str
    key: int = 0
    number: int = 0

    @property
    def id(self) -> str:
        return f"{self.town.origin}/users/{self.name}"

    @property
    def key_id(self) -> str:
        return f"{self.id}#main-key"

    def show(self, **changes: Any) -> None:
        """Be seen on one's own server."""
        self.town.documents[urlsplit(self.id).path] = {
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": self.id,
            "type": "Person",
            "preferredUsername": self.name,
            "name": self.name.title(),
            "inbox": f"{self.id}/inbox",
            "endpoints": {"sharedInbox": f"{self.town.origin}/inbox"},
            "publicKey": {"id": self.key_id, "owner": self.id, "publicKeyPem": keys(self.key)[1]},
            **changes,
        }

    def does(self, kind: str, what: Any, **more: Any) -> dict[str, Any]:
        """An activity of this person's."""
        self.number += 1
        return {
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": f"{self.id}/activities/{self.number}",
            "type": kind,
            "actor": self.id,
            "object": what,
            **more,
        }

    def note(self, text: str, *, name: str = "1", to: str = PUBLIC, **more: Any) -> dict[str, Any]:
        """A post of this person's, which its server shows."""
        made = {
            "id": f"{self.id}/statuses/{name}",
            "type": "Note",
            "attributedTo": self.id,
            "content": f"<p>{text}</p>",
            "published": "2026-11-20T15:00:00Z",
            "to": [to],
            "cc": [],
            **more,
        }
        self.town.documents[urlsplit(made["id"]).path] = made
        return made

    def signed(self, url: str, body: bytes | None, *, now: datetime | None = None, kind: str = "cavage",
               key_id: str = "", method: str = "POST") -> dict[str, str]:  # fmt: skip
        """The headers of a request signed by this person."""
        request = Request(method, url, {"content-type": "application/activity+json"}, body)
        key = Key(key_id or self.key_id, keys(self.key)[0])
        return sign(request, key, now=now or datetime.now(UTC), kind=kind)


@contextmanager
def town(host: str = "127.0.0.1") -> Iterator[Town]:
    """A server of its own: another `host` name of this machine makes another server."""
    made = Town("")
    with serving(made.answer) as (address, asked):
        made.origin = address.replace("127.0.0.1", host)
        made.asked = asked
        yield made
