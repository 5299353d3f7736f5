"""When to boost: while an audience is awake, within a relay's hours, one message not twice in a row."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["CHOICES", "HOURS", "USUAL", "active_hours", "choices", "schedule"]

HOURS = 24
USUAL = np.array(
    [0.5, 0.3, 0.2, 0.2, 0.2, 0.3, 0.6, 0.9, 1.1, 1.1, 1.0, 1.0,
     1.2, 1.2, 1.0, 0.9, 0.9, 1.1, 1.3, 1.5, 1.6, 1.6, 1.3, 0.8]
)  # fmt: skip
"""How active people are at each local hour where nothing was measured: asleep at night, awake at noon,
most of them in the evening. An assumption; only the proportions matter.
"""
PRIOR_POSTS = 3.0
"""For how many posts the usual hour counts beside those that were measured."""
CHOICES = 5
"""Moments looked at within one boost's share of the hours."""
_FROM_MIDDLE = sorted(range(CHOICES), key=lambda place: abs(place - CHOICES // 2))


def active_hours(posts: ArrayLike, interactions: ArrayLike) -> NDArray[np.float64]:
    """How active an audience is at each hour (float64, 24; their mean is 1).

    `posts` and `interactions` (24 each) count a relay's own recent posts by the local hour in which they
    were written, and what they received: interactions per post, shrunk towards the usual shape. Raises
    ValueError for other lengths or a negative number.
    """
    written, received = np.asarray(posts, np.float64), np.asarray(interactions, np.float64)
    if written.shape != (HOURS,) or received.shape != (HOURS,):
        raise ValueError("posts, interactions: expected one number for each hour")
    if (written < 0).any() or (received < 0).any():
        raise ValueError("posts, interactions: a count is negative")
    total = written.sum()
    mean = received.sum() / total if total else 0.0
    usual: NDArray[np.float64] = USUAL / USUAL.mean()
    if mean == 0.0:
        return usual
    rate = (received + PRIOR_POSTS * mean * usual) / (written + PRIOR_POSTS)
    active: NDArray[np.float64] = rate / rate.mean()
    return active


def choices(active: NDArray[np.float64], first: float, last: float, boosts: int) -> NDArray[np.float64]:
    """Moments for each of a relay's `boosts` between two hours (float64, boosts × CHOICES).

    As much activity lies between any two neighbours; a row is one boost's share. Hours go from 0 and may
    go beyond 24 into the next day. Raises ValueError for an empty span.
    """
    if not first < last or boosts < 1:
        raise ValueError(f"from {first} to {last} there is no time for {boosts}")
    edges = np.unique(np.concatenate(([first, last], np.arange(np.floor(first) + 1, last))))
    weight = np.diff(edges) * active[np.floor(edges[:-1]).astype(int) % HOURS]
    reached = np.concatenate(([0.0], np.cumsum(weight)))
    count = boosts * CHOICES
    wanted = (np.arange(count) + 0.5) / count * reached[-1]
    found: NDArray[np.float64] = np.interp(wanted, reached, edges).reshape(boosts, CHOICES)
    return found


def schedule(
    moments: Sequence[NDArray[np.float64]], appeals: Sequence[Sequence[int]], *, pause: float
) -> list[list[float]]:
    """The hour of each boost: `result[r][i]` is when relay r boosts `appeals[r][i]`.

    `moments[r]` (see `choices`) has one row for each of the relay's appeals. Relay after relay, each row
    is given the appeal and keeps the moment that lie furthest from the same appeal's other boosts, up to
    `pause` hours: whoever follows two of these relays does not meet one message twice in a row.
    """
    taken: dict[int, list[float]] = {}
    result: list[list[float]] = []
    for shares, wanted in zip(moments, appeals, strict=True):
        times = [0.0] * len(wanted)
        left = list(range(len(wanted)))
        for share in shares[:, _FROM_MIDDLE].tolist():
            chosen, moment = _furthest(share, left, wanted, taken, pause)
            times[chosen] = moment
            taken.setdefault(wanted[chosen], []).append(moment)
            left.remove(chosen)
        result.append(times)
    return result


def _furthest(
    moments: list[float],
    left: list[int],
    wanted: Sequence[int],
    taken: dict[int, list[float]],
    pause: float,
) -> tuple[int, float]:
    """Which appeal, and when: of choices as good the first, nearest the middle of its share."""
    best, found = -1.0, (left[0], moments[0])
    for moment in moments:
        for one in left:
            apart = min(_distance(taken.get(wanted[one], ()), moment), pause)
            if apart > best:
                best, found = apart, (one, moment)
    return found


def _distance(times: Sequence[float], moment: float) -> float:
    return min((abs(moment - one) for one in times), default=np.inf)
