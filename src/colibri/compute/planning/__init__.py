"""Who relays whom: a fair plan with exact overlap, and the proof of how good it is.

`Problem` holds a day's arrays, `solve` makes a `Plan`, `evaluate` says what any plan brings and
`check` whether it keeps to the rules. `unaided`, `most_followed_first`, `round_robin` and
`at_random` are what to compare with.
"""

from colibri.compute.planning.baselines import (
    at_random,
    least_shared_first,
    most_followed_first,
    round_robin,
    unaided,
)
from colibri.compute.planning.minimum import Shortfall
from colibri.compute.planning.plan import Plan
from colibri.compute.planning.problem import PRIOR_LEAST, Problem
from colibri.compute.planning.solver import PAIRS_MOST, PROOF_LIMIT, WORK_LIMIT, solve
from colibri.compute.planning.visibility import check, evaluate
from colibri.compute.planning.wide import solve_wide

__all__ = [
    "PAIRS_MOST",
    "PRIOR_LEAST",
    "PROOF_LIMIT",
    "WORK_LIMIT",
    "Plan",
    "Problem",
    "Shortfall",
    "at_random",
    "check",
    "evaluate",
    "least_shared_first",
    "most_followed_first",
    "round_robin",
    "solve",
    "solve_wide",
    "unaided",
]
