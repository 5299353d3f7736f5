"""What is compiled beforehand is all a day needs."""

import pkgutil
from importlib import import_module

from colibri.compute import pairing, planning
from colibri.compute.pairing import fitting, pair
from colibri.compute.planning import solve
from colibri.compute.warm import warm
from tests.compute.planning_problems import random_problem
from tests.compute.test_pairing import drawn


def compiled() -> dict[str, int]:
    """Every kernel of planning and pairing that stands ready, and for how many kinds of arguments."""
    return {
        f"{module.__name__}.{name}": len(value.signatures)
        for module in (
            import_module(found.name)
            for package in (planning, pairing)
            for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
        )
        for name, value in vars(module).items()
        if getattr(value, "signatures", None)
    }


def test_a_day_compiles_nothing_once_warm():
    """After `warm`, a real plan, overlap and caps included, needs no other kernel and no other kind."""
    warm()
    before = compiled()
    plan = solve(random_problem(40, 12, 300, seed=1, member_cap=9))
    assert plan.relay.size > 0
    assert solve(random_problem(40, 1, 300, seed=1, member_cap=9)).relay.size > 0
    assert pair(fitting(*drawn(40, 6, seed=1))).paired > 0
    assert {name.rsplit(".", 1)[1] for name in before} >= {"fill", "improve", "chase", "descend", "_bend"}
    assert compiled() == before
