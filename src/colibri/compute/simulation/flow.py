"""Min-cost flow: the most visibility as if no two boosts reached the same person. Needs OR-tools."""

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from colibri.compute.planning import Problem
from colibri.compute.simulation.policies import Pairs, Policy

__all__ = ["FLOW", "most_flow"]

PRECISION = 10_000
"""Costs of the flow are whole numbers: visibility in so many parts of the largest gain."""


def most_flow(problem: Problem) -> Pairs:
    """All boosts that fit, and of those the set with most visibility in sum, each boost counted alone.

    A transport problem from relays (at most `budget`) to appeals (at most `appeal_cap`) over the pairs
    allowed, solved exactly by OR-tools' cost-scaling min-cost flow. It sees neither overlap of audiences
    nor what an appeal received before, and keeps no `member_cap`.
    """
    relay, appeal = _pairs(problem)
    worth = _alone(problem)[relay, appeal]
    top = float(worth.max(initial=0.0)) or 1.0
    relays, appeals = problem.relays, problem.appeals
    source, sink = relays + appeals, relays + appeals + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    tails = np.concatenate([np.full(relays, source), relay, relays + np.arange(appeals)])
    heads = np.concatenate([np.arange(relays), relays + appeal, np.full(appeals, sink)])
    capacity = np.concatenate([problem.budget, np.ones(relay.size, np.int64), problem.appeal_cap])
    cost = np.concatenate([np.zeros(relays), -np.round(PRECISION * worth / top), np.zeros(appeals)])
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacity, cost.astype(np.int64))
    most = int(min(problem.budget.sum(), problem.appeal_cap.sum()))
    flow.set_nodes_supplies(np.array([source, sink]), np.array([most, -most]))
    status = flow.solve_max_flow_with_min_cost()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"min-cost flow: {status}")
    chosen = flow.flows(arcs)[relays : relays + relay.size] > 0
    return relay[chosen].astype(np.int32), appeal[chosen].astype(np.int32)


def _pairs(problem: Problem) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if problem.allowed is None:
        both = np.indices((problem.relays, problem.appeals)).reshape(2, -1)
        return both[0], both[1]
    start, item = problem.allowed
    return np.repeat(np.arange(problem.relays), np.diff(start)), item.astype(np.int64)


def _alone(problem: Problem) -> NDArray[np.float64]:
    """What each boost would bring alone (float64, R×A)."""
    classes = problem.relevance.shape[1]
    gains = np.empty((problem.relays, problem.appeals))
    for relay in range(problem.relays):
        kinds = np.bincount(problem.member_class[problem.audience(relay)], minlength=classes)
        gains[relay] = problem.attention[relay] * (problem.relevance @ kinds)
    return gains


FLOW = Policy(lambda problem, boosts, seed: most_flow(problem), capped=True)
