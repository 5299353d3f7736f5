"""Days a message names: a message is shown for weeks, and "available tomorrow" is soon wrong."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from colibri.compute.coaching.remarks import Remark
from colibri.compute.reading.tokens import folded

__all__ = ["SHOWN", "about_dates"]

SHOWN = timedelta(days=30)
"""How long a message is relayed before its author is asked again."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january",
            "fevrier february",
            "mars march",
            "avril april",
            "mai may",
            "juin june",
            "juillet july",
            "aout august",
            "septembre september sept",
            "octobre october",
            "novembre november",
            "decembre december",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)? (?P<month>{_MONTH})\b(?: (?P<year>20\d\d))?"),
    re.compile(rf"\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,? (?P<year>20\d\d))?"),
    re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>20\d\d|\d\d))?\b(?!/)"),
    re.compile(rf"\b(?P<month>{_MONTH})\b(?: (?P<year>20\d\d))?"),
)
# A day counts where somebody says from when or until when.
_WHEN = re.compile(
    r"(?:dispo(?:nible)?s?|libre|a partir|des|jusqu|avant|fin|debut|mi|courant|demarr\w*|prise de poste|"
    r"available|free|from|starting|until|before|as of|end of|early|mid|late)\b[^.!?\n]{0,18}$"
)
_SINCE = re.compile(r"\b(?:depuis|since|entre|between)\b[^.!?\n]{0,18}$")
_RELATIVE = re.compile(
    r"\b(?:apres-)?demain\b|\bce soir\b|\bcette semaine\b|\bla semaine prochaine\b|\bce mois(?:-ci)?\b"
    r"|\ble mois prochain\b|\b(?:lundi|mardi|mercredi|jeudi|vendredi)(?: prochain)?\b|"
    r"\btomorrow\b|\b(?:this|next) (?:week|month|monday|tuesday|wednesday|thursday|friday)\b"
)


def about_dates(text: str, today: date) -> Iterator[Remark]:
    """The days a text names that are over, or will be while it is shown; `today` is the collective's."""
    plain = "".join(folded(sign) if len(folded(sign)) == 1 else sign for sign in text)
    seen: list[tuple[int, int]] = []
    for pattern in _DATES:
        for match in pattern.finditer(plain):
            span = match.span()
            if any(span[0] < other[1] and other[0] < span[1] for other in seen):
                continue
            before = plain[max(0, span[0] - 40) : span[0]]
            if not _WHEN.search(before) or _SINCE.search(before):
                continue
            seen.append(span)
            last = _last_day(match, today)
            if last is not None and last < today:
                yield Remark("date_over", (span,))
            elif last is not None and last < today + SHOWN:
                yield Remark("date_passes", (span,))
    for match in _RELATIVE.finditer(plain):
        yield Remark("date_passes", (match.span(),))


def _last_day(match: re.Match[str], today: date) -> date | None:
    """The day named, or the last of the month named; without a year the one nearest to today."""
    parts = match.groupdict()
    month = _MONTHS.get(parts["month"]) or int(parts["month"])
    years = [today.year - 1, today.year, today.year + 1]
    if parts.get("year"):
        years = [int(parts["year"]) % 100 + 2000]
    days = [day for year in years if (day := _day(year, month, parts.get("day"))) is not None]
    return min(days, key=lambda day: abs((day - today).days), default=None)


def _day(year: int, month: int, day: str | None) -> date | None:
    try:
        if day:
            return date(year, month, int(day))
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    except ValueError:
        return None
