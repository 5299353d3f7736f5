"""Reading other sites' feeds, politely, and passing on the best of them with a word."""

import hashlib
from calendar import timegm
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import Truncator

from colibri.common.work import ring
from colibri.networks.errors import Gone, NetworkError, Refused
from colibri.networks.plain import plain_line, web_address
from colibri.networks.transport import fetch
from colibri.people.models import Account, Collective
from colibri.showcase.models import ENTRY, Entry, Feed

__all__ = [
    "NotAFeed",
    "TooManyFeeds",
    "fetch_feed",
    "follow_feed",
    "forget_old_entries",
    "give_up_feed",
    "leave_entry",
    "leave_feed",
    "pass_on",
]

ASKED_AGAIN = timedelta(hours=6)
RESTS = timedelta(days=7)
"""How long a feed is left alone that was given up."""
NEW_MOST = 30
"""Entries taken from a feed at once, the newest."""
KEPT = timedelta(days=30)
"""How long an entry waits for somebody to pass it on."""
FEEDS_MOST = 50


class NotAFeed(Refused):
    """What stands at the address is neither Atom nor RSS."""


class TooManyFeeds(Exception):
    """A collective follows so many feeds at most."""


def follow_feed(collective: Collective, url: str, *, now: datetime) -> Feed:
    """Follow a feed of another site; one that is followed already is asked again. Raises `TooManyFeeds`."""
    known = collective.feeds.filter(url=url).first()
    if known is None:
        if collective.feeds.count() >= FEEDS_MOST:
            raise TooManyFeeds(collective.slug)
        known, _made = Feed.objects.get_or_create(collective=collective, url=url)
    Feed.objects.filter(pk=known.pk).update(due_at=now, attempts=0)
    ring(known)
    return known


def leave_feed(feed: Feed) -> None:
    """Follow it no more. What was passed on goes with it."""
    feed.delete()


def fetch_feed(feed: Feed) -> datetime:
    """Ask a feed for what is new. Raises errors of `networks.errors`, `NotAFeed` among them."""
    now = timezone.now()
    headers = {"Accept": "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8"}
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.modified:
        headers["If-Modified-Since"] = feed.modified
    answer = fetch(settings.GUARD, feed.url, headers=headers)
    if answer.status_code != 304:
        _take_in(feed, answer.content, answer.headers, now)
    Feed.objects.filter(pk=feed.pk).update(fetched_at=now)
    return now + ASKED_AGAIN


def _take_in(feed: Feed, content: bytes, headers: Any, now: datetime) -> None:
    found = feedparser.parse(content, response_headers={"content-type": headers.get("content-type", "")})
    if not found.get("version"):
        raise NotAFeed("neither Atom nor RSS")
    entries = [one for one in (_entry(feed, raw, now) for raw in found.entries) if one is not None]
    newest = sorted(entries, key=lambda one: one.written_at, reverse=True)[:NEW_MOST]
    with transaction.atomic():
        Entry.objects.bulk_create(newest, ignore_conflicts=True)
        Feed.objects.filter(pk=feed.pk).update(
            name=feed.name or plain_line(found.feed.get("title", ""))[:200],
            etag=headers.get("etag", "")[:200],
            modified=headers.get("last-modified", "")[:60],
        )


def _entry(feed: Feed, raw: Any, now: datetime) -> Entry | None:
    """What an entry says of itself; None where it has no title or leads nowhere."""
    link = web_address(str(raw.get("link", "")))
    title = plain_line(strip_tags(str(raw.get("title", ""))))
    if not link or len(link) > 500 or not title:
        return None
    moment = raw.get("published_parsed") or raw.get("updated_parsed")
    written = datetime.fromtimestamp(timegm(moment), UTC) if moment else now
    summary = plain_line(strip_tags(str(raw.get("summary", ""))))
    key = hashlib.sha256(str(raw.get("id") or link).encode()).hexdigest()
    return Entry(
        feed=feed,
        key=key,
        title=Truncator(title).chars(200),
        link=link,
        summary=Truncator(summary).chars(400),
        written_at=min(written, now),
        found_at=now,
    )


def give_up_feed(feed: Feed, error: NetworkError) -> None:
    """It is left alone for a week; what is gone for good waits for an animator."""
    due = None if isinstance(error, Gone) else timezone.now() + RESTS
    Feed.objects.filter(pk=feed.pk).update(due_at=due, attempts=0)


def pass_on(entry: Entry, word: str, step: str, by: Account, *, now: datetime) -> None:
    """Show an entry to the collective's readers, with why it is worth reading. Raises `WrongMove`."""
    ENTRY.move(entry, "passed", word=plain_line(word)[:400], step=step, passed_by=by, passed_at=now)


def leave_entry(entry: Entry) -> None:
    """Leave it aside, or take it back from the readers. Raises `WrongMove`."""
    ENTRY.move(entry, "left", passed_at=None)


def forget_old_entries(*, now: datetime) -> int:
    """Entries nobody passed on for a month; returns how many."""
    old = Entry.objects.exclude(state="passed").filter(found_at__lt=now - KEPT)
    return old.delete()[0]
