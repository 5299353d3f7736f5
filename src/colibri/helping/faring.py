"""How help fares in a collective, for its animators: counts, never who or what."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, median

from colibri.helping.models import KINDS, Giving, HelpRequest
from colibri.people.models import Collective

__all__ = ["Faring", "faring_of"]

A_QUARTER = timedelta(days=90)
PEOPLE_LEAST = 10
"""What people say of themselves is told of so many and more only."""


@dataclass(frozen=True, slots=True)
class Faring:
    """Helpers ready and resting; who waits; of the last ninety days, how long the first words took, in hours
    (median), how requests ended, and confidence before and after (mean of 1 to 5)."""

    ready: int
    resting: int
    waiting: int
    offered: int
    wanted: list[tuple[str, int]]
    helped_now: int
    first_words: float | None
    ended: int
    helped: int
    confidence: tuple[int, float, float] | None


def faring_of(collective: Collective, *, now: datetime) -> Faring:
    """How it fares. `wanted` counts, by kind, those whom nobody here can be asked for."""
    rows = HelpRequest.objects.filter(collective=collective)
    waiting = list(rows.filter(state="waiting").values_list("kind", "nobody"))
    wanted = Counter(kind for kind, nobody in waiting if nobody)
    recent = rows.filter(created_at__gte=now - A_QUARTER)
    answered = recent.exclude(answered_at=None).values_list("created_at", "answered_at")
    hours = [(answer - asked) / timedelta(hours=1) for asked, answer in answered if answer is not None]
    closed = list(
        rows.filter(state="closed", closed_at__gte=now - A_QUARTER).values_list("ending", flat=True)
    )
    told = recent.exclude(before=None).exclude(after=None).values_list("account", "before", "after")
    people = {account: (float(before or 0), float(after or 0)) for account, before, after in told}
    states = Counter(Giving.objects.filter(collective=collective).values_list("state", flat=True))
    return Faring(
        ready=states["standing"],
        resting=states["paused"] + states["asked"],
        waiting=len(waiting),
        offered=rows.filter(state="offered").count(),
        wanted=[(str(label), wanted[kind]) for kind, label in KINDS if wanted[kind]],
        helped_now=rows.filter(state__in=["accepted", "answered"]).count(),
        first_words=median(hours) if hours else None,
        ended=len(closed),
        helped=sum(one in ("helped", "little") for one in closed),
        confidence=_confidence(list(people.values())),
    )


def _confidence(pairs: list[tuple[float, float]]) -> tuple[int, float, float] | None:
    if len(pairs) < PEOPLE_LEAST:
        return None
    return len(pairs), fmean(before for before, _after in pairs), fmean(after for _before, after in pairs)
