"""The coach: what would make a message better, with the words concerned and, where possible, the change.

It proposes and never writes: `changed` gives the text a person chose to take.
"""

from colibri.compute.coaching.coach import BLANK, Circumstances, Coach
from colibri.compute.coaching.remarks import KINDS, Change, Edit, Remark, changed

__all__ = ["BLANK", "KINDS", "Change", "Circumstances", "Coach", "Edit", "Remark", "changed"]
