"""Bluesky, and everything that speaks the AT Protocol's `app.bsky` records."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from colibri.networks.base import Capabilities, OnRefresh
from colibri.networks.bluesky.faults import our_errors
from colibri.networks.bluesky.interest import Interest
from colibri.networks.bluesky.oauth_session import OAuthSession
from colibri.networks.bluesky.records import (
    GRAPHEME_LIMIT,
    POST,
    PROFILE,
    REPOST,
    actor_from_view,
    interactions_from_feed,
    post_from_record,
    post_record,
    split_uri,
    timestamp,
)
from colibri.networks.bluesky.session import XrpcSession
from colibri.networks.bluesky.source import Source, Written, source_at
from colibri.networks.bluesky.tid import TidMaker, moment_of
from colibri.networks.bluesky.tokens import token_set
from colibri.networks.errors import Gone, NetworkError, Refused, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.hashtags import carries, fold
from colibri.networks.items import Actor, Draft, Event, Interactions, Page, Post, PostRef

__all__ = ["CAPABILITIES", "BlueskyNetwork", "services"]

CAPABILITIES = Capabilities(
    label="Bluesky", character_limit=GRAPHEME_LIMIT, private_replies=False, keyed_writes=True
)
_ENTRYWAY = "https://bsky.social"
_PUBLIC_APPVIEW = "https://public.api.bsky.app"
_JETSTREAM = "jetstream+wss://jetstream.us-east.bsky.network"
_FOLLOWERS_PER_PAGE = 100
_FEED_PER_PAGE = 100
_RECORDS_PER_PAGE, _RECORD_PAGES = 100, 500
_FEED_PAGES = 10  # whoever only reposts has a long feed without a post of their own
_AUTHORS_REMEMBERED = 5000
_TICK_SECONDS = 1.0


def services(address: str, *, signed_in: bool) -> tuple[str, str]:
    """(service, stream) of an address: "" is the public network, else "https://pds [wss://stream]".

    Without a stream, a service's own firehose is heard.
    """
    words = address.split()
    if len(words) > 2:
        raise Refused(f"not an address of Bluesky: {address!r}")
    if not words or words == [_ENTRYWAY]:
        return (_ENTRYWAY if signed_in else _PUBLIC_APPVIEW), _JETSTREAM
    return words[0], (words[1] if len(words) == 2 else words[0].replace("http", "ws", 1))


class BlueskyNetwork:
    """A client of Bluesky; see `networks.base.Network`.

    Writes go through `putRecord` under keys made before the call, and what is written depends on
    the key alone, so that a second try changes nothing and makes no second event. A revoked app
    password ends a session when its tokens are renewed, within two hours; `whoami` renews them.
    """

    name = "bluesky"
    capabilities = CAPABILITIES

    def __init__(
        self,
        address: str,
        guard: Guard,
        credentials: Mapping[str, str] | None = None,
        on_refresh: OnRefresh | None = None,
        *,
        source: Source | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        service, stream = services(address, signed_in=bool(credentials))
        tokens = token_set(credentials)
        self._session = (
            OAuthSession(tokens, guard, on_refresh)
            if tokens
            else XrpcSession(service, guard, credentials, on_refresh)
        )
        self._source = source or source_at(guard, stream)
        self._now = now
        self._keys = TidMaker(secrets.randbelow(1024))
        self._authors: OrderedDict[str, Actor] = OrderedDict()

    def whoami(self) -> Actor:
        """The signed-in actor, its credentials proven by renewing them."""
        self._session.renew()
        return self.fetch_actor(self._session.did)

    def new_key(self) -> str:
        return self._keys.make(self._now())

    def listen(
        self, hashtags: Collection[str], *, reply_to_actor: str = "", cursor: str = ""
    ) -> Iterator[Event]:
        """Hear the stream; what its authors call themselves is asked when a post is of interest."""
        wanted = frozenset(fold(hashtag) for hashtag in hashtags)
        answered = f"at://{reply_to_actor}/" if reply_to_actor else ""
        told, asked_at = time.monotonic(), self._now()
        for change in self._source.changes(cursor, Interest(hashtags, reply_to_actor)):
            event = self._event(change, wanted, answered)
            if event is not None:
                yield event
            elif time.monotonic() - told >= _TICK_SECONDS:
                yield Event("tick", "", change.cursor, behind=change.at is not None and change.at < asked_at)
            else:
                continue
            told = time.monotonic()

    def fetch_actor(self, id_or_handle: str) -> Actor:
        """The actor as the AppView sees it or, where none answers, as its own server does."""
        actor = id_or_handle.removeprefix("@")
        try:
            answer = self._session.ask("app.bsky.actor.getProfile", actor=actor)
            with our_errors(f"the profile of {actor}"):
                return actor_from_view(answer)
        except NetworkError as fault:
            found = self._actor_at_home(actor) if self._may_be_elsewhere(fault, actor) else None
            if found is None:
                raise
            return found

    def fetch_post(self, uri: str) -> Post:
        did, cid, record = self._record(uri)
        return post_from_record(uri, cid, record, self._author(did))

    def fetch_followers(self, actor_id: str, *, cursor: str = "") -> Page[Actor]:
        """A hundred followers; their biographies come with them."""
        more = {"cursor": cursor} if cursor else {}
        answer = self._session.ask(
            "app.bsky.graph.getFollowers", actor=actor_id, limit=_FOLLOWERS_PER_PAGE, **more
        )
        with our_errors(f"the followers of {actor_id}"):
            return Page(tuple(map(actor_from_view, answer["followers"])), str(answer.get("cursor") or ""))

    def fetch_interactions(self, actor_id: str, *, limit: int = 50) -> tuple[Interactions, ...]:
        found: list[Interactions] = []
        cursor: dict[str, str] = {}
        for _ in range(_FEED_PAGES):
            answer = self._session.ask(
                "app.bsky.feed.getAuthorFeed",
                actor=actor_id,
                limit=min(limit, _FEED_PER_PAGE),
                filter="posts_no_replies",
                **cursor,
            )
            with our_errors(f"the posts of {actor_id}"):
                found += interactions_from_feed(answer["feed"], actor_id)
            if len(found) >= limit or not answer.get("cursor") or not answer["feed"]:
                break
            cursor = {"cursor": str(answer["cursor"])}
        return tuple(found[:limit])

    def fetch_reactors(self, uri: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for verb, rows in (
            ("app.bsky.feed.getLikes", "likes"),
            ("app.bsky.feed.getRepostedBy", "repostedBy"),
        ):
            answer = self._session.ask(verb, uri=uri, limit=_FOLLOWERS_PER_PAGE)
            with our_errors(f"who reacted to {uri}"):
                found |= dict.fromkeys(str((one.get("actor") or one)["did"]) for one in answer[rows])
        return tuple(found)

    def publish(self, draft: Draft) -> PostRef:
        record = post_record(draft.text, draft.language, _moment(draft.key))
        return self.put_record(POST, draft.key, record)

    def delete(self, uri: str, *, key: str = "") -> None:
        did, collection, key = split_uri(uri or f"at://{self._session.did}/{POST}/{key}")
        if did != self._session.did or collection != POST:
            raise Refused(f"{uri} is not a post of {self._session.did}")
        self.delete_record(POST, key)

    def boost(self, post: PostRef, *, key: str) -> str:
        """Repost. The post is looked at first: a server takes a repost of what is gone."""
        moment = _moment(key)
        _, cid, _ = self._record(post.uri)
        record = {
            "$type": REPOST,
            "subject": {"uri": post.uri, "cid": post.version or cid},
            "createdAt": timestamp(moment),
        }
        return self.put_record(REPOST, key, record).uri

    def undo_boost(self, post: PostRef, *, key: str) -> None:
        _moment(key)
        self.delete_record(REPOST, key)

    def reply(self, post: PostRef, text: str, *, key: str) -> PostRef:
        moment = _moment(key)
        _, cid, answered = self._record(post.uri)
        parent = {"uri": post.uri, "cid": post.version or cid}
        thread = answered.get("reply")
        root = thread.get("root") if isinstance(thread, Mapping) else None
        language = post_from_record(post.uri, cid, answered, Actor("", "")).language
        record = post_record(text, language, moment, {"root": root or parent, "parent": parent})
        return self.put_record(POST, key, record)

    def tell(self, actor: Actor, text: str, *, key: str) -> PostRef:
        """Never: posts here are read by everybody."""
        raise Refused("this network has no private posts")

    def share_link(self, text: str, url: str) -> str:
        """The composer of bsky.app, filled in."""
        return "https://bsky.app/intent/compose?" + urlencode({"text": f"{text} {url}".strip()})

    def delete_record(self, collection: str, key: str) -> None:
        """Delete a record of one's own by its key. Deleting what is gone is no error."""
        did = self._session.did
        self._session.tell("com.atproto.repo.deleteRecord", repo=did, collection=collection, rkey=key)

    def own_records(self, collection: str) -> dict[str, Mapping[str, Any]]:
        """Every record of one's own collection by its key."""
        if not self._session.did:
            raise Unauthorised("nobody is signed in")
        found: dict[str, Mapping[str, Any]] = {}
        more: dict[str, str] = {}
        for _ in range(_RECORD_PAGES):
            answer = self._session.ask(
                "com.atproto.repo.listRecords",
                repo=self._session.did,
                collection=collection,
                limit=_RECORDS_PER_PAGE,
                **more,
            )
            with our_errors(f"the records of {collection}"):
                found |= {split_uri(one["uri"])[2]: dict(one["value"]) for one in answer["records"]}
            if not answer.get("cursor") or not answer["records"]:
                return found
            more = {"cursor": str(answer["cursor"])}
        raise Refused(f"{collection} holds more than {_RECORD_PAGES * _RECORDS_PER_PAGE} records")

    def close(self) -> None:
        """Close the kept connections."""
        self._session.close()

    def put_record(self, collection: str, key: str, record: Mapping[str, Any]) -> PostRef:
        """Write a record of one's own under a key; the same one again changes nothing."""
        answer = self._session.tell(
            "com.atproto.repo.putRecord",
            repo=self._session.did,
            collection=collection,
            rkey=key,
            record={"$type": collection, **record},
        )
        with our_errors(f"writing {key}"):
            return PostRef(str(answer["uri"]), str(answer["cid"]))

    def _record(self, uri: str) -> tuple[str, str, Mapping[str, Any]]:
        did, collection, key = split_uri(uri)
        if collection != POST:
            raise Refused(f"{uri} is not a post")
        answer = self._session.ask("com.atproto.repo.getRecord", repo=did, collection=POST, rkey=key)
        value = answer.get("value")
        return did, str(answer.get("cid") or ""), value if isinstance(value, Mapping) else {}

    def _may_be_elsewhere(self, fault: NetworkError, actor: str) -> bool:
        if isinstance(fault, Unauthorised):
            return not self._session.did
        # An AppView hears of a new account some seconds late.
        return not isinstance(fault, Gone) or actor == self._session.did

    def _actor_at_home(self, actor: str) -> Actor | None:
        try:
            home = self._session.ask("com.atproto.repo.describeRepo", repo=actor)
            view: dict[str, Any] = {"did": home["did"], "handle": home["handle"]}
        except (NetworkError, KeyError):
            return None
        try:
            answer = self._session.ask(
                "com.atproto.repo.getRecord", repo=view["did"], collection=PROFILE, rkey="self"
            )
            view |= {name: answer["value"].get(name) for name in ("displayName", "description")}
        except (Gone, KeyError):
            pass
        return actor_from_view(view)

    def _author(self, did: str) -> Actor:
        if did in self._authors:
            self._authors.move_to_end(did)
            return self._authors[did]
        try:
            author = self.fetch_actor(did)
        except NetworkError:
            return Actor(did, did, url=f"https://bsky.app/profile/{did}")
        self._authors[did] = author
        if len(self._authors) > _AUTHORS_REMEMBERED:
            self._authors.popitem(last=False)
        return author

    def _event(self, change: Written, wanted: Collection[str], answered: str) -> Event | None:
        if change.operation == "delete":
            return Event("delete", change.uri, change.cursor)
        if change.record is None:
            return None
        try:
            did, _, _ = split_uri(change.uri)
        except Refused:
            # What cannot be named cannot be boosted, and must not stop the stream.
            return None
        post = post_from_record(change.uri, change.cid, change.record, Actor(did, did))
        if carries(post.hashtags, wanted) or (answered and post.reply_to.startswith(answered)):
            post = replace(post, author=self._author(did))
        elif change.operation != "update":
            return None
        # An edit may have taken the hashtag away: whoever knows the post must hear of it.
        return Event("edit" if change.operation == "update" else "post", change.uri, change.cursor, post)


def _moment(key: str) -> datetime:
    try:
        return moment_of(key)
    except ValueError as fault:
        raise Refused(str(fault)) from fault
