"""Who is helped by whom: seekers and helpers paired as one assignment problem, fairly and exactly.

`Seekers` and `Helpers` hold what matters of each side, `fitting` weighs every pair that may be, `pair` finds
the best pairing with the proof that it is, `reasons` says why two were paired. `first_come` and `at_random`
are what to compare with.
"""

from colibri.compute.pairing.baselines import at_random, first_come
from colibri.compute.pairing.fit import Candidates, fitting, reasons
from colibri.compute.pairing.people import ANY, Helpers, Seekers, Weights
from colibri.compute.pairing.solver import Pairing, pair

__all__ = [
    "ANY",
    "Candidates",
    "Helpers",
    "Pairing",
    "Seekers",
    "Weights",
    "at_random",
    "first_come",
    "fitting",
    "pair",
    "reasons",
]
