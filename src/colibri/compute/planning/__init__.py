"""Who relays whom: a fair plan with exact overlap, and the proof of how good it is.

`Problem` holds a day's arrays, `solve` makes a `Plan`, `evaluate` says what any plan brings and
`check` whether it keeps to the rules.
"""

from colibri.compute.planning.problem import PRIOR_LEAST, Problem
from colibri.compute.planning.solver import PAIRS_MOST, WORK_LIMIT, Plan, solve
from colibri.compute.planning.visibility import check, evaluate

__all__ = ["PAIRS_MOST", "PRIOR_LEAST", "WORK_LIMIT", "Plan", "Problem", "check", "evaluate", "solve"]
