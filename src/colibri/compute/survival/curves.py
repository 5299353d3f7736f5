"""Time to an outcome, with those of whom nothing more is known: Kaplan–Meier and Aalen–Johansen."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Curve", "Incidence", "Steps", "aalen_johansen", "kaplan_meier", "steps_of"]

Floats = NDArray[np.float64]
ROUNDED = 1e-12
"""Nearer to 0 or 1 a share is 0 or 1, and the rest is rounding."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Distinct times in order (float64, m), how many were at risk just before each, and events at each.

    `events` (float64, causes × m) has one row for each cause asked for; `at_risk` counts those whose own
    time is this one or later.
    """

    times: Floats
    at_risk: Floats
    events: Floats


@dataclass(frozen=True, slots=True)
class Curve:
    """The share still without the event after each time (float64, m), with its interval.

    `se` is the standard error by Greenwood's formula.
    """

    times: Floats
    at_risk: Floats
    share: Floats
    se: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Incidence:
    """The share that met one cause until each time (float64, m), with its interval, beside competing ones."""

    times: Floats
    at_risk: Floats
    share: Floats
    se: Floats
    low: Floats
    high: Floats

    def at(self, time: float) -> tuple[float, float, float, float]:
        """Share, low, high and standard error at a time; zeros before the first step."""
        place = int(np.searchsorted(self.times, time, side="right")) - 1
        if place < 0:
            return 0.0, 0.0, 0.0, 0.0
        rows = (self.share, self.low, self.high, self.se)
        share, low, high, se = (float(row[place]) for row in rows)
        return share, low, high, se


def steps_of(times: ArrayLike, causes: ArrayLike, wanted: int) -> Steps:
    """Count who was at risk and what happened at each distinct time.

    `times` (n, not negative) and `causes` (n; 0 means that nothing more is known, 1 to `wanted` what
    happened). Raises ValueError for another shape, a time that is no duration or a cause that does not exist.
    """
    when, what = np.asarray(times, dtype=np.float64), np.asarray(causes)
    if when.ndim != 1 or when.shape != what.shape:
        raise ValueError(f"times, causes: shapes {when.shape} and {what.shape}, not one value each")
    wrong = ~np.isfinite(when) | (when < 0)
    if wrong.any():
        first = int(np.argmax(wrong))
        raise ValueError(f"times[{first}]: {when[first]} is not a duration")
    what = what.astype(np.int64)
    strange = (what < 0) | (what > wanted)
    if strange.any():
        first = int(np.argmax(strange))
        raise ValueError(f"causes[{first}]: {what[first]} is not between 0 and {wanted}")
    order = np.argsort(when, kind="stable")
    when, what = when[order], what[order]
    new = np.concatenate(([True], when[1:] != when[:-1])) if when.size else np.zeros(0, dtype=bool)
    first_of = np.flatnonzero(new)
    step = np.cumsum(new) - 1
    events = np.zeros((wanted, first_of.size))
    for cause in range(1, wanted + 1):
        events[cause - 1] = np.bincount(step[what == cause], minlength=first_of.size)
    return Steps(when[new], (when.size - first_of).astype(np.float64), events)


def kaplan_meier(times: ArrayLike, events: ArrayLike, *, level: float = 0.95) -> Curve:
    """The share still searching after each time (Kaplan and Meier 1958).

    `times` (n) and `events` (n, truthy where it happened). The interval is the exponential Greenwood one,
    on the scale of log(−log), so that it stays between 0 and 1. Raises ValueError as `steps_of`.
    """
    steps = steps_of(times, np.asarray(events).astype(bool).astype(np.int64), 1)
    happened = steps.events[0]
    share = np.cumprod(1.0 - happened / steps.at_risk)
    spread = np.cumsum(_greenwood(happened, steps.at_risk))
    low, high = _between(share, np.sqrt(spread), level)
    # At the very end, where all who were left met it, the curve touches 0 and has no interval.
    return Curve(steps.times, steps.at_risk, share, share * np.sqrt(spread), low, high)


def aalen_johansen(
    times: ArrayLike, causes: ArrayLike, *, wanted: int, level: float = 0.95
) -> tuple[Incidence, ...]:
    """For each of `wanted` causes the share that met it until each time (Aalen and Johansen 1978).

    `causes` (n) is 0 where nothing more is known. Causes compete: whoever met one meets no other. Several
    events may share a time. Variance by the delta method (Marubini and Valsecchi 1995, as in Collett 2015,
    §12.4), in one pass by prefix sums; intervals on the scale of log(−log). Raises ValueError as `steps_of`.
    """
    steps = steps_of(times, causes, wanted)
    risk, every = steps.at_risk, steps.events.sum(axis=0)
    before = np.concatenate(([1.0], np.cumprod(1.0 - every / risk)[:-1])) if risk.size else risk
    all_causes = _greenwood(every, risk)
    found = []
    for own in steps.events:
        share = np.minimum(np.cumsum(before * own / risk), 1.0)  # a sum may be rounded beyond
        # Σ (F − Fᵢ)² aᵢ + Σ bᵢ − 2 Σ (F − Fᵢ) cᵢ, its squares opened so that each sum is a running one.
        squares = share**2 * np.cumsum(all_causes) - 2 * share * np.cumsum(all_causes * share)
        squares += np.cumsum(all_causes * share**2)
        own_spread = np.cumsum(before**2 * own * (risk - own) / risk**3)
        weights = before * own / risk**2
        cross = share * np.cumsum(weights) - np.cumsum(weights * share)
        se = np.sqrt(np.maximum(squares + own_spread - 2 * cross, 0.0))
        relative = np.divide(se, share, out=np.zeros_like(se), where=share > 0)
        low, high = _between(share, relative, level)
        found.append(Incidence(steps.times, risk, share, se, low, high))
    return tuple(found)


def _greenwood(events: Floats, risk: Floats) -> Floats:
    """d / (n (n − d)), and 0 at the end, where all who are left meet it and nothing comes after."""
    left = risk - events
    return np.divide(events, risk * left, out=np.zeros_like(events), where=left > 0)


def _between(share: Floats, relative: Floats, level: float) -> tuple[Floats, Floats]:
    """An interval on the scale of log(−log) around shares, from their standard errors over themselves."""
    if not 0.0 < level < 1.0:
        raise ValueError(f"level: {level} is not between 0 and 1")
    inside = (share > ROUNDED) & (share < 1.0 - ROUNDED)
    safe = np.where(inside, share, 0.5)
    width = NormalDist().inv_cdf(0.5 + level / 2) * np.where(inside, relative, 0.0) / np.abs(np.log(safe))
    low = np.where(inside, safe ** np.exp(width), share)
    high = np.where(inside, safe ** np.exp(-width), share)
    return low, high
