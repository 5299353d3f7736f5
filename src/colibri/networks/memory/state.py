"""What the network in memory remembers, changed only by numbered changes that can be replayed."""

import hashlib
import hmac
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from colibri.networks.errors import Gone
from colibri.networks.hashtags import hashtags_in
from colibri.networks.items import Actor, Post, PostRef

__all__ = ["PREFIX", "Change", "State", "handle_of"]

PREFIX = "memory:"


@dataclass(frozen=True, slots=True)
class Change:
    """One effective write, as it stands in the event log; `index` is its place there."""

    index: int
    at: datetime
    kind: str  # load, account, follow, post, edit, delete, boost, undo_boost, reply, interact, revoke
    actor: str = ""  # id of who did it, empty for what an operator did
    uri: str = ""  # what was written
    key: str = ""
    subject: str = ""  # what it was written about: the post boosted or answered, the account followed


def handle_of(id_or_handle: str) -> str:
    """The bare handle of `memory:ada`, `@ada` or `ada`."""
    return id_or_handle.removeprefix(PREFIX).removeprefix("@")


class State:
    """Accounts, follows, posts and boosts.

    Accounts are numbers in the order they came and live in columns, so that hundreds of
    thousands load in a second; `Actor`s are made when somebody asks.
    """

    def __init__(self, seed: str, site: str) -> None:
        self._seed = seed.encode()
        self._site = site
        self._number: dict[str, int] = {}
        self._handles: list[str] = []
        self._names: list[str] = []
        self._biographies: list[str] = []
        self._followers: defaultdict[int, array[int]] = defaultdict(lambda: array("L"))
        self._generation: defaultdict[str, int] = defaultdict(int)
        self.posts: dict[str, Post] = {}
        self.boosts: dict[str, str] = {}
        self.own_posts: defaultdict[str, list[str]] = defaultdict(list)
        self.received: defaultdict[str, int] = defaultdict(int)

    def token_of(self, handle: str) -> str:
        """The only token that is good for this account now: derived, so that none need be stored."""
        mark = f"{handle}/{self._generation[handle]}".encode()
        return f"{handle}.{hashlib.blake2b(mark, key=self._seed[:64], digest_size=12).hexdigest()}"

    def owner(self, token: str) -> str:
        """The handle a token signs in, empty where the token is not good."""
        handle, _, _ = token.rpartition(".")
        good = handle in self._number and hmac.compare_digest(token.encode(), self.token_of(handle).encode())
        return handle if good else ""

    def knows(self, handle: str) -> bool:
        """Whether an account has this handle."""
        return handle in self._number

    def actor(self, handle: str) -> Actor:
        """The account of this handle. Raises `Gone` where there is none."""
        number = self._number.get(handle)
        if number is None:
            raise Gone(f"no account {handle!r}")
        return self._actor(number)

    def followers(self, handle: str, start: int, size: int) -> tuple[Actor, ...]:
        """Followers of an account from place `start` on, at most `size`, oldest first."""
        if handle not in self._number:
            raise Gone(f"no account {handle!r}")
        numbers = self._followers.get(self._number[handle], ())
        return tuple(self._actor(number) for number in numbers[start : start + size])

    def follows(self, follower: str, followed: str) -> bool:
        """Whether one account follows another."""
        return self._number[follower] in self._followers.get(self._number[followed], ())

    def post(self, uri: str) -> Post:
        """The post as it stands. Raises `Gone` where it was deleted or never was."""
        if uri not in self.posts:
            raise Gone(f"no post {uri!r}")
        return self.posts[uri]

    def apply(self, change: Change, detail: Mapping[str, Any]) -> None:
        """Carry out one change; `detail` holds what the log does not: texts, names, populations."""
        match change.kind:
            case "load":
                self._load(detail["accounts"], detail["follows"])
            case "account":
                self._add([[handle_of(change.uri), detail["name"], detail["biography"]]])
            case "describe":
                self._describe(handle_of(change.uri), detail["name"], detail["biography"])
            case "follow":
                follower, followed = handle_of(change.actor), handle_of(change.subject)
                self._followers[self._number[followed]].append(self._number[follower])
            case "post" | "reply":
                self._write(change, detail["text"], detail["language"])
            case "edit":
                old = self.posts[change.uri]
                ref = PostRef(old.ref.uri, str(int(old.ref.version) + 1))
                text = detail["text"]
                self.posts[change.uri] = replace(old, ref=ref, text=text, hashtags=hashtags_in(text))
            case "delete":
                gone = self.posts.pop(change.uri)
                self.own_posts[gone.author.handle].remove(change.uri)
                self._weigh(gone.reply_to, -1)
            case "boost":
                self.boosts[change.uri] = change.subject
                self._weigh(change.subject, 1)
            case "undo_boost":
                del self.boosts[change.uri]
                self._weigh(change.subject, -1)
            case "interact":
                self._weigh(change.subject, detail["count"])
            case "revoke":
                self._generation[handle_of(change.subject)] += 1
            case unknown:
                raise ValueError(f"unknown kind of change: {unknown!r}")

    def _actor(self, number: int) -> Actor:
        handle = self._handles[number]
        return Actor(
            PREFIX + handle,
            handle,
            self._names[number],
            self._biographies[number],
            f"{self._site}/@{handle}" if self._site else "",
            len(self._followers.get(number, ())),
        )

    def _add(self, rows: Iterable[Sequence[str]]) -> None:
        for handle, name, biography in rows:
            self._number[handle] = len(self._handles)
            self._handles.append(handle)
            self._names.append(name)
            self._biographies.append(biography)

    def _load(self, accounts: Sequence[Sequence[str]], follows: Mapping[str, Iterable[int]]) -> None:
        first = len(self._handles)
        self._add(accounts)
        for followed, followers in follows.items():
            row = self._followers[self._number[handle_of(followed)]]
            row.extend(first + follower for follower in followers)

    def _describe(self, handle: str, name: str, biography: str) -> None:
        number = self._number[handle]
        self._names[number] = name
        self._biographies[number] = biography

    def _write(self, change: Change, text: str, language: str) -> None:
        author = self.actor(handle_of(change.actor))
        self.posts[change.uri] = Post(
            ref=PostRef(change.uri, "1"),
            author=author,
            text=text,
            created_at=change.at,
            hashtags=hashtags_in(text),
            language=language,
            url=f"{author.url}/{change.key}" if author.url else "",
            reply_to=change.subject,
        )
        self.own_posts[author.handle].append(change.uri)
        self._weigh(change.subject, 1)

    def _weigh(self, uri: str, count: int) -> None:
        if uri in self.posts:
            self.received[uri] += count
