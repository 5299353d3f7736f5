"""Hearing one server: its streams where it has some, and its timelines for what they do not tell."""

import json
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from colibri.networks.errors import Gone, Refused
from colibri.networks.guard import Guard
from colibri.networks.hashtags import carries, fold
from colibri.networks.items import Event, Post
from colibri.networks.mastodon.accounts import Accounts
from colibri.networks.mastodon.entities import OPEN, Entity, local_id, moment_of, order, uri_of
from colibri.networks.mastodon.place import Place
from colibri.networks.mastodon.session import ApiSession
from colibri.networks.mastodon.statuses import Statuses
from colibri.networks.mastodon.streams import Said, Streams
from colibri.networks.mastodon.timelines import Timeline

__all__ = ["Hearing", "Pace"]

logger = logging.getLogger(__name__)
_REMEMBERED = 5000


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a server is asked, in seconds."""

    tick: float = 1.0
    timelines: float = 10.0  # where there is no stream
    timelines_beside_stream: float = 60.0  # for what a stream lost
    mentions: float = 15.0
    streams: float = 600.0  # how long to do without a stream before asking for one again


class Hearing:
    """One `listen`; see `MastodonNetwork.listen`."""

    def __init__(
        self,
        session: ApiSession,
        accounts: Accounts,
        statuses: Statuses,
        guard: Guard,
        *,
        hashtags: Collection[str],
        reply_to_actor: str,
        pace: Pace,
        now: Callable[[], datetime],
    ) -> None:
        self._session = session
        self._accounts = accounts
        self._statuses = statuses
        self._guard = guard
        self._reply_to_actor = reply_to_actor
        self._pace = pace
        self._now = now
        tags = tuple(dict.fromkeys(hashtag.lstrip("#＃") for hashtag in hashtags))
        self._wanted = frozenset(fold(tag) for tag in tags)
        self._tags = tags
        self._timeline = Timeline(session, tags)
        self._place = Place()
        self._heard: OrderedDict[str, datetime | None] = OrderedDict()  # and when it was edited
        self._own = ""

    def events(self, cursor: str) -> Iterator[Event]:
        """What is heard from just behind the cursor on. Raises the errors of `networks.errors`."""
        self._place = Place.read(cursor)
        self._own = self._listener()
        streams = Streams(self._guard, self._session.about.streaming, self._session.token, self._tags)
        with closing(streams):
            # Opened first: what is written while the timelines are read waits in the stream.
            streaming = streams.open()
            if cursor:
                yield from self._look()
            else:
                self._begin()
            yield self._tick()
            looked = asked = opened = time.monotonic()
            while True:
                said = streams.next(self._pace.tick)
                event = self._event(said) if said else self._tick()
                if event:
                    yield event
                now = time.monotonic()
                if now - looked >= (
                    self._pace.timelines_beside_stream if streaming else self._pace.timelines
                ):
                    yield from self._look()
                    looked = asked = now
                elif now - asked >= self._pace.mentions:
                    yield from self._mentions()
                    asked = now
                if not streaming and now - opened >= self._pace.streams:
                    streaming, opened = streams.open(), now

    def _listener(self) -> str:
        """The local name of who is signed in, where answers to them are wanted."""
        if not self._session.token or not self._reply_to_actor:
            return ""
        if self._accounts.own_actor().id != self._reply_to_actor:
            return ""
        return local_id(self._accounts.own())

    def _begin(self) -> None:
        """Start from now: what stands in the timelines is known, and not told."""
        for status in self._timeline.newest():
            self._keep(status)
        self._place.looked = self._now()
        if self._own:
            newest = self._session.several("notifications", types=["mention"], limit=1)
            self._place.mention = local_id(newest[0]) if newest else ""

    def _tick(self) -> Event:
        return Event("tick", "", self._place.cursor())

    def _look(self) -> Iterator[Event]:
        """Everything the timelines tell that was not heard yet."""
        began = self._now()
        while found := self._timeline.after(self._place.newest):
            for status in found:
                yield from self._told(status)
        yield from self._look_again()
        yield from self._mentions()
        self._place.looked = began

    def _look_again(self) -> Iterator[Event]:
        """The last posts once more: those that came late, those edited, those no longer there."""
        page = self._timeline.newest()
        known = [local_id(status) for status in page if self._knows(local_id(status))]
        floor = "" if self._timeline.whole else min(known, key=order, default="~" * 64)
        for status in page:
            name = local_id(status)
            if not self._knows(name):
                if order(name) > order(floor):
                    yield from self._told(status)
            elif self._was_edited(status):
                yield from self._edited(status)
            else:
                self._hear(status)
                self._timeline.keep(name)
        for name in self._timeline.missing():
            yield from self._absent(name)

    def _told(self, status: Entity) -> Iterator[Event]:
        name = local_id(status)
        known = self._knows(name)
        self._keep(status)
        post = None if known else self._post(status)
        if post:
            yield Event("post", post.ref.uri, self._place.cursor(), post)

    def _was_edited(self, status: Entity) -> bool:
        if not status.get("edited_at"):
            return False
        edited = moment_of(status.get("edited_at"))
        before = self._heard.get(local_id(status), self._place.looked)
        return before is None or edited > before

    def _edited(self, status: Entity) -> Iterator[Event]:
        self._keep(status)
        post = self._post(status)
        if post:
            yield Event("edit", post.ref.uri, self._place.cursor(), post)

    def _absent(self, name: str) -> Iterator[Event]:
        """A post no longer in its timeline: deleted, or edited so that it carries the hashtag no more."""
        uri = self._statuses.uri_heard(name)
        try:
            status = self._session.one("status", name)
        except Gone:
            if uri:
                yield Event("delete", uri, self._place.cursor())
            return
        post = self._post(status, whatever=True)
        if post and not carries(post.hashtags, self._wanted):
            yield Event("edit", post.ref.uri, self._place.cursor(), post)

    def _event(self, said: Said) -> Event | None:
        """What the stream says, None where it is of no interest."""
        kind, payload = said
        if kind == "delete":
            uri = self._statuses.uri_heard(payload.strip('"'))
            self._timeline.forget(payload.strip('"'))
            return Event("delete", uri, self._place.cursor()) if uri else None
        if kind not in ("update", "status.update"):
            return None
        try:
            status = json.loads(payload)
            told = self._told(status) if kind == "update" else self._edited(status)
            return next(told, None)
        except (ValueError, TypeError, AttributeError, RecursionError, Refused) as fault:
            logger.warning("%s: a status that cannot be read: %r", self._session.origin, fault)
            return None

    def _mentions(self) -> Iterator[Event]:
        """Answers to the account signed in, private ones too."""
        while self._own:
            more = {"min_id": self._place.mention} if self._place.mention else {}
            page = self._session.several("notifications", types=["mention"], limit=40, **more)
            fresh = [one for one in page if order(local_id(one)) > order(self._place.mention)]
            for mention in sorted(fresh, key=lambda one: order(local_id(one))):
                self._place.mention = local_id(mention)
                post = self._answer(mention)
                if post:
                    yield Event("post", post.ref.uri, self._place.cursor(), post)
            if not fresh or not more:
                return

    def _answer(self, mention: Entity) -> Post | None:
        status = mention.get("status")
        if not isinstance(status, dict) or mention.get("type") != "mention":
            return None
        if str(status.get("in_reply_to_account_id") or "") != self._own:
            return None
        name = local_id(status)
        if name in self._heard:
            return None
        post = self._post(status, whatever=True)
        if post is None or not post.reply_to:
            return None
        self._hear(status)
        return post

    def _post(self, status: Entity, *, whatever: bool = False) -> Post | None:
        """The post where it is one of ours, or `whatever` it says; None where nobody can read it."""
        private = status.get("visibility") not in OPEN
        if isinstance(status.get("reblog"), dict) or (private and not whatever):
            return None
        try:
            self._statuses.remember(status)
            post = self._statuses.post(status, private=private)
        except (Gone, Refused, ValueError, TypeError, AttributeError) as fault:
            # One post nobody can read must not stop those behind it.
            logger.warning("%s: a status that cannot be read: %r", self._session.origin, fault)
            return None
        return post if whatever or carries(post.hashtags, self._wanted) else None

    def _knows(self, name: str) -> bool:
        return name in self._heard or self._place.knows(name)

    def _keep(self, status: Entity) -> None:
        self._hear(status)
        self._timeline.keep(local_id(status))
        self._place.reach(local_id(status))

    def _hear(self, status: Entity) -> None:
        edited = status.get("edited_at")
        name = local_id(status)
        self._heard[name] = moment_of(edited) if edited else None
        self._heard.move_to_end(name)
        if len(self._heard) > _REMEMBERED:
            self._heard.popitem(last=False)
        uri_of(status)
        self._statuses.remember(status)
