"""How people find each other without pairing, to compare with: nobody looks at anybody but themselves."""

import numpy as np
from numpy.typing import NDArray

from colibri.compute.pairing.fit import Candidates

__all__ = ["at_random", "first_come"]


def first_come(candidates: Candidates, waited: NDArray[np.float64]) -> NDArray[np.int32]:
    """Who waited longest chooses first, the helper who fits best among those still free (int32, N)."""
    return _in_turn(candidates, np.argsort(-waited, kind="stable"), None)


def at_random(candidates: Candidates, *, seed: int = 0) -> NDArray[np.int32]:
    """In an order drawn by lot, each gets a helper drawn among those still free (int32, N)."""
    rng = np.random.default_rng(seed)
    return _in_turn(candidates, rng.permutation(candidates.seekers), rng)


def _in_turn(
    candidates: Candidates, order: NDArray[np.int64], rng: np.random.Generator | None
) -> NDArray[np.int32]:
    places = candidates.places.copy()
    match = np.full(candidates.seekers, -1, dtype=np.int32)
    for seeker in order.tolist():
        edges = slice(candidates.start[seeker], candidates.start[seeker + 1])
        free = np.flatnonzero(places[candidates.helper[edges]] > 0)
        if not free.size:
            continue
        chosen = free[np.argmax(candidates.fit[edges][free])] if rng is None else rng.choice(free)
        match[seeker] = candidates.helper[edges][chosen]
        places[match[seeker]] -= 1
    return match
