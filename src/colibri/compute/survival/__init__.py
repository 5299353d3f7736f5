"""How long searches last and how they end, where many who were asked stay silent.

`curves` estimates, `silence` makes of questions and answers what is estimated, `groups` compares and hides
what speaks of few.
"""

from colibri.compute.survival.curves import Curve, Incidence, aalen_johansen, kaplan_meier
from colibri.compute.survival.groups import LEAST, Compared, Group, compare, merge_small, runs_of, step_of
from colibri.compute.survival.silence import QUESTIONS, WAITED, Known, Share, known_until, share_within

__all__ = [
    "LEAST",
    "QUESTIONS",
    "WAITED",
    "Compared",
    "Curve",
    "Group",
    "Incidence",
    "Known",
    "Share",
    "aalen_johansen",
    "compare",
    "kaplan_meier",
    "known_until",
    "merge_small",
    "runs_of",
    "share_within",
    "step_of",
]
