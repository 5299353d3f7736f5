"""Which pairs may be, what each is worth, and why."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colibri.compute.pairing.people import ANY, Helpers, Seekers, Weights

__all__ = ["Candidates", "fitting", "reasons"]

GOOD_ANSWERS = 0.8
LONG_WAIT = 7.0
"""Days after which waiting is told as a reason."""


@dataclass(frozen=True, eq=False)
class Candidates:
    """Every pair that may be: those of seeker i stand from start[i] to start[i + 1], the best first.

    `helper` (int32) and `fit` (int32, points above 0) go together; `urgency` (int64, N) is added to every
    pair of a seeker; `places` (int64, M) is how many each helper takes.
    """

    start: NDArray[np.int64]
    helper: NDArray[np.int32]
    fit: NDArray[np.int32]
    urgency: NDArray[np.int64]
    places: NDArray[np.int64]

    @property
    def seekers(self) -> int:
        """How many seekers, N."""
        return int(self.urgency.size)

    @property
    def nobody(self) -> NDArray[np.int64]:
        """Seekers whom no helper could help, however free."""
        found: NDArray[np.int64] = np.flatnonzero(np.diff(self.start) == 0)
        return found


def fitting(
    seekers: Seekers,
    helpers: Helpers,
    weights: Weights | None = None,
    *,
    apart: NDArray[np.int64] | None = None,
) -> Candidates:
    """Weigh every pair that may be: the kind of help is offered, a language shared, the trade where it is
    needed, and the two not kept `apart` (int64, K×2, pairs of seeker and helper). Hours and regions are
    wishes, no walls. Helpers without a place count as able, so that `nobody` is true whatever the week.

    Raises ValueError for a `known` or an `apart` outside, with its index.
    """
    weights = weights or Weights()
    for index in np.flatnonzero(seekers.known >= helpers.count)[:1]:
        raise ValueError(f"known[{index}]: {seekers.known[index]} is none of the {helpers.count} helpers")
    kept_apart = _by_seeker(apart, seekers.count, helpers.count)
    own = _of_helpers(helpers, weights)
    found, points = [], []
    for seeker in range(seekers.count):
        able = _able(seekers, seeker, helpers)
        if seeker in kept_apart:
            able[kept_apart[seeker]] = False
        chosen = np.flatnonzero(able)
        worth = own[chosen] + _shared(seekers, seeker, helpers, chosen, weights)
        best_first = np.argsort(-worth, kind="stable")
        found.append(chosen[best_first].astype(np.int32))
        points.append(worth[best_first].astype(np.int32))
    start = np.zeros(seekers.count + 1, dtype=np.int64)
    np.cumsum([one.size for one in found], out=start[1:])
    nothing = np.empty(0, dtype=np.int32)
    return Candidates(
        start,
        np.concatenate([nothing, *found]),
        np.concatenate([nothing, *points]),
        weights.urgency(seekers.waited),
        helpers.places,
    )


def reasons(seekers: Seekers, helpers: Helpers, seeker: int, helper: int) -> tuple[str, ...]:
    """Why these two, in codes: known, trade, family, region, hours, answers, free, waited.

    Weightiest first; the rooms put them into words. Raises IndexError outside.
    """
    domain, family = int(seekers.domain[seeker]), int(seekers.family[seeker])
    told = {
        "known": seekers.known[seeker] == helper,
        "trade": domain > 0 and domain == helpers.domain[helper],
        "region": seekers.region[seeker] > 0 and seekers.region[seeker] == helpers.region[helper],
        "hours": bool(seekers.hours[seeker] & helpers.hours[helper]),
        "answers": helpers.answers[helper] >= GOOD_ANSWERS,
        "free": helpers.load[helper] == 0.0,
        "waited": seekers.waited[seeker] >= LONG_WAIT,
    }
    found = [code for code, true in told.items() if true]
    if "trade" not in found and family > 0 and int(helpers.families[helper]) >> family & 1:
        found.insert(1 if "known" in found else 0, "family")
    return tuple(found)


def _able(seekers: Seekers, seeker: int, helpers: Helpers) -> NDArray[np.bool_]:
    able: NDArray[np.bool_] = (helpers.kinds & seekers.kind[seeker]) != 0
    able &= (helpers.languages & seekers.languages[seeker]) != 0
    if seekers.own_trade[seeker]:
        bit = 1 << int(seekers.family[seeker])
        of_trade = (helpers.domain == seekers.domain[seeker]) & (helpers.domain > 0)
        able &= of_trade | ((helpers.families & bit) != 0 if seekers.family[seeker] else of_trade)
    return able


def _of_helpers(helpers: Helpers, weights: Weights) -> NDArray[np.int64]:
    """What each helper brings to whomever: places free."""
    whole: NDArray[np.int64] = np.floor(weights.base + weights.free * (1.0 - helpers.load)).astype(np.int64)
    return whole


def _shared(
    seekers: Seekers, seeker: int, helpers: Helpers, chosen: NDArray[np.int64], weights: Weights
) -> NDArray[np.int64]:
    points = np.zeros(chosen.size, dtype=np.int64)
    family, domain, region = (int(one[seeker]) for one in (seekers.family, seekers.domain, seekers.region))
    if family:
        points += weights.family * (helpers.families[chosen] >> family & 1)
    if domain:
        points[helpers.domain[chosen] == domain] = weights.domain
    if region:
        points += weights.region * (helpers.region[chosen] == region)
    hours = int(seekers.hours[seeker])
    theirs = helpers.hours[chosen]
    met = (theirs & hours) != 0 if hours != ANY else np.zeros(chosen.size, dtype=np.bool_)
    points += weights.hours * (met | (theirs == ANY) | (hours == ANY))
    points += weights.known * (chosen == seekers.known[seeker])
    surely = weights.answers * (1.0 + seekers.waited[seeker] / weights.patience)
    points += np.floor(surely * helpers.answers[chosen]).astype(np.int64)
    return points


def _by_seeker(apart: NDArray[np.int64] | None, seekers: int, helpers: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    if apart is None:
        return found
    pairs = np.asarray(apart, dtype=np.int64).reshape(-1, 2)
    outside = (pairs < 0) | (pairs >= np.array([seekers, helpers]))
    if outside.any():
        row = int(np.argmax(outside.any(axis=1)))
        raise ValueError(f"apart[{row}]: {pairs[row].tolist()} is not a seeker and a helper")
    for seeker, helper in pairs.tolist():
        found.setdefault(seeker, []).append(helper)
    return found
