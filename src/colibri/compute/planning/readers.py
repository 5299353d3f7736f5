"""What the readers whom several relays share are shown: one list for each, all in one array.

A list begins with its length and the reader's class, so that a look at a reader is one look at memory, which
is what a large day spends its time on. Who follows one relay only needs no list, and is left out.
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
"""Most places that get four bytes each."""

MEMBER = np.dtype([("room", np.int32), ("follows", np.int32)])


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
    people = np.zeros(problem.members, dtype=MEMBER)
    start, member = problem.audience_start, problem.audience_member
    shared, places = _count(start, member, budget, problem.appeals, people)
    first = np.empty(problem.members, dtype=np.uint32 if places <= SHORT else np.int64)
    shown = np.zeros(places, dtype=SHOWN)
    _open(people, problem.member_class, first, shown)
    del people
    head = np.empty(shared, dtype=first.dtype)
    return Readers(_heads(start, member, first, head), head, shown)


@kernel
def _count(start: Any, member: Any, budget: Any, appeals: int, people: Any) -> tuple[int, int]:
    """How many follows are of readers with a list, and how long all lists can become at most."""
    for relay in range(start.size - 1):
        for spot in range(start[relay], start[relay + 1]):
            one = member[spot]
            people[one].room = min(people[one].room + budget[relay], appeals)
            people[one].follows += 1
    shared, places = 0, 1
    for one in range(people.size):
        if people[one].follows > 1:
            shared += people[one].follows
            places += 1 + people[one].room
    return shared, places


@kernel
def _open(people: Any, member_class: Any, first: Any, shown: Any) -> None:
    """Put down where each reader's list begins; 0: there is none."""
    place = 1
    for one in range(people.size):
        first[one] = 0
        if people[one].follows > 1:
            first[one] = place
            shown[place].kind = member_class[one]
            place += 1 + people[one].room


@kernel
def _heads(start: Any, member: Any, first: Any, head: Any) -> Any:
    begin = np.zeros(start.size, dtype=np.int64)
    place = 0
    for relay in range(start.size - 1):
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
