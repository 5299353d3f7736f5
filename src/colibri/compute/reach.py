"""How many distinct people could have seen something: exact unions of audiences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colibri.compute.classes import COUNT, unpack
from colibri.compute.planning.kernel import kernel

__all__ = ["Reach", "distinct", "reach_of"]

DRAWER = 2**15
"""About how many hashes share one drawer: their table stays in the processor's cache."""

DRAWERS_MOST = 10
"""Most binary digits that name a drawer; more drawers are slower to fill."""

SPREADING = np.uint64(0x9E3779B97F4A7C15)
"""An odd number (2⁶⁴ over the golden ratio): multiplying by it spreads hashes and merges none."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Distinct people of a union of audiences, and what is known of them.

    `recruiters` are known to recruit; `unknown` are those of whom neither trade family nor region is
    known and who are not known to recruit.
    """

    people: int
    recruiters: int
    unknown: int

    @property
    def share_unknown(self) -> float:
        """The part of the people of whom nothing is known; 0 where there is nobody."""
        return self.unknown / self.people if self.people else 0.0


def distinct(hashes: Sequence[NDArray[np.int64]]) -> int:
    """How many distinct values the 64-bit hashes hold together, exactly.

    They are put into drawers first, and each drawer into a table of its own; memory is twice that of the
    hashes. Signed or unsigned, all of one kind; raises ValueError otherwise.
    """
    return int(_count(_together(hashes), np.zeros(0, dtype=np.int32)).sum())


def reach_of(hashes: Sequence[NDArray[np.int64]], classes: Sequence[NDArray[np.int32]]) -> Reach:
    """Distinct people of the audiences, with recruiters and unknowns counted once each.

    `classes[i]` (int32, see `compute.classes`) goes with `hashes[i]`. Where one person has two
    classes (an audience read again later), the larger one counts, so that knowing wins over not
    knowing. Raises ValueError where lengths differ or a class does not exist.
    """
    if [len(one) for one in hashes] != [len(one) for one in classes]:
        raise ValueError("classes: one for each hash of each audience was expected")
    together = _together(hashes)
    if not together.size:
        return Reach(people=0, recruiters=0, unknown=0)
    kinds = np.concatenate(list(classes)).astype(np.int32, copy=False)
    unpack([kinds.min(), kinds.max()])
    count = _count(together, kinds)
    _, _, recruits = unpack(np.arange(COUNT))
    return Reach(people=int(count.sum()), recruiters=int(count[recruits].sum()), unknown=int(count[0]))


def _together(hashes: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    kinds = {np.asarray(one).dtype for one in hashes}
    if kinds - {np.dtype(np.int64)} and kinds - {np.dtype(np.uint64)}:
        raise ValueError(f"hashes: expected int64 or uint64, all of one kind, not {sorted(map(str, kinds))}")
    if not hashes:
        return np.empty(0, dtype=np.int64)
    return np.concatenate(list(hashes))


def _count(hashes: NDArray[Any], kinds: NDArray[np.int32]) -> NDArray[np.int64]:
    """How many distinct hashes have each kind (int64, COUNT), their largest; without kinds all have 0."""
    digits = min(DRAWERS_MOST, max(1, (hashes.size // DRAWER).bit_length()))
    count = np.zeros(COUNT, dtype=np.int64)
    start, ordered, beside = _put_away(hashes.view(np.uint64), kinds, digits)
    _meet(start, ordered, beside, digits, count)
    return count


@kernel
def _put_away(hashes: Any, kinds: Any, digits: int) -> Any:
    """Spread hashes, in order of drawer, their kinds beside them; where each drawer starts comes first."""
    shift = np.uint64(64 - digits)
    start = np.zeros((1 << digits) + 1, dtype=np.int64)
    for one in hashes:
        start[np.int64((one * SPREADING) >> shift)] += 1
    total = 0
    for drawer in range(start.size):
        total += int(start[drawer])
        start[drawer] = total  # where it ends: filled from the back, it is where it starts
    ordered, beside = np.empty_like(hashes), np.empty_like(kinds)
    for place in range(hashes.size - 1, -1, -1):
        spread = hashes[place] * SPREADING
        home = np.int64(spread >> shift)
        start[home] -= 1
        ordered[start[home]] = spread
        if kinds.size:
            beside[start[home]] = kinds[place]
    return start, ordered, beside


@kernel
def _meet(start: Any, hashes: Any, kinds: Any, digits: int, count: Any) -> None:
    """Count the distinct hashes of each drawer by their largest kind: open addressing, half full at most."""
    most = 1
    for drawer in range(start.size - 1):
        most = max(most, int(start[drawer + 1] - start[drawer]))
    width = 1
    while (1 << width) < 2 * most:
        width += 1
    shift, mask = np.uint64(64 - digits - width), (1 << width) - 1
    table = np.empty(1 << width, dtype=np.uint64)  # 0: empty, for 0 itself is kept beside
    known = np.zeros(1 << width if kinds.size else 0, dtype=np.int32)
    zero = -1
    for drawer in range(start.size - 1):
        table[:] = 0
        for place in range(start[drawer], start[drawer + 1]):
            one = hashes[place]
            kind = int(kinds[place]) if kinds.size else 0
            if one == 0:
                zero = max(zero, kind)
                continue
            spot = np.int64(one >> shift) & mask
            while table[spot] != 0 and table[spot] != one:
                spot = (spot + 1) & mask
            if table[spot] == 0:
                table[spot] = one
                count[kind] += 1
                if kinds.size:
                    known[spot] = kind
            elif kinds.size and kind > known[spot]:
                count[known[spot]] -= 1
                count[kind] += 1
                known[spot] = kind
    if zero >= 0:
        count[zero] += 1
