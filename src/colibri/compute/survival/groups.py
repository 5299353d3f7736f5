"""Comparing groups, and saying nothing that speaks of fewer than ten people."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colibri.compute.survival.curves import steps_of
from colibri.compute.survival.silence import Known, Share, share_within

__all__ = ["LEAST", "Compared", "Group", "compare", "log_rank", "merge_small", "runs_of", "step_of"]

LEAST = 10
"""No figure is told on fewer people."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group by its labels (several where small ones were put together) and its share."""

    labels: tuple[str, ...]
    share: Share


@dataclass(frozen=True, slots=True)
class Compared:
    """Groups from large to small, and how likely differences as large are by chance alone (log-rank).

    `chance` is None where there is one group or nothing happened. Empty where there are fewer than ten.
    """

    groups: tuple[Group, ...]
    chance: float | None


def merge_small(counts: Mapping[str, int], *, least: int = LEAST) -> tuple[tuple[str, ...], ...]:
    """Put labels together so that each part holds at least `least`: large to small, what was merged last.

    Small ones are one part; where they are too few even so, the smallest of the others joins them, so that
    no difference between a total and its parts is about fewer. Empty where all together are too few. Which
    labels go together depends on counts and names alone. Raises ValueError for a negative count.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("counts: a count is negative")
    if sum(counts.values()) < least:
        return ()
    ordered = sorted(counts, key=lambda label: (-counts[label], label))
    alone = [label for label in ordered if counts[label] >= least]
    together = [label for label in ordered if counts[label] < least]
    while together and sum(counts[label] for label in together) < least:
        together.insert(0, alone.pop())
    parts = [(label,) for label in alone]
    return tuple([*parts, tuple(together)] if together else parts)


def runs_of(counts: Sequence[int], *, least: int = LEAST) -> tuple[tuple[int, int], ...]:
    """Cut a series into the shortest runs (first, last) of at least `least` together, from its beginning.

    What remains at the end waits. A run once cut stays as it is when the series grows.
    """
    runs, first, together = [], 0, 0
    for place, count in enumerate(counts):
        together += count
        if together >= least:
            runs.append((first, place))
            first, together = place + 1, 0
    return tuple(runs)


def compare(
    labels: Sequence[str],
    known: Known,
    met: Collection[int],
    *,
    within: float = 183.0,
    least: int = LEAST,
) -> Compared:
    """The share of each group that met one of the causes within so many days.

    `labels` (n) names each search's group. A group stands for itself where at least `least` people of it are
    known beyond the first question; smaller ones are put together (`merge_small`). Raises ValueError where
    there is not one label each.
    """
    named = np.asarray(labels, dtype=object)
    if named.shape != known.times.shape:
        raise ValueError(f"labels: {named.size} for {known.times.size} searches")
    counted = dict.fromkeys(labels, 0) | _count(named[known.times > 0])
    parts = merge_small(counted, least=least)
    masks = [np.isin(named.astype(str), part) for part in parts]
    groups = tuple(
        Group(part, share_within(known.only(mask), met, within=within))
        for part, mask in zip(parts, masks, strict=True)
    )
    if len(parts) < 2:
        return Compared(groups, None)
    number = sum(place * mask for place, mask in enumerate(masks))
    return Compared(groups, log_rank(known.times, np.isin(known.causes, list(met)), np.asarray(number)))


def log_rank(times: NDArray[np.float64], events: NDArray[np.bool_], group: NDArray[np.int64]) -> float | None:
    """How likely it is, if all groups fare alike, to see differences as large (log-rank, several groups).

    `times` and `events` (n) as for `kaplan_meier`, `group` (n) from 0. None where nothing happened or only
    one group ever was at risk.
    """
    sizes = int(group.max()) + 1 if group.size else 0
    every = steps_of(times, events.astype(np.int64), 1)
    at_risk, happened = np.zeros((sizes, every.times.size)), np.zeros((sizes, every.times.size))
    for one in range(sizes):
        mask = group == one
        mine = np.sort(times[mask])
        at_risk[one] = mine.size - np.searchsorted(mine, every.times, side="left")
        ends = np.sort(times[mask & events])
        happened[one] = np.diff(np.searchsorted(ends, np.append(every.times, np.inf), side="left"))
    risk, all_events = every.at_risk, every.events[0]
    parts = at_risk / risk
    off = (happened - parts * all_events).sum(axis=1)
    factor = np.divide(all_events * (risk - all_events), risk - 1, out=np.zeros_like(risk), where=risk > 1)
    spread = np.diag(parts @ factor) - (parts * factor) @ parts.T
    kept = np.flatnonzero(np.diag(spread) > 0)
    if kept.size < 2:
        return None
    free = kept[:-1]
    statistic = float(off[free] @ np.linalg.solve(spread[np.ix_(free, free)], off[free]))
    return _beyond(max(statistic, 0.0), free.size)


def _beyond(value: float, degrees: int) -> float:
    """The chance that a chi-square variable with so many degrees of freedom lies beyond a value."""
    half = value / 2
    if degrees % 2:
        chance, shape = math.erfc(math.sqrt(half)), 0.5
    else:
        chance, shape = math.exp(-half), 1.0
    # Q(a + 1, x) = Q(a, x) + xᵃ e⁻ˣ / Γ(a + 1), from a = ½ or 1 up.
    while shape < degrees / 2:
        chance += math.exp(shape * math.log(half) - half - math.lgamma(shape + 1.0)) if half > 0 else 0.0
        shape += 1.0
    return min(chance, 1.0)


def _count(named: NDArray[np.object_]) -> dict[str, int]:
    found, counts = np.unique(named.astype(str), return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def step_of(people: int, *, least: int = LEAST) -> float | None:
    """By which step to round shares of so many people, so that one step is never fewer than `least` of them.

    0.01, 0.02, 0.05 or 0.1; None where even a tenth is fewer. Two roundings that differ by a step then leave
    open whether fewer or more than `least` people changed.
    """
    return next((step for step in (0.01, 0.02, 0.05, 0.1) if round(step * people, 9) >= least), None)
