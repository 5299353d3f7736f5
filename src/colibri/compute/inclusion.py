"""Whether a group is seen, helped and back at work as others are, told so that no line speaks of few."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from colibri.compute.survival import LEAST, Known, share_within, step_of

__all__ = ["Contrast", "Estimate", "apart", "below", "contrast", "part", "student", "typical"]

Floats = NDArray[np.float64]
Chosen = NDArray[np.bool_]
COARSE = 0.1
"""The step by which shares are rounded where even a tenth of a group is fewer than ten people."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """A group beside the others, as it may be told: people by tens, shares by `step_of` or by tenths.

    `seen` are typical numbers of people; `ratio` is the group's as a part of the others' (1: parity), by
    twentieths. `helped` and `back` are shares of the group and of the others; `helped_apart` and `back_apart`
    their difference (0: parity), None where fewer than ten on a side are known. `less` says that the interval
    of `ratio`, before it was rounded, lies below parity.
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


def contrast(
    member: Chosen,
    seen: Floats,
    helped: Chosen,
    known: Known,
    met: Collection[int],
    *,
    level: float = 0.95,
    least: int = LEAST,
) -> Contrast | None:
    """The group `member` (n) beside all others, by how many could have `seen` each (n), who was `helped` (n)
    and who `met` a cause within six months. None where fewer than `least` are on a side.
    """
    people, others = int(member.sum()), int((~member).sum())
    if min(people, others) < least:
        return None
    step = step_of(min(people, others)) or COARSE
    mine, theirs = (typical(seen[side], level=level) for side in (member, ~member))
    off = apart(mine, theirs)
    hands = [part(helped[side], level=level) for side in (member, ~member)]
    jobs = _back(member, known, met, level, least)
    return Contrast(
        people=below(people),
        others=below(others),
        seen=(_two_digits(math.expm1(mine.value)), _two_digits(math.expm1(theirs.value))),
        ratio=_rounded(Estimate(*(math.exp(one) for one in (off.value, off.low, off.high))), 0.05),
        helped=(_near(hands[0].value, step), _near(hands[1].value, step)),
        helped_apart=_rounded(apart(*hands), step),
        back=None if jobs is None else (_near(jobs[0].value, step), _near(jobs[1].value, step)),
        back_apart=None if jobs is None else _rounded(apart(*jobs), step),
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


def _two_digits(value: float) -> int:
    return int(float(f"{value:.2g}"))


def _near(value: float, step: float) -> float:
    return round(round(value / step) * step, 2)


def _rounded(found: Estimate, step: float) -> Estimate:
    """Rounded outwards at both ends."""
    return Estimate(
        _near(found.value, step),
        round(math.floor(found.low / step) * step, 2),
        round(math.ceil(found.high / step) * step, 2),
    )
