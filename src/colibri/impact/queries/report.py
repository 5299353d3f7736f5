"""A month or a year of a collective as it was told."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

from colibri.impact.models import Edition, Outcome, Told
from colibri.impact.queries.figures import percents
from colibri.impact.queries.open_data import editions_of, parts_told
from colibri.people.models import Collective

__all__ = ["Report", "periods_of", "report_of", "words_of", "words_waiting"]

WORDS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Report:
    """What one period's editions told. `searches`, `outcomes`: months from, to, how many; `doings`: month,
    boosts, relays, average reach a day. Parts are (label, how many), large to small, what is not named last.
    """

    collective: Collective
    period: str
    editions: list[Edition]
    searches: list[tuple[date, date, int]]
    outcomes: list[tuple[date, date, int]]
    regions: list[tuple[str, int]]
    families: list[tuple[str, int]]
    kinds: list[tuple[str, int]]
    doings: list[dict[str, Any]]
    headline: dict[str, Any]
    thanks: list[str]

    @property
    def first(self) -> date:
        return self.editions[0].month

    @property
    def words(self) -> str:
        """The period as one reads it: 2026, October 2026."""
        return self.period if self.yearly else date_format(self.first, "YEAR_MONTH_FORMAT")

    @property
    def yearly(self) -> bool:
        return len(self.period) == 4

    @property
    def people(self) -> int:
        return sum(number for _first, _last, number in self.searches)

    @property
    def told(self) -> int:
        return sum(number for _first, _last, number in self.outcomes)


def periods_of(collective: Collective) -> list[tuple[str, str]]:
    """Years and months of which something was told, newest first, and how each reads."""
    telling = editions_of(collective).filter(pk__in=Told.objects.values("edition"))
    words = {f"{one.month:%Y-%m}": date_format(one.month, "YEAR_MONTH_FORMAT") for one in telling}
    words |= {month[:4]: month[:4] for month in words}
    return sorted(words.items(), key=lambda one: one[0].ljust(7, "~"), reverse=True)


def report_of(collective: Collective, period: str) -> Report | None:
    """The report of a year ("2026") or a month ("2026-10"), None where nothing was told of it."""
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", period):
        return None
    editions = [one for one in editions_of(collective) if f"{one.month:%Y-%m}".startswith(period)]
    if not editions:
        return None
    told = list(Told.objects.filter(edition__in=editions).order_by("first", "pk"))
    return Report(
        collective=collective,
        period=period,
        editions=editions,
        searches=_runs(told, "searches"),
        outcomes=_runs(told, "outcomes"),
        regions=_parts(told, "searches", "region"),
        families=_parts(told, "searches", "family"),
        kinds=_parts(told, "outcomes", "kind"),
        doings=_doings(told),
        headline=percents(editions[-1].headline),
        thanks=list(words_of(collective, editions)),
    )


def _runs(told: list[Told], measure: str) -> list[tuple[date, date, int]]:
    return [
        (one.first, one.last, one.number) for one in told if (one.measure, one.dimension) == (measure, "")
    ]


def _parts(told: list[Told], measure: str, dimension: str) -> list[tuple[str, int]]:
    parts: Counter[str] = Counter()
    for one in told:
        if (one.measure, one.dimension) == (measure, dimension):
            parts[one.label] += one.number
    return parts_told(dimension, parts, sum(number for _first, _last, number in _runs(told, measure)))


def _doings(told: list[Told]) -> list[dict[str, Any]]:
    months: dict[date, dict[str, Any]] = {}
    for one in told:
        if one.measure in ("boosts", "relays", "reach_a_day"):
            months.setdefault(one.first, {"month": one.first})[one.measure] = one.number
    return [months[month] for month in sorted(months)]


def words_of(collective: Collective, editions: list[Edition]) -> list[str]:
    """Words of thanks their writers let everybody read and an animator looked at, newest first."""
    months = [(edition.month.year, edition.month.month) for edition in editions]
    rows = Outcome.objects.filter(
        appeal__collective=collective,
        word_public=True,
        word_shown_at__isnull=False,
        told_at__year__in={year for year, _month in months},
    ).order_by("-told_at")
    return [row.word for row in rows[:200] if (row.told_at.year, row.told_at.month) in months][:WORDS_SHOWN]


def words_waiting(collective: Collective) -> list[Outcome]:
    """Words their writers let everybody read, for an animator to look at, those not shown first."""
    rows = Outcome.objects.filter(appeal__collective=collective, word_public=True).exclude(word="")
    return list(rows.order_by("word_shown_at", "-told_at")[:50])
