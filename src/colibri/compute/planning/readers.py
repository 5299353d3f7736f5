"""What the readers whom several relays share are shown: one list for each, all in one array.

A list begins with its length and the reader's class, so that a look at a reader is one look at memory, which
is what a large day spends its time on. Who follows only one relay that has boosts needs no list, and is left
out.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.kernel import kernel
from colibri.compute.planning.problem import Problem

__all__ = ["SHOWN", "Readers", "no_readers", "open_readers", "place_on"]

SHOWN = np.dtype(
    {
        "names": ["appeal", "saw", "count", "kind"],
        "formats": [np.int32, np.float32, np.int32, np.int32],
        "offsets": [0, 4, 0, 4],
        "itemsize": 8,
    }
)
"""On a list: an appeal, and the reader's relevance to it times the chance of having seen it. At its head, in
the same eight bytes: how many appeals are on it, and the reader's class."""

SHORT = 2**31
"""Most places that get four bytes each."""


class Readers(NamedTuple):
    """`head` (uint32 or int64) says where the lists of relay r's readers begin in `shown`, from `start[r]`
    (int64, R+1) on."""

    start: NDArray[np.int64]
    head: NDArray[Any]
    shown: NDArray[np.void]  # of SHOWN


def no_readers() -> Readers:
    """Where overlap is left out."""
    return Readers(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=SHOWN))


def open_readers(problem: Problem, budget: NDArray[np.int64]) -> Readers:
    """Empty lists with room for every boost of the relays whom each reader follows."""
    start, member = problem.audience_start, problem.audience_member
    most = 1 + problem.members + int(budget @ np.diff(start))
    first = np.zeros(problem.members, dtype=np.int32 if most < SHORT else np.int64)
    longest = problem.appeals if problem.member_cap is None else min(problem.appeals, problem.member_cap)
    follows = _count(start, member, budget, longest, first)
    shared, places = _places(first, follows)
    shown = np.empty(places, dtype=SHOWN)
    _open(problem.member_class, first, shown)
    head = np.empty(shared, dtype=np.uint32 if first.itemsize == 4 else np.int64)
    return Readers(_heads(start, member, budget, first, head), head, shown)


@kernel
def _count(start: Any, member: Any, budget: Any, longest: int, first: Any) -> int:
    """Fill `first` with how long each reader's list can become at most, negative where one relay has boosts
    for them; how many follows there are of relays that have boosts."""
    follows = 0
    for relay in range(start.size - 1):
        gives = budget[relay]
        if gives == 0:
            continue
        follows += start[relay + 1] - start[relay]
        for spot in range(start[relay], start[relay + 1]):
            one = member[spot]
            room = np.int64(first[one])
            first[one] = min(abs(room) + gives, longest) if room else -gives
    return follows


@kernel
def _places(first: Any, follows: int) -> tuple[int, int]:
    """How many follows are of readers with a list, and how long all lists can become."""
    places = 1
    for one in range(first.size):
        if first[one] > 0:
            places += 1 + first[one]
        elif first[one] < 0:
            follows -= 1
    return follows, places


@kernel
def _open(member_class: Any, first: Any, shown: Any) -> None:
    """Put down where each reader's list begins in place of how long it can become; 0: there is none."""
    place = 1
    for one in range(first.size):
        room = first[one]
        first[one] = 0
        if room > 0:
            first[one] = place
            shown[place].count = 0
            shown[place].kind = member_class[one]
            place += 1 + room


@kernel
def _heads(start: Any, member: Any, budget: Any, first: Any, head: Any) -> Any:
    begin = np.zeros(start.size, dtype=np.int64)
    place = 0
    for relay in range(start.size - 1):
        if budget[relay] > 0:
            for spot in range(start[relay], start[relay + 1]):
                one = first[member[spot]]
                if one > 0:
                    head[place] = one
                    place += 1
        begin[relay + 1] = place
    return begin


@kernel
def place_on(shown: Any, begin: Any, end: Any, appeal: Any) -> int:
    """Where an appeal stands from `begin` to before `end`, -1 where it does not."""
    for place in range(begin, end):
        if shown[place].appeal == appeal:
            return int(place)
    return -1
