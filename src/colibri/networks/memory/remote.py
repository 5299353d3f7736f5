"""The network in memory when it is a server of its own on this machine."""

import http.client
import json
import os
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from colibri.networks.errors import Refused, Retryable
from colibri.networks.items import Actor, Interactions, Page, Post, PostRef
from colibri.networks.memory.door import Heard
from colibri.networks.memory.state import Change
from colibri.networks.memory.wire import CONTROLS, SPOKEN, error_from_row

__all__ = ["RemoteWorld"]

_CODECS = {**SPOKEN, **CONTROLS}


class RemoteWorld:
    """A `Door` to `python -m colibri.networks.memory.server`; its connections are kept between verbs.
    It may be used from many threads.

    It uses `http.client` and not the guarded client: it speaks to a literal loopback address and
    nothing else, follows no redirect, and thousands of follower pages cost half as much.
    Raises `ValueError` for any other address. `timeout` is in seconds.
    """

    def __init__(self, url: str, *, timeout: float = 30.0) -> None:
        self._idle: deque[http.client.HTTPConnection] = deque()
        parts = urlsplit(url)
        if parts.scheme != "http" or parts.hostname not in ("127.0.0.1", "::1") or not parts.port:
            raise ValueError(f"the network in memory lives on http://127.0.0.1:PORT, not on {url!r}")
        self.url = url
        self._place = (parts.hostname, parts.port)
        self._timeout = timeout
        self._process = os.getpid()

    def whoami(self, token: str) -> Actor:
        return self._say("whoami", token)  # type: ignore[no-any-return]

    def fetch_actor(self, token: str, id_or_handle: str) -> Actor:
        return self._say("fetch_actor", token, id_or_handle)  # type: ignore[no-any-return]

    def fetch_post(self, token: str, uri: str) -> Post:
        return self._say("fetch_post", token, uri)  # type: ignore[no-any-return]

    def fetch_followers(self, token: str, actor_id: str, cursor: str) -> Page[Actor]:
        return self._say("fetch_followers", token, actor_id, cursor)  # type: ignore[no-any-return]

    def fetch_interactions(self, token: str, actor_id: str, limit: int) -> tuple[Interactions, ...]:
        return self._say("fetch_interactions", token, actor_id, limit)  # type: ignore[no-any-return]

    def fetch_reactors(self, token: str, uri: str) -> tuple[str, ...]:
        return self._say("fetch_reactors", token, uri)  # type: ignore[no-any-return]

    def publish(self, token: str, text: str, key: str, language: str) -> PostRef:
        return self._say("publish", token, text, key, language)  # type: ignore[no-any-return]

    def edit(self, token: str, uri: str, text: str) -> PostRef:
        return self._say("edit", token, uri, text)  # type: ignore[no-any-return]

    def delete(self, token: str, uri: str) -> None:
        self._say("delete", token, uri)

    def boost(self, token: str, uri: str, key: str) -> str:
        return self._say("boost", token, uri, key)  # type: ignore[no-any-return]

    def undo_boost(self, token: str, uri: str, key: str) -> None:
        self._say("undo_boost", token, uri, key)

    def reply(self, token: str, uri: str, text: str, key: str) -> PostRef:
        return self._say("reply", token, uri, text, key)  # type: ignore[no-any-return]

    def stream(
        self, token: str, since: int, wait: float, hashtags: Collection[str], reply_to_actor: str
    ) -> Heard:
        return self._say("stream", token, since, wait, list(hashtags), reply_to_actor)  # type: ignore[no-any-return]

    def load(
        self, accounts: Sequence[Sequence[str]], follows: Mapping[str, Iterable[int]], key: str = "load"
    ) -> None:
        rows = {followed: [int(place) for place in row] for followed, row in follows.items()}
        self._say("load", "", [list(row) for row in accounts], rows, key)

    def open_account(self, handle: str, name: str = "", biography: str = "") -> str:
        return self._say("open_account", "", handle, name, biography)  # type: ignore[no-any-return]

    def describe(self, handle: str, name: str, biography: str) -> None:
        self._say("describe", "", handle, name, biography)

    def follow(self, follower: str, followed: str) -> None:
        self._say("follow", "", follower, followed)

    def interact(self, uri: str, count: int) -> None:
        self._say("interact", "", uri, count)

    def token_of(self, handle: str) -> str:
        return self._say("token_of", "", handle)  # type: ignore[no-any-return]

    def revoke(self, handle: str) -> None:
        self._say("revoke", "", handle)

    def fail(
        self, verb: str, kind: str, times: int | None = 1, where: str | None = None, seconds: float = 1.0
    ) -> None:
        self._say("fail", "", verb, kind, times, where, seconds)

    def heal(self) -> None:
        self._say("heal", "")

    def log(self, since: int = 0) -> tuple[Change, ...]:
        return self._say("log", "", since)  # type: ignore[no-any-return]

    def standing_boosts(self) -> tuple[tuple[str, str], ...]:
        return self._say("standing_boosts", "")  # type: ignore[no-any-return]

    def close(self) -> None:
        """Let go of the kept connections; the next verb opens a new one."""
        while self._idle:
            self._idle.pop().close()

    def __del__(self) -> None:
        self.close()

    def _say(self, verb: str, token: str, *arguments: Any) -> Any:
        body = json.dumps(arguments, ensure_ascii=False).encode()
        try:
            answer = json.loads(self._exchange(verb, token, body))
        except (OSError, http.client.HTTPException, ValueError) as fault:
            raise Retryable(f"{verb}: {self.url} does not answer ({fault!r})") from fault
        if "error" in answer:
            raise error_from_row(answer)
        return _CODECS[verb].decode(answer["answer"])

    def _exchange(self, verb: str, token: str, body: bytes) -> bytes:
        if self._process != os.getpid():
            # What was open belongs to the process this one was forked from.
            self.close()
            self._process = os.getpid()
        while self._idle:
            try:
                return self._ask(self._idle.pop(), verb, token, body)
            except (ConnectionError, http.client.BadStatusLine):
                # The server was restarted since. Every write is named by its caller, so that
                # asking again is the same write.
                continue
            except IndexError:
                break
        return self._ask(http.client.HTTPConnection(*self._place, timeout=self._timeout), verb, token, body)

    def _ask(self, connection: http.client.HTTPConnection, verb: str, token: str, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            connection.request("POST", f"/{verb}", body, headers)
            answer = connection.getresponse()
            if answer.getheader("Content-Type") != "application/json":
                raise Refused(f"{self.url} is not a network in memory")
            said = answer.read()
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        return said
