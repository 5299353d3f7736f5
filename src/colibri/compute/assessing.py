"""Which trades are close to what somebody can do, and what is missing for each."""

from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass
from math import log
from typing import Generic, TypeVar

__all__ = ["LEVELS", "Closeness", "close_trades"]

LEVELS = (1, 2, 3)
"""A little, well, well enough to show others."""

T = TypeVar("T", bound=Hashable)
S = TypeVar("S", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Closeness(Generic[T, S]):
    """A trade, how much of it is there (0 to 1), what is and what is missing, the most telling first."""

    trade: T
    share: float
    shared: tuple[S, ...]
    missing: tuple[S, ...]


def close_trades(
    known: Mapping[S, int], trades: Mapping[T, Set[S]], spread: Mapping[S, int], every: int
) -> list[Closeness[T, S]]:
    """The trades that share a skill with what is known, closest first.

    `known` gives the level (of `LEVELS`) of each skill; `spread` in how many of `every` trade a skill is
    asked for: what few trades ask tells more (inverse document frequency, Spärck Jones 1972). The share is
    the weight of what is known, by its level, in the weight of all the trade asks.
    """
    weight = {skill: 1.0 + log(max(every, 1) / max(number, 1)) for skill, number in spread.items()}
    found = []
    for trade, asked in trades.items():
        shared = [skill for skill in asked if skill in known]
        if not shared:
            continue
        whole = sum(weight.get(skill, 1.0) for skill in asked)
        there = sum(weight.get(skill, 1.0) * known[skill] / LEVELS[-1] for skill in shared)
        missing = [skill for skill in asked if skill not in known]
        found.append(Closeness(trade, there / whole, _telling(shared, weight), _telling(missing, weight)))
    return sorted(found, key=lambda one: (-one.share, str(one.trade)))


def _telling(skills: list[S], weight: Mapping[S, float]) -> tuple[S, ...]:
    return tuple(sorted(skills, key=lambda skill: (-weight.get(skill, 1.0), str(skill))))
