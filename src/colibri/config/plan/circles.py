"""Beyond the first circle: how many boost in turn, as past boosts tell. A second figure, never the aim."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from colibri.compute.cascade import Influence, ReverseSets, Spread, influence_of, reverse_sets
from colibri.config.plan.tables import BadInput, read_rows

__all__ = ["Circles", "InTurn", "in_turn", "read_boosts"]

SETS = 400_000
"""Reverse-reachable sets drawn: the interval of what moves one in a hundred is then 3 % of it wide."""

Pairs = tuple[NDArray[np.int32], NDArray[np.int32]]


@dataclass(frozen=True, slots=True)
class Circles:
    """Who is moved by whom: `influence` over people, of whom the first are the relays, in their order."""

    influence: Influence
    lines: int


@dataclass(frozen=True, eq=False)
class InTurn:
    """How many people boost each of A appeals in turn: `mean` within `low` and `high` (95 %)."""

    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def read_boosts(path: Path, relays: Sequence[str]) -> Circles | None:
    """Past boosts, `by` whom and `of` whom, `times` each; None where there is no such table.

    Raises BadInput at the first wrong line.
    """
    if not path.exists():
        return None
    number = {name: place for place, name in enumerate(relays)}
    by, of, times = [], [], []
    rows, _ignored = read_rows(path, ("by", "of"), ("times",))
    for row in rows:
        by.append(number.setdefault(row.text("by"), len(number)))
        of.append(number.setdefault(row.text("of"), len(number)))
        times.append(row.count("times", 1))
    if not any(times):
        raise BadInput(path, 0, _("counts no boost"))
    return Circles(influence_of(by, of, times, len(number)), len(rows))


def in_turn(circles: Circles, pairs: Pairs, appeals: int, *, seed: int = 0) -> InTurn:
    """What a plan's boosts bring beyond those who follow its relays, the relays themselves not counted."""
    sets = reverse_sets(circles.influence, SETS, seed=seed)
    relay, appeal = pairs
    spreads = [_spread(sets, relay[appeal == one]) for one in range(appeals)]
    carriers = np.bincount(appeal, minlength=appeals)
    told = [np.array([getattr(one, name) for one in spreads]) - carriers for name in ("mean", "low", "high")]
    return InTurn(*(np.maximum(one, 0.0) for one in told))


def _spread(sets: ReverseSets, relays: NDArray[np.int32]) -> Spread:
    return sets.spread(relays) if relays.size else Spread(0.0, 0.0, 0.0, sets.start.size - 1)
