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

SHORT = 2**32
"""Fewest places that need more than four bytes each."""

ANOTHER = 2**40
"""One relay more, beside boosts: more than anybody can be given."""


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
    longest = problem.appeals if problem.member_cap is None else min(problem.appeals, problem.member_cap)
    room = np.zeros(problem.members, dtype=np.int64)
    _count(start, member, budget, room)
    shared, places = _places(room, longest)
    first = np.zeros(problem.members, dtype=np.uint32 if places < SHORT else np.int64)
    shown = np.empty(places, dtype=SHOWN)
    _open(problem.member_class, room, first, shown)
    del room
    head = np.empty(shared + 1, dtype=first.dtype)
    return Readers(_heads(start, member, budget, first, head), head[:shared], shown)


@kernel
def _count(start: Any, member: Any, budget: Any, room: Any) -> None:
    """Add up what each reader's relays give, and in the upper bits how many of them give anything.

    Here and in `_heads` no step waits for what another one read, and the processor makes them side by
    side.
    """
    for relay in range(start.size - 1):
        gives = budget[relay]
        if gives > 0:
            for spot in range(start[relay], start[relay + 1]):
                room[member[spot]] += ANOTHER + gives


@kernel
def _places(room: Any, longest: int) -> tuple[int, int]:
    """Put down how long each reader's list can become; how many follows are of readers with a list, and how
    long all lists can become."""
    shared, places = 0, 1
    for one in range(room.size):
        relays = room[one] // ANOTHER
        room[one] = min(room[one] - relays * ANOTHER, longest) if relays > 1 else 0
        if relays > 1:
            shared += relays
            places += 1 + room[one]
    return shared, places


@kernel
def _open(member_class: Any, room: Any, first: Any, shown: Any) -> None:
    """Put down where each reader's list begins; 0: there is none."""
    place = 1
    for one in range(room.size):
        if room[one] > 0:
            first[one] = place
            shown[place].count = 0
            shown[place].kind = member_class[one]
            place += 1 + room[one]


@kernel
def _heads(start: Any, member: Any, budget: Any, first: Any, head: Any) -> Any:
    """Fill `head`, whose last place is spare; where each relay's readers begin in it."""
    begin = np.zeros(start.size, dtype=np.int64)
    place = 0
    for relay in range(start.size - 1):
        if budget[relay] > 0:
            for spot in range(start[relay], start[relay + 1]):
                one = first[member[spot]]
                head[place] = one
                place += one > 0
        begin[relay + 1] = place
    return begin


@kernel
def place_on(shown: Any, begin: Any, end: Any, appeal: Any) -> int:
    """Where an appeal stands from `begin` to before `end`, -1 where it does not."""
    for place in range(begin, end):
        if shown[place].appeal == appeal:
            return int(place)
    return -1
