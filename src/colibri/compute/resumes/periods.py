"""When something was done: "janv. 2019 – mars 2021", "depuis 2020", and the holes between."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from colibri.compute.reading.tokens import folded

__all__ = ["Month", "Period", "gaps_between", "overlaps_between", "period_in", "without_period"]


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month; `month` is 0 where only the year is known."""

    year: int
    month: int = 0

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    @property
    def first(self) -> int:
        """Months since the year 0, of its beginning."""
        return self.year * 12 + max(self.month, 1) - 1

    @property
    def last(self) -> int:
        """Months since the year 0, of its end."""
        return self.year * 12 + (self.month or 12) - 1


@dataclass(frozen=True, slots=True)
class Period:
    """From a month to a month, None where it goes on; `line` says in which line it stands."""

    start: Month
    end: Month | None
    line: int = 0


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev feb february",
            "mars mar march",
            "avril avr apr april",
            "mai may",
            "juin jun june",
            "juillet juil jul july",
            "aout aug august",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        1,
    )
    for name in names.split()
}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WHEN = (
    rf"(?:(?:(?P<name{{0}}>{_NAMES})\.? |(?P<number{{0}}>0?[1-9]|1[0-2])[/.-])?(?P<year{{0}}>(?:19|20)\d\d))"
)
_NOW = r"(?:aujourd.?hui|present|a ce jour|ce jour|maintenant|en cours|now|today|current|actuel(?:lement)?)"
_BETWEEN = r"(?: ?(?:[-–—>]|a|au|to|until|jusqu.?(?:a|au|en)|et) ?)"
_MARKS = " \u00a0-–—:,;·|()"
_RANGE = re.compile(
    rf"(?:de |du |from )?\b{_WHEN.format(1)}{_BETWEEN}(?:{_WHEN.format(2)}|(?P<now>{_NOW}))\b"
)
_SINCE = re.compile(rf"\b(?:depuis|since)(?: le)? {_WHEN.format(1)}\b")
_ALONE = re.compile(rf"\b{_WHEN.format(1)}\b")


def period_in(line: str, number: int) -> Period | None:
    """The period a line names, None where it names none."""
    plain = _flat(line)
    if (found := _RANGE.search(plain)) is not None:
        end = None if found["now"] else _month(found, 2)
        start = _month(found, 1)
        return Period(start, end, number) if end is None or start.first <= end.last else None
    if (found := _SINCE.search(plain)) is not None:
        return Period(_month(found, 1), None, number)
    if (found := _ALONE.search(plain)) is not None:
        return Period(_month(found, 1), _month(found, 1), number)
    return None


def without_period(line: str) -> str:
    """The line without the period it names."""
    plain = _flat(line)
    found = _RANGE.search(plain) or _SINCE.search(plain) or _ALONE.search(plain)
    if found is None:
        return line
    before, after = line[: found.start()].rstrip(_MARKS), line[found.end() :].lstrip(_MARKS)
    return f"{before} {after}".strip()


def _flat(line: str) -> str:
    """The line folded sign by sign: each stays where it is."""
    return "".join(folded(sign) if len(folded(sign)) == 1 else sign for sign in line)


def gaps_between(periods: Sequence[Period], today: Month, most: int = 6) -> tuple[tuple[Month, Month], ...]:
    """Stretches of more than `most` months nothing is said of, between the first period and today."""
    gaps = []
    covered = None
    for start, end in sorted((one.start.first, (one.end or today).last) for one in periods):
        if covered is not None and start - covered - 1 > most:
            gaps.append((_of(covered + 1), _of(start - 1)))
        covered = end if covered is None else max(covered, end)
    if covered is not None and today.first - covered - 1 > most:
        gaps.append((_of(covered + 1), today))
    return tuple(gaps)


def overlaps_between(periods: Sequence[Period], today: Month) -> tuple[tuple[Period, Period], ...]:
    """Pairs of periods, one after the other by their start, that share more than a month.

    Years without months share their last and first year by nature, so these count for none.
    """
    ordered = sorted(periods, key=lambda one: (one.start.first, (one.end or today).last))
    found = []
    for one, other in pairwise(ordered):
        end = one.end or today
        shared = min(end.first, (other.end or today).first) - other.start.last
        if shared >= 1:
            found.append((one, other))
    return tuple(found)


def _month(found: re.Match[str], which: int) -> Month:
    name, number = found[f"name{which}"], found[f"number{which}"]
    return Month(int(found[f"year{which}"]), _MONTHS[name] if name else int(number or 0))


def _of(months: int) -> Month:
    return Month(months // 12, months % 12 + 1)
