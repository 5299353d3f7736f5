"""Members numbered by class, so that a follow tells its class without a look at the member.

Members of one class get numbers one after the other, and each class begins at a multiple of 2^block: all but
the last `block` bits of a number then tell the class, by a table small enough for the processor's nearest
cache. Numbers left over at the end of a class are nobody's.
"""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.kernel import kernel
from colibri.compute.planning.problem import Problem

__all__ = ["SPARE", "Numbers", "number_by_class", "number_members"]

SPARE = 1 / 8
"""Most numbers that may be nobody's, as a share of the members."""


class Numbers(NamedTuple):
    """`number` (uint32, U) is each member's new number; `member_class` (int32) and `block` are as in
    `Problem`, of the members by their new numbers."""

    number: NDArray[np.uint32]
    member_class: NDArray[np.int32]
    block: int


def number_by_class(member_class: NDArray[np.int32]) -> Numbers:
    """Number U members by class, and in a class by the numbers they had, with blocks as large as may be."""
    count = np.bincount(member_class)
    block = 0
    while int(_room(count, block + 1).sum()) <= (1 + SPARE) * member_class.size:
        block += 1
        if 1 << block >= max(1, member_class.size):
            break
    room = _room(count, block)
    number = np.empty(member_class.size, dtype=np.uint32)
    _number(member_class, np.cumsum(room) - room, number)
    return Numbers(number, np.repeat(np.arange(count.size, dtype=np.int32), room), block)


def number_members(problem: Problem) -> Problem:
    """The same day with its members numbered by class, each audience in ascending order."""
    number, member_class, block = number_by_class(problem.member_class)
    member = number[problem.audience_member]
    for relay in range(problem.relays):
        member[problem.audience_start[relay] : problem.audience_start[relay + 1]].sort()
    shown = None
    if problem.shown is not None:
        shown = np.zeros(member_class.size, dtype=np.int32)
        shown[number] = problem.shown
    return replace(problem, audience_member=member, member_class=member_class, block=block, shown=shown)


def _room(count: NDArray[np.int64], block: int) -> NDArray[np.int64]:
    """How many numbers each class takes, in whole blocks."""
    return np.asarray((count + (1 << block) - 1) >> block << block)


@kernel
def _number(member_class: Any, first: Any, number: Any) -> None:
    for one in range(member_class.size):
        number[one] = first[member_class[one]]
        first[member_class[one]] += 1
