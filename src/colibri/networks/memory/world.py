"""A complete network in memory: accounts, follows, posts, boosts, a stream, and faults to order."""

import json
import re
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from colibri.networks.errors import Refused, Retryable, Unauthorised
from colibri.networks.hashtags import carries, fold
from colibri.networks.items import Actor, Event, Interactions, Page, Post, PostRef
from colibri.networks.memory.door import Heard
from colibri.networks.memory.failures import Failures
from colibri.networks.memory.state import PREFIX, Change, State, handle_of

__all__ = ["CHARACTER_LIMIT", "FOLLOWERS_PER_PAGE", "World"]

CHARACTER_LIMIT = 500
FOLLOWERS_PER_PAGE = 1000
_HEARD = {"post": "post", "reply": "post", "edit": "edit", "delete": "delete"}
_EVENTS_PER_ANSWER = 500
_HANDLE = re.compile(r"[\w.-]{1,64}", re.ASCII)


class World:
    """The network itself; it implements `Door` and may be used from many threads.

    `now` dates every change, `seed` makes its tokens, `site` is where its pages can be read
    (nowhere where empty), `journal` is a file from which a later `World` takes up again, its log
    included.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        seed: str = "colibri",
        site: str = "",
        journal: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._changed = threading.Condition(threading.RLock())
        self._journal: TextIO | None = None
        self._now = now
        self._state = State(seed, site)
        self._failures = Failures(sleep)
        self._log: list[Change] = []
        self._snapshots: dict[int, tuple[Post, tuple[str, ...]]] = {}
        if journal is not None:
            self._take_up(journal)

    def whoami(self, token: str) -> Actor:
        with self._acting("whoami", token) as handle:
            return self._state.actor(handle)

    def fetch_actor(self, token: str, id_or_handle: str) -> Actor:
        with self._reading("fetch_actor", token):
            return self._state.actor(handle_of(id_or_handle))

    def fetch_post(self, token: str, uri: str) -> Post:
        with self._reading("fetch_post", token):
            return self._state.post(uri)

    def fetch_followers(self, token: str, actor_id: str, cursor: str) -> Page[Actor]:
        with self._reading("fetch_followers", token):
            start = _place(cursor)
            items = self._state.followers(handle_of(actor_id), start, FOLLOWERS_PER_PAGE)
            full = len(items) == FOLLOWERS_PER_PAGE
            return Page(items, str(start + FOLLOWERS_PER_PAGE) if full else "")

    def fetch_interactions(self, token: str, actor_id: str, limit: int) -> tuple[Interactions, ...]:
        with self._reading("fetch_interactions", token):
            handle = self._state.actor(handle_of(actor_id)).handle
            newest = self._state.own_posts[handle][::-1][: max(0, limit)]
            posts = (self._state.posts[uri] for uri in newest)
            return tuple(
                Interactions(p.ref.uri, p.created_at, self._state.received[p.ref.uri]) for p in posts
            )

    def fetch_reactors(self, token: str, uri: str) -> tuple[str, ...]:
        with self._reading("fetch_reactors", token):
            standing = self._state.boosts.items()
            return tuple(dict.fromkeys(boost.partition("/")[0] for boost, post in standing if post == uri))

    def publish(self, token: str, text: str, key: str, language: str) -> PostRef:
        with self._acting("publish", token) as handle:
            return self._write("post", handle, text, key, language, "")

    def edit(self, token: str, uri: str, text: str) -> PostRef:
        with self._acting("edit", token) as handle:
            post = self._state.post(uri)
            if post.author.handle != handle:
                raise Refused(f"{uri} is not {handle}'s")
            _check_text(text)
            if post.text != text:
                self._commit("edit", PREFIX + handle, uri, text=text)
            return self._state.post(uri).ref

    def delete(self, token: str, uri: str) -> None:
        with self._acting("delete", token) as handle:
            if not uri.startswith(f"{PREFIX}{handle}/posts/"):
                raise Refused(f"{uri} is not {handle}'s")
            if uri in self._state.posts:
                self._commit("delete", PREFIX + handle, uri)

    def boost(self, token: str, uri: str, key: str) -> str:
        with self._acting("boost", token) as handle:
            own = f"{PREFIX}{handle}/boosts/{_checked_key(key)}"
            self._state.post(uri)
            if own not in self._state.boosts:
                self._commit("boost", PREFIX + handle, own, key, uri)
            return own

    def undo_boost(self, token: str, uri: str, key: str) -> None:
        with self._acting("undo_boost", token) as handle:
            own = f"{PREFIX}{handle}/boosts/{_checked_key(key)}"
            if self._state.boosts.get(own) == uri:
                self._commit("undo_boost", PREFIX + handle, own, key, uri)

    def reply(self, token: str, uri: str, text: str, key: str) -> PostRef:
        with self._acting("reply", token) as handle:
            answered = self._state.post(uri)
            return self._write("reply", handle, text, key, answered.language, uri)

    def stream(
        self, token: str, since: int, wait: float, hashtags: Collection[str], reply_to_actor: str
    ) -> Heard:
        """What was heard from place `since` of the log on (negative: from now).

        Where nothing was said yet, it waits up to `wait` seconds.
        """
        with self._reading("listen", token):
            if since < 0:
                return Heard((), len(self._log))
            if since > len(self._log):
                raise Refused(f"the log has no place {since}")
            if since == len(self._log) and wait > 0:
                self._changed.wait_for(lambda: len(self._log) > since, wait)
            wanted = {fold(hashtag) for hashtag in hashtags}
            events: list[Event] = []
            place = since
            while place < len(self._log) and len(events) < _EVENTS_PER_ANSWER:
                event = self._event(self._log[place], wanted, reply_to_actor)
                place += 1
                if event is not None:
                    events.append(event)
            return Heard(tuple(events), place)

    def load(
        self, accounts: Sequence[Sequence[str]], follows: Mapping[str, Iterable[int]], key: str = "load"
    ) -> None:
        """Add many accounts at once, (handle, name, biography) each, and for a followed handle the
        places in `accounts` of who follows it. A second load under one key does nothing."""
        with self._changed:
            if any(change.kind == "load" and change.key == key for change in self._log):
                return
            handles = [row[0] for row in accounts]
            if len(set(handles)) != len(handles) or any(self._state.knows(handle) for handle in handles):
                raise Refused("a handle is taken twice")
            follows = {followed: [int(place) for place in row] for followed, row in follows.items()}
            new = set(handles)
            unknown = [h for h in follows if handle_of(h) not in new and not self._state.knows(handle_of(h))]
            if unknown:
                raise Refused(f"no account {unknown[0]!r} to follow")
            places = range(len(handles))
            if any(row and not (min(row) in places and max(row) in places) for row in follows.values()):
                raise Refused("a follower is none of the accounts loaded")
            self._commit("load", key=key, accounts=accounts, follows=follows)

    def open_account(self, handle: str, name: str = "", biography: str = "") -> str:
        """Open an account and return its token."""
        with self._changed:
            if not _HANDLE.fullmatch(handle):
                raise Refused(f"not a handle: {handle!r}")
            if self._state.knows(handle):
                raise Refused(f"the handle {handle!r} is taken")
            self._commit("account", uri=PREFIX + handle, name=name, biography=biography)
            return self._state.token_of(handle)

    def describe(self, handle: str, name: str, biography: str) -> None:
        """Change what an account says of itself."""
        with self._changed:
            uri = self._state.actor(handle_of(handle)).id
            self._commit("describe", uri, uri, name=name, biography=biography)

    def follow(self, follower: str, followed: str) -> None:
        """Let one account follow another. Following twice is following once."""
        with self._changed:
            one, other = (self._state.actor(handle_of(handle)) for handle in (follower, followed))
            if not self._state.follows(one.handle, other.handle):
                self._commit("follow", one.id, subject=other.id)

    def interact(self, uri: str, count: int) -> None:
        """Let a post receive `count` more likes, from nobody in particular."""
        with self._changed:
            self._state.post(uri)
            self._commit("interact", subject=uri, count=count)

    def token_of(self, handle: str) -> str:
        """The token that signs an account in now."""
        with self._changed:
            return self._state.token_of(self._state.actor(handle_of(handle)).handle)

    def revoke(self, handle: str) -> None:
        """Make an account's token worthless; `token_of` gives the next one."""
        with self._changed:
            self._commit("revoke", subject=self._state.actor(handle_of(handle)).id)

    def fail(
        self, verb: str, kind: str, times: int | None = 1, where: str | None = None, seconds: float = 1.0
    ) -> None:
        """Order a fault: see `Failures.add`. `where` is the account whose calls fail, None any."""
        self._failures.add(verb, kind, times, handle_of(where or ""), seconds)

    def heal(self) -> None:
        """Forget every fault still waiting."""
        self._failures.clear()

    def log(self, since: int = 0) -> tuple[Change, ...]:
        """Every effective write from place `since` on. It only ever grows."""
        with self._changed:
            return tuple(self._log[since:])

    def standing_boosts(self) -> tuple[tuple[str, str], ...]:
        """(own URI, URI of the post boosted) of every boost that stands."""
        with self._changed:
            return tuple(self._state.boosts.items())

    def close(self) -> None:
        """Let go of the journal; what it holds stays."""
        with self._changed:
            if self._journal is not None:
                self._journal.close()
                self._journal = None

    def __del__(self) -> None:
        self.close()

    @contextmanager
    def _reading(self, verb: str, token: str) -> Iterator[str]:
        handle = self._state.owner(token) if token else ""
        if token and not handle:
            raise Unauthorised(f"{verb}: no such token")
        lost = self._failures.before(verb, handle)
        with self._changed:
            yield handle
        if lost:
            raise Retryable(f"{verb}: the answer was lost")

    @contextmanager
    def _acting(self, verb: str, token: str) -> Iterator[str]:
        if not token:
            raise Unauthorised(f"{verb}: nobody is signed in")
        with self._reading(verb, token) as handle:
            yield handle

    def _write(self, kind: str, handle: str, text: str, key: str, language: str, subject: str) -> PostRef:
        uri = f"{PREFIX}{handle}/posts/{_checked_key(key)}"
        if uri not in self._state.posts:
            _check_text(text)
            self._commit(kind, PREFIX + handle, uri, key, subject, text=text, language=language)
        return self._state.post(uri).ref

    def _commit(
        self, kind: str, actor: str = "", uri: str = "", key: str = "", subject: str = "", **detail: Any
    ) -> None:
        change = Change(len(self._log), self._now(), kind, actor, uri, key, subject)
        if self._journal is not None:
            line = {**asdict(change), "at": change.at.isoformat(), "detail": detail}
            self._journal.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            self._journal.flush()
        self._keep(change, detail)
        self._changed.notify_all()

    def _keep(self, change: Change, detail: Mapping[str, Any]) -> None:
        before = self._state.posts.get(change.uri)
        self._state.apply(change, detail)
        self._log.append(change)
        if change.kind in ("post", "reply", "edit"):
            tags_before = before.hashtags if before else ()
            self._snapshots[change.index] = (self._state.posts[change.uri], tags_before)

    def _take_up(self, journal: Path) -> None:
        whole = b""
        if journal.exists():
            kept = journal.read_bytes()
            # A process killed while writing leaves half a line: that write was never acknowledged.
            whole = kept[: kept.rfind(b"\n") + 1]
            if whole != kept:
                journal.write_bytes(whole)
        for line in whole.splitlines():
            row = json.loads(line)
            detail = row.pop("detail")
            self._keep(Change(**{**row, "at": datetime.fromisoformat(row["at"])}), detail)
        self._journal = journal.open("a", encoding="utf-8")

    def _event(self, change: Change, wanted: Collection[str], reply_to_actor: str) -> Event | None:
        kind = _HEARD.get(change.kind)
        if kind is None:
            return None
        cursor = str(change.index + 1)
        if kind == "delete":
            return Event(kind, change.uri, cursor)
        post, tags_before = self._snapshots[change.index]
        answers = bool(reply_to_actor) and post.reply_to.startswith(f"{reply_to_actor}/posts/")
        if answers or carries((*post.hashtags, *tags_before), wanted):
            return Event(kind, change.uri, cursor, post)
        return None


def _place(cursor: str) -> int:
    if cursor and not (cursor.isascii() and cursor.isdigit()):
        raise Refused(f"not a cursor: {cursor!r}")
    return int(cursor or 0)


def _checked_key(key: str) -> str:
    if not _HANDLE.fullmatch(key):
        raise Refused(f"not a key: {key!r}")
    return key


def _check_text(text: str) -> None:
    if not text.strip():
        raise Refused("an empty post")
    if len(text) > CHARACTER_LIMIT:
        raise Refused(f"{len(text)} characters where {CHARACTER_LIMIT} fit")
