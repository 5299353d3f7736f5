"""Whether a group is seen, helped and back at work as others are, told so that no line speaks of few."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from colibri.compute.survival import LEAST, Known, share_within, step_of

__all__ = ["Contrast", "Estimate", "apart", "below", "contrast", "part", "sides", "student", "typical"]

Floats = NDArray[np.float64]
Chosen = NDArray[np.bool_]
COARSE = 0.25
"""The step by which shares are rounded where even a tenth of a group is fewer than ten people."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """A group beside the others, as it may be told: people by tens, all else by steps of about ten people.

    `seen` are typical numbers of people; `ratio` is the group's as a part of the others' (1: parity).
    `helped` and `back` are shares of both; `helped_apart` and `back_apart` their difference (0: parity), None
    where too few on a side are known. `less` says that the interval of `ratio`, before it was rounded, lies
    below parity.
    """

    people: int
    others: int
    seen: tuple[int, int]
    ratio: Estimate
    helped: tuple[float, float]
    helped_apart: Estimate
    back: tuple[float, float] | None
    back_apart: Estimate | None
    less: bool


def student(level: float, freedom: int) -> float:
    """The two-sided quantile of Student's t, by Cornish and Fisher (Abramowitz and Stegun 26.7.5).

    Off by less than 0.2 % from nine degrees of freedom on, for levels up to 0.999.
    """
    z = NormalDist().inv_cdf(0.5 + level / 2)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
    )
    return math.fsum(term / freedom**power for power, term in enumerate(terms))


def typical(values: Floats, *, level: float = 0.95) -> Estimate:
    """The mean of log(1 + value) of at least two values (n), with Student's interval: few seen by very many
    do not stand for all, and nobody seen counts too.
    """
    logs = np.log1p(values)
    mean, spread = float(logs.mean()), float(logs.std(ddof=1))
    half = student(level, logs.size - 1) * spread / math.sqrt(logs.size)
    return Estimate(mean, mean - half, mean + half)


def part(yes: Chosen, *, level: float = 0.95) -> Estimate:
    """The share of true among `yes` (n ≥ 1), with Wilson's interval."""
    share, number, z = float(yes.mean()), yes.size, NormalDist().inv_cdf(0.5 + level / 2)
    centre = (share + z * z / (2 * number)) / (1 + z * z / number)
    half = z * math.sqrt(share * (1 - share) / number + (z / (2 * number)) ** 2) / (1 + z * z / number)
    return Estimate(share, min(centre - half, share), max(centre + half, share))


def apart(group: Estimate, others: Estimate) -> Estimate:
    """Their difference, with the interval that follows from both (Newcombe 1998, Zou and Donner 2008)."""
    off = group.value - others.value
    return Estimate(
        off,
        off - math.hypot(group.value - group.low, others.high - others.value),
        off + math.hypot(group.high - group.value, others.value - others.low),
    )


def below(number: int, *, step: int = LEAST) -> int:
    """So many whole tens: one person more or fewer seldom shows, and never who."""
    return number - number % step


def sides(who: Mapping[int, bool], everybody: int) -> dict[int, bool]:
    """Who is of a group or of the others, by their place among `everybody`, as it may be counted.

    Where one to nine are of neither, the last ones known are left out until they are ten: all less both sides
    would speak of those few.
    """
    neither = everybody - len(who)
    kept = everybody - LEAST if 0 < neither < LEAST else len(who)
    return {place: who[place] for place in sorted(who)[: max(kept, 0)]}


def contrast(
    member: Chosen,
    seen: Floats,
    helped: Chosen,
    known: Known,
    met: Collection[int],
    *,
    chance: np.random.Generator,
    level: float = 0.95,
    least: int = LEAST,
) -> Contrast | None:
    """The group `member` (n) beside all others, by how many could have `seen` each (n), who was `helped` (n)
    and who `met` a cause within six months. None where fewer than `least` are on a side.

    Each number goes to the step below or above by `chance`, the nearer one more often, so that one person
    more or fewer moves no number for certain.
    """
    people, others = int(member.sum()), int((~member).sum())
    if min(people, others) < least:
        return None
    by = _Steps(step_of(min(people, others)) or COARSE, chance)
    mine, theirs = (typical(seen[side], level=level) for side in (member, ~member))
    off = apart(mine, theirs)
    hands = [part(helped[side], level=level) for side in (member, ~member)]
    jobs = _back(member, known, met, level, least)
    return Contrast(
        people=by.tens(people),
        others=by.tens(others),
        seen=(by.grown(mine.value), by.grown(theirs.value)),
        ratio=by.span(Estimate(*(math.exp(one) for one in (off.value, off.low, off.high))), least=0.0),
        helped=(by.near(hands[0].value), by.near(hands[1].value)),
        helped_apart=by.span(apart(*hands)),
        back=None if jobs is None else (by.near(jobs[0].value), by.near(jobs[1].value)),
        back_apart=None if jobs is None else by.span(apart(*jobs)),
        less=off.high < 0,
    )


def _back(
    member: Chosen, known: Known, met: Collection[int], level: float, least: int
) -> tuple[Estimate, Estimate] | None:
    """Shares back at work on both sides, None where too few are known on one."""
    found = []
    for side in (member, ~member):
        if int((known.times[side] > 0).sum()) < least:
            return None
        share = share_within(known.only(side), met, level=level)
        found.append(Estimate(share.share, share.low, share.high))
    return found[0], found[1]


@dataclass(frozen=True, slots=True)
class _Steps:
    """Rounding to whole steps, up or down by chance."""

    step: float
    chance: np.random.Generator

    def near(self, value: float) -> float:
        return round(math.floor(value / self.step + self.chance.random()) * self.step, 2)

    def tens(self, number: int) -> int:
        return LEAST * math.floor(number / LEAST + self.chance.random())

    def grown(self, logarithm: float) -> int:
        """What `typical` is the logarithm of, by factors of a step, in two digits."""
        return int(float(f"{math.expm1(max(self.near(logarithm), 0.0)):.2g}"))

    def span(self, found: Estimate, *, least: float = -1.0) -> Estimate:
        """The interval goes outwards at both ends; nothing lies below `least`."""
        low = math.floor(found.low / self.step - self.chance.random()) * self.step
        high = math.ceil(found.high / self.step + self.chance.random()) * self.step
        return Estimate(self.near(found.value), round(max(low, least), 2), round(high, 2))
