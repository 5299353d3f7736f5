"""Offers, boosts and what they brought."""

from collections import defaultdict
from collections.abc import Iterable, Set
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from colibri.appeals.models import Appeal
from colibri.appeals.queries import with_texts
from colibri.audiences.queries import distinct_reach
from colibri.compute.reach import Reach
from colibri.people.models import Account, Collective, Consent, Identity
from colibri.people.queries import kept_apart
from colibri.relays.models import Boost, Offer, Plan

__all__ = [
    "HALF_LIFE_DAYS",
    "boost_of_link",
    "boosts_of_appeal",
    "givable",
    "latest_plan",
    "may_boost",
    "offer_of",
    "people_helped",
    "priors",
    "reach_by_day",
    "reach_of_appeal",
    "reach_of_collective",
    "relays_of_appeal",
    "standing_offers",
    "stuck_plan",
    "texts_of",
    "todays_boosts",
    "willing_offers",
]

HALF_LIFE_DAYS = 7.0
"""Visibility received counts half after a week."""

STANDING = ("given", "undoing")


def standing_offers(account: Account) -> QuerySet[Offer]:
    """The account's offers that have not ended."""
    return Offer.objects.filter(identity__account=account, ended_at=None).select_related(
        "identity", "collective"
    )


def willing_offers(collective: Collective, day: date) -> list[Offer]:
    """Offers that may be planned on this day: standing, connected where they must be, consented to."""
    found = (
        Offer.objects.filter(collective=collective, ended_at=None, identity__refused_at=None)
        .filter(identity__account__is_active=True)
        .select_related("identity", "identity__account", "identity__credential")
        .order_by("pk")
    )
    standing = collective.consents.filter(withdrawn_at=None)
    agreed = set(standing.values_list("purpose", "account_id", "identity_id"))
    apart = kept_apart(collective)

    def willing(offer: Offer) -> bool:
        purpose = "boost_for_me" if offer.automatic else "be_asked"
        identity = offer.identity
        theirs = {(purpose, identity.account_id, None), (purpose, identity.account_id, identity.pk)}
        yes = bool(agreed & {*theirs, (purpose, None, identity.pk)})
        return yes and not apart.unwelcome((identity.pk, identity.account_id))

    return [offer for offer in found if offer.stands_on(day) and offer.identity.connected and willing(offer)]


def givable(boosts: Iterable[Boost]) -> list[Boost]:
    """Those behind which relay, author, post and offer still stand, and nobody blocked the other.

    Few questions to the database for all of them. Reads offer, identity, credential, appeal, publication.
    """
    standing = [boost for boost in boosts if _stands(boost)]
    relays = {boost.offer.identity for boost in standing}
    authors = {boost.appeal.identity_id for boost in standing} - {None}
    seekers = {boost.appeal.account_id for boost in standing} - {None}
    identities = {relay.pk for relay in relays} | authors
    accounts = {relay.account_id for relay in relays} | seekers
    theirs = Q(account__in=accounts) | Q(identity__in=identities)
    if seekers:
        theirs |= Q(identity__in=Identity.objects.filter(account__in=seekers))
    yes = Consent.objects.filter(theirs, withdrawn_at=None)
    columns = "collective", "purpose", "account", "identity", "identity__account"
    agreed = {
        (place, what, *who) for place, what, *known in yes.values_list(*columns) for who in _who(*known)
    }
    places = {boost.offer.collective_id for boost in standing}
    apart = {place: kept_apart(place) for place in places}
    return [
        boost
        for boost in standing
        if _agreed(boost, agreed)
        and not apart[boost.offer.collective_id].between(_relay_of(boost), _author_of(boost))
    ]


def _relay_of(boost: Boost) -> tuple[int | None, int | None]:
    return boost.offer.identity_id, boost.offer.identity.account_id


def _author_of(boost: Boost) -> tuple[int | None, int | None]:
    return boost.appeal.identity_id, boost.appeal.account_id


def _stands(boost: Boost) -> bool:
    offer = boost.offer
    wanted = boost.appeal.state == "active" and boost.publication.state == "live"
    return wanted and offer.ended_at is None and offer.identity.connected


def _who(account: int | None, identity: int | None, owner: int | None) -> set[tuple[str, int | None]]:
    """Whom a consent speaks for: an identity, all of an account's, or the person behind either."""
    lending = ("identity", identity) if identity else ("account", account)
    return {lending, ("person", account), ("person", owner)}


def _agreed(boost: Boost, agreed: Set[tuple[object, ...]]) -> bool:
    offer, appeal, place = boost.offer, boost.appeal, boost.offer.collective_id
    lend = place, "boost_for_me" if offer.automatic else "be_asked"
    relay, author = offer.identity, (place, appeal.yes_to_relay)
    lent = {(*lend, "identity", relay.pk), (*lend, "account", relay.account_id)}
    if appeal.kind == "cause" and (place, "relay_causes", "identity", relay.pk) not in agreed:
        return False
    relayed = {(*author, "identity", appeal.identity_id)} if appeal.identity_id else set()
    if appeal.account_id:
        relayed.add((*author, "person", appeal.account_id))
    return bool(lent & agreed) and bool(relayed & agreed)


def may_boost(boost: Boost) -> bool:
    """Whether it may be given, as things are at this moment."""
    return bool(givable([boost]))


def priors(appeals: Iterable[Appeal], *, now: datetime) -> dict[int, float]:
    """Visibility each appeal received so far, decayed by half every seven days, at least 1."""
    wanted = [appeal.pk for appeal in appeals]
    received: dict[int, float] = defaultdict(float)
    given = Boost.objects.filter(appeal__in=wanted, given_at__isnull=False)
    for appeal, gain, at in given.values_list("appeal", "gain", "given_at"):
        age = max((now - (at or now)).total_seconds() / 86_400, 0.0)
        received[appeal] += gain * 0.5 ** (age / HALF_LIFE_DAYS)
    return {pk: 1.0 + received[pk] for pk in wanted}


def todays_boosts(account: Account) -> QuerySet[Boost]:
    """What the relay can give today, and what they gave or declined, in each collective's newest plan."""
    newest = Plan.objects.filter(collective=OuterRef("plan__collective"), state="solved").order_by("-day")
    found = Boost.objects.filter(offer__identity__account=account, plan=Subquery(newest.values("pk")[:1]))
    return found.select_related(
        "appeal", "appeal__collective", "offer__identity__credential", "publication"
    ).order_by("pk")


def people_helped(account: Account) -> int:
    """How many of those this relay carried said that they found work."""
    found = Appeal.objects.filter(state="closed", ending="found")
    carried = found.filter(boosts__offer__identity__account=account, boosts__given_at__isnull=False)
    return carried.distinct().count()


def boosts_of_appeal(appeal: Appeal) -> QuerySet[Boost]:
    """Boosts given to an appeal, newest first, undone ones too."""
    given = appeal.boosts.filter(given_at__isnull=False)
    return given.select_related("offer__identity").order_by("-given_at")


def relays_of_appeal(appeal: Appeal) -> set[Account]:
    """The people whose boosts of the appeal stand."""
    standing = appeal.boosts.filter(state__in=STANDING)
    return set(Account.objects.filter(pk__in=standing.values("offer__identity__account")))


def reach_of_appeal(appeal: Appeal) -> Reach:
    """Distinct people who follow a relay that boosted the appeal."""
    return distinct_reach(set(boosts_of_appeal(appeal).values_list("offer__identity", flat=True)))


def reach_of_collective(collective: Collective, *, since: datetime) -> Reach:
    """Distinct people who follow a relay that boosted anything since then."""
    given = Boost.objects.filter(offer__collective=collective, given_at__gte=since)
    return distinct_reach(set(given.values_list("offer__identity", flat=True)))


def reach_by_day(appeal: Appeal) -> list[tuple[date, int]]:
    """For each day with a boost, distinct people reached until its end."""
    relays: set[int] = set()
    until: dict[date, int] = {}
    given = boosts_of_appeal(appeal).order_by("given_at").annotate(day=TruncDate("given_at"))
    by_day: dict[date, set[int]] = defaultdict(set)
    for day, identity in given.values_list("day", "offer__identity"):
        by_day[day].add(identity)
    for day, more in by_day.items():
        relays |= more
        until[day] = distinct_reach(relays).people
    return sorted(until.items())


def latest_plan(collective: Collective) -> Plan | None:
    """The newest plan that was made."""
    return Plan.objects.filter(collective=collective, state="solved").order_by("-day").first()


def stuck_plan(collective: Collective) -> Plan | None:
    """The newest plan, where it could not be made so far."""
    newest = Plan.objects.filter(collective=collective).order_by("-day").first()
    return newest if newest is not None and newest.state == "due" and newest.fault else None


def offer_of(identity: Identity, collective: Collective) -> Offer:
    """The identity's offer in a collective, ended or not; a fresh one, not yet kept, where there is none."""
    found = Offer.objects.filter(identity=identity, collective=collective).first()
    return found or Offer(identity=identity, collective=collective)


def texts_of(boosts: list[Boost]) -> dict[int, str]:
    """What each boost passes on, by its number: the words that stand in for the message, or its newest ones.

    Empty where none are kept.
    """
    wanted = with_texts(Appeal.objects.filter(pk__in=[boost.appeal_id for boost in boosts]))
    newest = {appeal.pk: appeal.text or "" for appeal in wanted}  # type: ignore[attr-defined]
    return {boost.pk: boost.publication.text or newest.get(boost.appeal_id, "") for boost in boosts}


def boost_of_link(subject: str) -> Boost | None:
    """The boost a signed link of a mail speaks of, where its relay can still sign in."""
    found = Boost.objects.select_related(
        "offer__identity__account", "offer__collective", "appeal", "publication"
    ).filter(pk=subject, offer__identity__account__is_active=True)
    return found.first()
