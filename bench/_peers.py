"""Other programs on the same day, as they ship; what they do not know is applied afterwards.

Flow knows budgets but no overlap and no fairness; apricot and submodlib maximise Σ log(1 + gains) without
budgets, so each relay keeps its first boosts in their order. SCIP and CLARABEL solve the day with gains
counted alone, as an integer and as a divided one: their bounds are what the plan is held against.
"""

from collections.abc import Callable

import apricot
import cvxpy
import numpy as np
import pyscipopt
import submodlib
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from colibri.compute.planning import Problem
from colibri.compute.planning.day import open_day
from colibri.compute.planning.relaxation import single_gains
from colibri.compute.simulation.flow import most_flow

__all__ = ["PEERS", "Pairs", "divided_bound", "integer_bound"]

DENSE_MOST = 2_000_000

Pairs = tuple[NDArray[np.int32], NDArray[np.int32]]


def gains(problem: Problem) -> NDArray[np.float64]:
    """What every boost would bring alone (float64, R×A)."""
    return single_gains(problem, open_day(problem))


def by_apricot(problem: Problem) -> Pairs:
    """apricot's feature-based selection: pairs are elements, appeals are features, log their concave."""
    worth = gains(problem)
    elements, relay, appeal = _elements(worth)
    model = apricot.FeatureBasedSelection(_boosts(problem), concave_func="log", optimizer="lazy")
    model.fit(elements)
    return _within_budgets(problem, relay[model.ranking], appeal[model.ranking])


def by_submodlib(problem: Problem) -> Pairs:
    """submodlib's feature-based function of the same elements, with its lazy greedy.

    Version 0.0.3 takes dense features only and scales each of them to between 0 and 1.
    """
    worth = gains(problem)
    relay, appeal = (place.astype(np.int32) for place in np.nonzero(worth))
    if relay.size * problem.appeals > DENSE_MOST:
        raise MemoryError(f"{relay.size} × {problem.appeals} numbers in Python lists")
    features = np.zeros((relay.size, problem.appeals))
    features[np.arange(relay.size), appeal] = worth[relay, appeal]
    aim = submodlib.FeatureBasedFunction(
        n=relay.size, features=features.tolist(), numFeatures=problem.appeals, sparse=False
    )
    chosen = aim.maximize(budget=min(_boosts(problem), relay.size - 1), optimizer="LazyGreedy")
    order = np.array([place for place, _ in chosen])
    return _within_budgets(problem, relay[order], appeal[order])


def _elements(worth: NDArray[np.float64]) -> tuple[csr_matrix, NDArray[np.int32], NDArray[np.int32]]:
    relay, appeal = (place.astype(np.int32) for place in np.nonzero(worth))
    rows = np.arange(relay.size)
    return csr_matrix((worth[relay, appeal], (rows, appeal))), relay, appeal


def _boosts(problem: Problem) -> int:
    return int(np.minimum(problem.budget, problem.appeals).sum())


def _within_budgets(problem: Problem, relay: NDArray[np.int32], appeal: NDArray[np.int32]) -> Pairs:
    left = problem.budget.astype(np.int64)
    kept = np.zeros(relay.size, dtype=np.bool_)
    for place, one in enumerate(relay.tolist()):
        kept[place] = left[one] > 0
        left[one] -= int(kept[place])
    return relay[kept], appeal[kept]


def divided_bound(problem: Problem) -> float:
    """CLARABEL's optimum of Σ log(prior + gains) where boosts may be divided, through cvxpy."""
    worth = gains(problem)
    share = cvxpy.Variable(worth.shape, bounds=[0, 1])
    seen = problem.prior + cvxpy.sum(cvxpy.multiply(worth, share), axis=0)
    rules = [cvxpy.sum(share, axis=1) <= problem.budget]
    return float(cvxpy.Problem(cvxpy.Maximize(cvxpy.sum(cvxpy.log(seen))), rules).solve(solver="CLARABEL"))


def integer_bound(problem: Problem, seconds: float) -> float:
    """SCIP's bound on Σ log(prior + gains) with whole boosts, after so many seconds."""
    worth = gains(problem)
    model = pyscipopt.Model()
    model.hideOutput()
    model.setParam("limits/time", seconds)
    boosts = [[model.addVar(vtype="B") for _ in row] for row in worth]
    for row, budget in zip(boosts, problem.budget.tolist(), strict=True):
        model.addCons(pyscipopt.quicksum(row) <= budget)
    aims = []
    for appeal in range(problem.appeals):
        seen = model.addVar(lb=float(problem.prior[appeal]), ub=None)
        aim = model.addVar(lb=None, ub=None)
        brought = (worth[relay, appeal] * boosts[relay][appeal] for relay in range(problem.relays))
        model.addCons(seen <= float(problem.prior[appeal]) + pyscipopt.quicksum(brought))
        model.addCons(aim <= pyscipopt.log(seen))
        aims.append(aim)
    model.setObjective(pyscipopt.quicksum(aims), "maximize")
    model.optimize()
    return float(model.getDualbound())


PEERS: dict[str, Callable[[Problem], Pairs]] = {
    "ortools_min_cost_flow": most_flow,
    "apricot": by_apricot,
    "submodlib": by_submodlib,
}
