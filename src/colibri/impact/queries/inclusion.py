"""Whether visibility, help and work reach everybody alike: counted once a month, told of ten and more.

What people said of themselves is read here, for the counts, and nowhere else. No plan knows of it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import F, Max, QuerySet, Sum
from django.utils.crypto import salted_hmac

from colibri.compute.inclusion import Contrast, below, contrast, sides
from colibri.compute.survival import LEAST, Known
from colibri.helping.models import HelpRequest
from colibri.impact.models import SITUATIONS, FollowUp, Situation
from colibri.impact.queries.places import Communes, commune_of, official_communes
from colibri.impact.queries.searches import WORK_CAUSES, searches_at
from colibri.people.models import Collective
from colibri.relays.models import Boost

__all__ = ["PLACES", "inclusion_at"]

A_YEAR, A_MONTH = timedelta(days=365), timedelta(days=30)
"""Searches begun in a year, each by what it was given in its first thirty days."""
FALSE_ALARM = 0.05
"""The chance that, if all fare alike, one group or more seems to be seen less or more."""
PLACES = ("rural", "priority")
SAID_LEAST = 30
"""So many on each side, and by so many at once, do answers count that nobody else knows of."""


def inclusion_at(collective: Collective, at: datetime) -> dict[str, Any]:
    """How each group fared until then: what an edition keeps. Empty where fewer than ten searches began."""
    first, last = at - A_YEAR, at - A_MONTH
    begun = FollowUp.objects.filter(
        appeal__collective=collective, began_at__gte=first, began_at__lt=last
    ).order_by("pk")
    if begun.count() < LEAST:
        return {}
    communes = official_communes()
    groups, unplaced = _by_place(begun, communes)
    said, unsaid = _by_word(begun, at)
    counted = {name: sides(who, begun.count()) for name, who in (groups | said).items()}
    told = {name: who for name, who in counted.items() if _enough(name, who)}
    level = 1 - FALSE_ALARM / max(len(told), 1)
    known = searches_at(collective, at, began_before=last, began_from=first).known
    seen, helped = _seen(begun), _helped(begun, collective, at)
    return {
        "searches": below(begun.count()),
        "unplaced": below(unplaced),
        "unsaid": below(unsaid),
        "density": communes.rural is not None,
        "districts": communes.priority is not None,
        "level": round(level, 4),
        "groups": [
            {"group": name, **asdict(found)}
            for name, who in told.items()
            if (found := _beside(name, who, seen, helped, known, level)) is not None
        ],
    }


def _beside(
    name: str, who: Mapping[int, bool], seen: list[float], helped: list[bool], known: Known, level: float
) -> Contrast | None:
    """A group beside those of whom one knows that they are not of it; `who` by place in the other lists."""
    places = np.fromiter(who, dtype=np.int64)
    chosen = np.isin(np.arange(len(seen)), places)
    member = np.array([who[int(place)] for place in np.flatnonzero(chosen)], dtype=bool)
    counted = np.array(seen)[chosen], np.array(helped)[chosen], known.only(chosen)
    return contrast(
        member,
        *counted,
        WORK_CAUSES,
        chance=_chance(name, member, *counted[:2], counted[2].times, counted[2].causes),
        level=level,
        least=_least(name),
    )


def _chance(name: str, *counted: np.ndarray) -> np.random.Generator:
    """Of the server's secret and of what is counted: the same people give the same table, so that no mean of
    many shows more, and one person more or fewer gives another draw.
    """
    digest = salted_hmac(f"impact.inclusion.{name}", b"".join(one.tobytes() for one in counted)).digest()
    return np.random.default_rng(int.from_bytes(digest))


def _least(name: str) -> int:
    """Where somebody looks for work stands in their message; what they say of themselves nowhere."""
    return LEAST if name in PLACES else SAID_LEAST


def _enough(name: str, who: Mapping[int, bool]) -> bool:
    inside = sum(who.values())
    return min(inside, len(who) - inside) >= _least(name)


def _by_place(begun: QuerySet[FollowUp], communes: Communes) -> tuple[dict[str, dict[int, bool]], int]:
    """Who speaks of a rural commune, or one with a priority district; of how many one does not know."""
    found: dict[str, dict[int, bool]] = defaultdict(dict)
    unplaced = 0
    rows = begun.values_list("appeal__place", "appeal__region", "appeal__reading")
    for number, (place, region, reading) in enumerate(rows.iterator()):
        code = commune_of(place, region, reading, communes)
        unplaced += not code
        if code and communes.rural is not None and code in communes.rural:
            found["rural"][number] = communes.rural[code]
        if code and communes.priority is not None:
            found["priority"][number] = code in communes.priority
    return found, unplaced


def _by_word(begun: QuerySet[FollowUp], at: datetime) -> tuple[dict[str, dict[int, bool]], int]:
    """Who said what of themselves until then, by whole thirties of answers: what tells one month from the
    next is never one person's. And how many said nothing, or wait for others: nobody, or more than nine.
    """
    rows = Situation.objects.filter(appeal__follow_up__in=begun.order_by(), said_at__lt=at)
    number, everybody = below(rows.count(), step=SAID_LEAST), begun.count()
    if 0 < everybody - number < LEAST:
        number -= SAID_LEAST
    counted = rows.order_by("said_at", "pk")[:number]
    answers = {row.appeal_id: row.said for row in counted}
    found: dict[str, dict[int, bool]] = defaultdict(dict)
    for number, appeal in enumerate(begun.values_list("appeal", flat=True).iterator()):
        for name, _own, _group in SITUATIONS if appeal in answers else ():
            found[name][number] = name in answers[appeal]
    return found, everybody - len(answers)


def _seen(begun: QuerySet[FollowUp]) -> list[float]:
    """How many people follow the relays that boosted each search in its first thirty days, boost by boost."""
    given = Boost.objects.filter(
        appeal__follow_up__in=begun.order_by(), given_at__lt=F("appeal__follow_up__began_at") + A_MONTH
    )
    sums = given.values("appeal").annotate(people=Sum("offer__identity__audience__size"))
    people = dict(sums.order_by().values_list("appeal", "people"))
    return [float(people.get(number) or 0) for number in begun.values_list("appeal", flat=True)]


def _helped(begun: QuerySet[FollowUp], collective: Collective, at: datetime) -> list[bool]:
    """Whether somebody of the collective gave each person a hand since their search began."""
    answered = HelpRequest.objects.filter(collective=collective, answered_at__lt=at)
    last = dict(
        answered.values("account").annotate(at=Max("answered_at")).order_by().values_list("account", "at")
    )
    rows = begun.values_list("appeal__account", "began_at")
    return [account in last and last[account] >= began for account, began in rows]
