"""Weeks of a collective, replayed under one way of sharing boosts and under another.

A `World` holds what happens whoever decides: relays with their audiences, who forgets on which day, appeals
that arrive and leave. `replay` plays it under a `Policy`, `POLICIES` are the ways compared, `summary` says
in a few figures what a course of days brought, `imagined` makes a world from a seed,
`with_arrivals` one around relays that are known.
"""

from colibri.compute.simulation.course import Course, replay
from colibri.compute.simulation.figures import Summary, fair_week, gini, summary
from colibri.compute.simulation.imagined import imagined, with_arrivals
from colibri.compute.simulation.policies import POLICIES, Policy
from colibri.compute.simulation.world import World

__all__ = [
    "POLICIES",
    "Course",
    "Policy",
    "Summary",
    "World",
    "fair_week",
    "gini",
    "imagined",
    "replay",
    "summary",
    "with_arrivals",
]
