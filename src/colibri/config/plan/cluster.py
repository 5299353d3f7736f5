"""A plan in parts on the machines of a Ray cluster: needs `pip install 'colibri[cluster]'`."""

import os
from collections.abc import Sequence
from typing import Any

import ray

from colibri.compute.planning.parts import Answer, Part, solve_in_parts
from colibri.compute.planning.plan import Plan
from colibri.compute.planning.problem import Problem

__all__ = ["solve_cluster"]


def solve_cluster(problem: Problem, workers: int = 2) -> Plan:
    """Plan a day by as many workers, one core each: `solve_in_parts` with every part in a process of its own.

    They are started on the cluster of RAY_ADDRESS, or on this machine where none is named, unless the program
    is connected to one already; and ended with the plan. Raises ValueError as `solve_in_parts` does.
    """
    if not ray.is_initialized():
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray would tell its makers of its use
        ray.init(include_dashboard=False, log_to_driver=False)
    begun: list[Any] = []

    def begin(part: Problem) -> Any:
        begun.append(ray.remote(Part).options(num_cpus=1).remote(part))
        return begun[-1]

    try:
        return solve_in_parts(problem, workers, begin=begin, ask=_ask)
    finally:
        for worker in begun:
            ray.kill(worker)


def _ask(parts: Sequence[Any], asked: Sequence[tuple[Any, ...]]) -> list[Answer]:
    answers: list[Answer] = ray.get(
        [part.answer.remote(*one) for part, one in zip(parts, asked, strict=True)]
    )
    return answers
