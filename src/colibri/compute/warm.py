"""Compile every kernel once, so that the first plan of a new installation starts at once."""

from dataclasses import replace

import numpy as np

from colibri.compute.linking import Linker
from colibri.compute.pairing import Helpers, Seekers, fitting, pair
from colibri.compute.planning import Problem, solve
from colibri.compute.planning.day import open_day
from colibri.compute.reach import distinct

__all__ = ["warm"]


def warm() -> None:
    """Compile every kernel of the rooms, or load them from disk where that was done before.

    A few seconds the first time. The compiled code is kept beside the sources, or where
    NUMBA_CACHE_DIR says.
    """
    problem = Problem(
        audience_start=np.array([0, 2, 4]),
        audience_member=np.array([0, 1, 1, 2], dtype=np.uint32),
        member_class=np.zeros(3, dtype=np.int32),
        relevance=np.ones((2, 1), dtype=np.float32),
        attention=np.full(2, 0.5, dtype=np.float32),
        budget=np.full(2, 2, dtype=np.int32),
        appeal_cap=np.full(2, 2, dtype=np.int32),
        prior=np.ones(2),
        allowed=(np.array([0, 2, 4]), np.array([0, 1, 0, 1], dtype=np.int32)),
        member_cap=2,
    )
    solve(problem)
    row, cap, prior = problem.relevance[:1], problem.appeal_cap[:1], problem.prior[:1]
    open_day(replace(problem, relevance=row, appeal_cap=cap, prior=prior, allowed=None))  # one appeal
    one, none, share = np.ones(2, dtype=np.int64), np.zeros(2, dtype=np.int64), np.zeros(2)
    asking = Seekers(one, one, none, none, none, none, share, none - 1, none)
    pair(fitting(asking, Helpers(one, one, none, none, none, none, one, share, share)))
    distinct([one])
    Linker([("", "label")]).rank(["query"], 1)


if __name__ == "__main__":
    warm()
