"""Colibri speaks to a Rookery: all that a new network is, in one file and one line of the registry."""

import json
import secrets
import time
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from colibri.networks.base import Capabilities, OnRefresh, Registration
from colibri.networks.errors import Gone, Refused
from colibri.networks.guard import Guard
from colibri.networks.hashtags import carries, fold, hashtags_in
from colibri.networks.items import Actor, Draft, Event, Interactions, Page, Post, PostRef
from colibri.networks.transport import fetch

__all__ = ["REGISTRATION", "RookeryNetwork"]

CAPABILITIES = Capabilities(
    label="Rookery", character_limit=200, private_replies=False, keyed_writes=True, listens=True
)


class RookeryNetwork:
    """A `Network`: one rook, or a visitor without a token."""

    name = "rookery"
    capabilities = CAPABILITIES

    def __init__(self, token: str, address: str, guard: Guard) -> None:
        self._token, self._address, self._guard = token, address, guard

    def whoami(self) -> Actor:
        return _actor(self._ask("GET", "me"))

    def new_key(self) -> str:
        return secrets.token_hex(8)

    def listen(
        self, hashtags: Collection[str], *, reply_to_actor: str = "", cursor: str = ""
    ) -> Iterator[Event]:
        wanted, since = {fold(one) for one in hashtags}, int(cursor or 0)
        while True:
            for told in self._ask("GET", f"happened/{since}"):
                since += 1
                if told["kind"] == "gone":
                    yield Event("delete", told["of"], str(since))
                elif told["kind"] == "caw":
                    post = _post(told)
                    answers = reply_to_actor and f"/{reply_to_actor}-" in post.reply_to
                    if carries(post.hashtags, wanted) or answers:
                        yield Event("post", post.ref.uri, str(since), post)
            yield Event("tick", "", str(since))
            time.sleep(0.05)

    def fetch_actor(self, id_or_handle: str) -> Actor:
        return _actor(self._ask("GET", f"rooks/{id_or_handle.removeprefix('@')}"))

    def fetch_post(self, uri: str) -> Post:
        return _post(self._ask("GET", uri))

    def fetch_followers(self, actor_id: str, *, cursor: str = "") -> Page[Actor]:
        return Page(tuple(map(_actor, self._ask("GET", f"rooks/{actor_id}/followers"))))

    def fetch_interactions(self, actor_id: str, *, limit: int = 50) -> tuple[Interactions, ...]:
        return ()  # a Rookery tells nobody how a caw was received

    def fetch_reactors(self, uri: str) -> tuple[str, ...]:
        return ()  # nor by whom

    def publish(self, draft: Draft) -> PostRef:
        return PostRef(self._ask("PUT", f"caws/{draft.key}", text=draft.text)["id"])

    def delete(self, uri: str, *, key: str = "") -> None:
        self._ask("DELETE", f"caws/{key or uri.rpartition('-')[2]}")

    def boost(self, post: PostRef, *, key: str) -> str:
        self.fetch_post(post.uri)  # a Rookery echoes what is gone
        return str(self._ask("PUT", f"echoes/{key}", of=post.uri)["id"])

    def undo_boost(self, post: PostRef, *, key: str) -> None:
        self._ask("DELETE", f"echoes/{key}")

    def reply(self, post: PostRef, text: str, *, key: str) -> PostRef:
        return PostRef(self._ask("PUT", f"caws/{key}", text=text, answers=post.uri)["id"])

    def tell(self, actor: Actor, text: str, *, key: str) -> PostRef:
        raise Refused("rooks hear everything")

    def share_link(self, text: str, url: str) -> str:
        return ""

    def close(self) -> None:
        """Nothing is kept open."""

    def _ask(self, verb: str, path: str, **said: str) -> Any:
        url = f"{self._address}/{path}"
        answer = fetch(
            self._guard, url, method=verb, headers={"Authorization": self._token}, content=_body(said)
        )
        try:
            return answer.json()
        except ValueError as fault:
            raise Refused(f"{url} says nothing one can read") from fault


def _body(said: Mapping[str, str]) -> bytes | None:
    return json.dumps(said).encode() if said else None


def _actor(rook: Mapping[str, Any]) -> Actor:
    return Actor(rook["name"], rook["name"], followers=rook["followers"])


def _post(caw: Mapping[str, Any]) -> Post:
    if "text" not in caw:
        raise Gone(f"{caw.get('id')} is no caw")
    return Post(
        ref=PostRef(caw["id"]),
        author=Actor(caw["who"], caw["who"]),
        text=caw["text"],
        created_at=datetime.fromisoformat(caw["at"]),
        hashtags=hashtags_in(caw["text"]),
        reply_to=caw.get("answers", ""),
    )


def _connect(
    credentials: Mapping[str, str] | None, address: str, guard: Guard, on_refresh: OnRefresh | None
) -> RookeryNetwork:
    return RookeryNetwork((credentials or {}).get("token", ""), address, guard)


def _sign_in(handle: str, secret: str, address: str, guard: Guard) -> tuple[Actor, dict[str, str]]:
    return RookeryNetwork(secret, address, guard).whoami(), {"token": secret}


REGISTRATION = Registration(CAPABILITIES, _connect, _sign_in)
