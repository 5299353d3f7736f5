"""Feeds as Bluesky's servers ask for them: who was seen least comes first, and pages fit together."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q, QuerySet

from colibri.appeals.models import Publication
from colibri.appeals.queries import relayed_ones
from colibri.federation.feed_models import Shelf
from colibri.federation.feeds.catalogue import Feed
from colibri.networks.bluesky.tid import TidMaker
from colibri.people.models import Collective, Consent, Identity
from colibri.people.queries import kept_apart
from colibri.relays.models import Boost, Offer
from colibri.relays.queries import HALF_LIFE_DAYS

__all__ = ["BadCursor", "Page", "collective_of", "listed", "page_of", "published_shelves", "service_did"]

OPEN = ("accepted", "active")
KEPT_SECONDS = 600
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


class BadCursor(Exception):
    """A cursor we did not make."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One post in the order of a minute: visibility received in millionths, then the draw of the day."""

    seen: int
    draw: int
    appeal: int
    uri: str
    occupation: str
    region: str


@dataclass(frozen=True, slots=True)
class Page:
    """Posts by URI, and where the next page begins; empty at the end."""

    uris: list[str]
    cursor: str


def page_of(collective: Collective, feed: Feed, *, limit: int, cursor: str, now: datetime) -> Page:
    """One page of a feed. Raises `BadCursor`.

    The order is that of the minute in which the first page was asked, reckoned from what had been given by
    then: any process finds it again, whatever is accepted or given meanwhile. What is no longer to be shown
    is left out at once.
    """
    minute, behind = _read(cursor, now) if cursor else ((now - _EPOCH) // _MINUTE, None)
    order = [one for one in _order(collective, minute) if feed.holds(one.occupation, one.region)]
    rest = [one for one in order if behind is None or (one.seen, one.draw, one.appeal) > behind]
    page = rest[:limit]
    shown = set(_open(collective).filter(uri__in=[one.uri for one in page]).values_list("uri", flat=True))
    more = f"{minute}.{page[-1].seen}.{page[-1].appeal}" if len(rest) > limit else ""
    return Page([one.uri for one in page if one.uri in shown], more)


def _read(cursor: str, now: datetime) -> tuple[int, tuple[int, int, int]]:
    parts = cursor.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        raise BadCursor(cursor)
    minute, seen, appeal = map(int, parts)
    if minute > (now - _EPOCH) // _MINUTE:
        raise BadCursor(cursor)
    return minute, (seen, _draw(minute, appeal), appeal)


def _order(collective: Collective, minute: int) -> list[Entry]:
    """Every open post in the order of a minute; kept a while, since it can always be reckoned again."""
    key = f"feeds:{collective.pk}:{minute}"
    known: list[Entry] | None = cache.get(key)
    if known is None:
        known = _reckon(collective, minute)
        cache.set(key, known, KEPT_SECONDS)
    return known


def _reckon(collective: Collective, minute: int) -> list[Entry]:
    until = _EPOCH + minute * _MINUTE
    posts = _open(collective).filter(appeal__accepted_at__lte=until)
    apart = kept_apart(collective)
    columns = "uri", "appeal", "appeal__occupation", "appeal__region", "appeal__identity", "appeal__account"
    seen = _visibility(collective, until)
    return sorted(
        Entry(round(seen[appeal] * 1_000_000), _draw(minute, appeal), appeal, uri, occupation, region)
        for uri, appeal, occupation, region, *author in posts.values_list(*columns)
        if not apart.unwelcome((author[0], author[1]))
    )


def _visibility(collective: Collective, until: datetime) -> defaultdict[int, float]:
    """What each open search had received by then, in the plan's own measure, half as much after a week."""
    received: defaultdict[int, float] = defaultdict(float)
    given = Boost.objects.filter(
        appeal__collective=collective, appeal__state__in=OPEN, given_at__lte=until
    ).order_by("pk")
    for appeal, gain, at in given.values_list("appeal", "gain", "given_at"):
        if at is not None:
            received[appeal] += gain * 0.5 ** ((until - at).total_seconds() / 86_400 / HALF_LIFE_DAYS)
    return received


def _open(collective: Collective) -> QuerySet[Publication]:
    posts = Publication.objects.filter(appeal__collective=collective, appeal__state__in=OPEN)
    posts = posts.exclude(appeal__account__is_active=False).exclude(identity__account__is_active=False)
    return relayed_ones(posts.filter(network="bluesky", state="live").exclude(uri=""))


def _draw(minute: int, appeal: int) -> int:
    """Among those seen alike, a new order each day."""
    day = (_EPOCH + minute * _MINUTE).date()
    return int.from_bytes(hashlib.sha256(f"{day}:{appeal}".encode()).digest()[:6])


def collective_of(did: str) -> Collective | None:
    """The collective whose own account this is."""
    own = Identity.objects.filter(network="bluesky", actor_id=did, collective__isnull=False)
    found = own.select_related("collective").first()
    return found.collective if found else None


def published_shelves() -> QuerySet[Shelf]:
    """What was published at least once, by collective."""
    return Shelf.objects.filter(published_at__isnull=False).order_by("collective")


def service_did() -> str:
    """The identifier of this site as what answers for feeds."""
    host = settings.SITE_URL.partition("://")[2]
    return f"did:web:{host.replace(':', '%3A')}"


def listed(collective: Collective) -> dict[str, str]:
    """The relays who agreed to be named, by the record key of each: their account's identifier.

    A key is made of the yes it rests on: the same each time, another after a new yes.
    """
    offers = Offer.objects.filter(collective=collective, ended_at=None, identity__network="bluesky")
    offers = offers.filter(identity__account__is_active=True, identity__refused_at=None)
    apart = kept_apart(collective)
    yes = Consent.objects.filter(collective=collective, purpose="be_listed", withdrawn_at=None)
    found: dict[str, str] = {}
    for offer in offers.select_related("identity").order_by("pk"):
        relay = offer.identity
        if apart.unwelcome((relay.pk, relay.account_id)):
            continue
        agreed = yes.filter(Q(identity=relay) | Q(account=relay.account_id, identity=None)).first()
        if agreed is not None:
            found[TidMaker(relay.pk % 1024).make(agreed.given_at)] = relay.actor_id
    return found
