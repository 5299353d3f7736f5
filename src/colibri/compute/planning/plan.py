"""What a plan is, whichever way it was found."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.minimum import Shortfall

__all__ = ["Plan"]


@dataclass(frozen=True, eq=False)
class Plan:
    """Who relays whom, what it brings, and how far it can be from the best.

    `relay[i]` (int32) boosts `appeal[i]` (int32), in order of relay then appeal; `visibility`
    (float64, A) as `evaluate` says. `objective` is Σ log visibility for α = 1, and for any α the number A'
    of `carried` appeals (bool, A: some relay may carry them to somebody to whom they matter) times the
    logarithm of their mean (`fairness`), plus log prior of the others; `bound` is a proven upper bound on
    it for any plan. `ratio` = exp((objective − bound) / A'), 1 where there is none: the mean is at least
    this share of the best possible. `short` lists the appeals that cannot have their minimum, and why.
    `work` counts the looks the search took; `settled` says whether it ended because no step helped any more.
    """

    relay: NDArray[np.int32]
    appeal: NDArray[np.int32]
    visibility: NDArray[np.float64]
    objective: float
    bound: float
    ratio: float
    carried: NDArray[np.bool_]
    short: tuple[Shortfall, ...]
    work: int
    settled: bool
