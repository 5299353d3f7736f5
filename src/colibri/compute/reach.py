"""How many distinct people could have seen something: exact unions of audiences."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colibri.compute.classes import unpack

__all__ = ["Reach", "distinct", "reach_of"]


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

    One sort of all of them and a count of changes: memory is twice that of the hashes, and np.unique,
    which hashes integers, takes many times as long. Signed or unsigned, all of one kind; raises
    ValueError otherwise.
    """
    together = _together(hashes)
    together.sort()
    return _changes(together)


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
    kinds = np.concatenate(list(classes))
    order = np.argsort(together)
    together, kinds = together[order], kinds[order]
    first = np.flatnonzero(np.concatenate(([True], together[1:] != together[:-1])))
    kinds = np.maximum.reduceat(kinds, first)
    _, _, recruits = unpack(kinds)
    return Reach(
        people=int(first.size), recruiters=int(recruits.sum()), unknown=int(np.count_nonzero(kinds == 0))
    )


def _together(hashes: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    kinds = {np.asarray(one).dtype for one in hashes}
    if kinds - {np.dtype(np.int64)} and kinds - {np.dtype(np.uint64)}:
        raise ValueError(f"hashes: expected int64 or uint64, all of one kind, not {sorted(map(str, kinds))}")
    if not hashes:
        return np.empty(0, dtype=np.int64)
    return np.concatenate(list(hashes))


def _changes(ordered: NDArray[np.int64]) -> int:
    return int(np.count_nonzero(ordered[1:] != ordered[:-1])) + 1 if ordered.size else 0
