"""What animators see of outcomes: where ten and more are spoken of, with intervals and what is silent."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.core.cache import cache
from django.db.models import Count
from django.utils.translation import get_language

from colibri.compute.survival import (
    QUESTIONS,
    Compared,
    Share,
    aalen_johansen,
    compare,
    merge_small,
    share_within,
)
from colibri.impact.models import FOLLOW_UP, OTHERS, FollowUp
from colibri.impact.queries.figures import kinds_told
from colibri.impact.queries.open_data import label_words
from colibri.impact.queries.searches import WORK_CAUSES, Searches, searches_at
from colibri.people.models import Collective

__all__ = ["Board", "Row", "board_of"]

KEPT_SECONDS = 600
LEAST_KNOWN = 10
NAMED_MOST = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what it is of, and the share with its interval, in per cent."""

    label: str
    people: int
    share: float
    low: float
    high: float
    silence: float


@dataclass(frozen=True, slots=True)
class Board:
    """`share` is None while fewer than ten are known; `curve` has a row for each question."""

    at: datetime
    share: Share | None
    curve: list[Row]
    regions: list[Row]
    families: list[Row]
    region_chance: float | None
    family_chance: float | None
    states: list[tuple[str, int]]
    kinds: list[tuple[str, int]]

    @property
    def percent(self) -> dict[str, int]:
        """The share, its interval and extremes in whole per cent; empty where there is none."""
        names = ("share", "low", "high", "none", "all", "silence")
        return {name: round(100 * getattr(self.share, name)) for name in names} if self.share else {}


def board_of(collective: Collective, *, now: datetime) -> Board:
    """Counted at most every ten minutes."""
    key = f"impact.board.{collective.pk}.{get_language()}"
    found: Board | None = cache.get(key)
    if found is None:
        found = _count(collective, now=now)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _count(collective: Collective, *, now: datetime) -> Board:
    searches = searches_at(collective, now)
    enough = int((searches.known.times > 0).sum()) >= LEAST_KNOWN
    regions = _compared("region", searches.regions, searches)
    families = _compared("family", searches.families, searches)
    return Board(
        at=now,
        share=share_within(searches.known, WORK_CAUSES) if enough else None,
        curve=_curve(searches) if enough else [],
        regions=regions[0],
        families=families[0],
        region_chance=regions[1].chance,
        family_chance=families[1].chance,
        states=_states(collective),
        kinds=kinds_told(collective),
    )


def _states(collective: Collective) -> list[tuple[str, int]]:
    """How far the questions are, states of few together: who said stop is nobody's to find out."""
    states = FollowUp.objects.filter(appeal__collective=collective).values_list("state")
    counted = dict(states.annotate(n=Count("pk")).order_by())
    return [
        (", ".join(str(FOLLOW_UP.labels[state]) for state in part), sum(counted[state] for state in part))
        for part in merge_small(counted)
    ]


def _compared(dimension: str, labels: list[str], searches: Searches) -> tuple[list[Row], Compared]:
    compared = compare(labels, searches.known, WORK_CAUSES)
    rows = [
        _row(", ".join(label_words(dimension, label) for label in _named(group.labels)), group.share)
        for group in compared.groups
    ]
    return rows, compared


def _named(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Many regions or trades told together are not read one by one."""
    return labels if len(labels) <= NAMED_MOST else (OTHERS,)


def _row(label: str, share: Share) -> Row:
    return Row(label, share.people, 100 * share.share, 100 * share.low, 100 * share.high, 100 * share.silence)


def _curve(searches: Searches) -> list[Row]:
    """The share back at work until each question, where ten were still asked."""
    met = np.isin(searches.known.causes, WORK_CAUSES)
    causes = np.where(met, 1, np.where(searches.known.causes > 0, 2, 0))
    found = aalen_johansen(searches.known.times, causes, wanted=2)[0]
    rows = []
    for day in QUESTIONS:
        share, low, high, _se = found.at(day)
        left = int((searches.known.times >= day).sum())
        if left >= LEAST_KNOWN:
            rows.append(Row(str(day), left, 100 * share, 100 * low, 100 * high, 0.0))
    return rows
