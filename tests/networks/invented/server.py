"""The Rookery: an invented network of rooks, whose notes are caws and whose boosts are echoes. A web server.

It knows nothing of Colibri. What it tells of itself is in `Rookery`; `rookery()` serves one on loopback.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.networks.local_server import reply, serving

__all__ = ["Rookery", "rookery"]


@dataclass
class Rookery:
    """Its people by their token, everything that happened in order, and where it is served."""

    people: dict[str, str] = field(default_factory=dict)
    follows: dict[str, list[str]] = field(default_factory=dict)
    happened: list[dict[str, Any]] = field(default_factory=list)
    origin: str = ""

    def settle(self, name: str, *followers: str) -> str:
        """Somebody lives here, whose token is returned."""
        self.people[f"token-of-{name}"] = name
        self.follows[name] = list(followers)
        return f"token-of-{name}"

    def standing(self, kind: str) -> list[dict[str, Any]]:
        """What of this kind was not taken back."""
        gone = {one["of"] for one in self.happened if one["kind"] == "gone"}
        return [one for one in self.happened if one["kind"] == kind and one["id"] not in gone]

    def answer(self, verb: str, path: list[str], said: dict[str, Any], who: str | None) -> tuple[int, Any]:
        """The status and the body of an answer."""
        match verb, path:
            case "GET", ["rooks", name]:
                known = name in self.follows
                return (200, self._rook(name)) if known else (404, {})
            case "GET", ["rooks", name, "followers"]:
                return 200, [self._rook(one) for one in self.follows[name]]
            case "GET", ["caws", number]:
                found = [one for one in self.standing("caw") if one["id"] == f"caws/{number}"]
                return (200, found[0]) if found else (404, {})
            case "GET", ["happened", since]:
                return 200, self.happened[int(since) :]
            case _ if who is None:
                return 401, {}
            case "GET", ["me"]:
                return 200, self._rook(who)
            case "PUT", [kind, key]:
                return 200, self._once(f"{kind}/{who}-{key}", {"kind": kind[:-1], "who": who, **said})
            case "DELETE", [kind, key]:
                self._once(
                    f"gone/{kind}/{who}-{key}", {"kind": "gone", "who": who, "of": f"{kind}/{who}-{key}"}
                )
                return 200, {}
        return 404, {}

    def _rook(self, name: str) -> dict[str, Any]:
        return {"name": name, "followers": len(self.follows[name])}

    def _once(self, name: str, what: dict[str, Any]) -> dict[str, Any]:
        known = [one for one in self.happened if one["id"] == name]
        if not known:
            self.happened.append({"id": name, "at": datetime.now(UTC).isoformat(), **what})
        return (known or self.happened)[-1]


@contextmanager
def rookery() -> Iterator[Rookery]:
    """A Rookery on loopback."""
    place = Rookery()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        said = json.loads(handler.rfile.read(length) or "{}")
        who = place.people.get(handler.headers.get("Authorization", ""))
        status, body = place.answer(handler.command, handler.path.strip("/").split("/"), said, who)
        reply(handler, status, json.dumps(body).encode())

    with serving(answer) as (origin, _asked):
        place.origin = origin
        yield place
