"""Workshops, programmes with those who walk them, partners, skills, and training bodies."""

from colibri.programme.models.partners import (
    Gift,
    Partner,
)
from colibri.programme.models.paths import (
    COHORT,
    STEP_KINDS,
    WALK,
    Cohort,
    Programme,
    Progress,
    Step,
    StepCount,
    Walk,
)
from colibri.programme.models.skills import (
    Ability,
    Leaning,
    Skill,
    Trade,
)
from colibri.programme.models.training import (
    TrainingBody,
)
from colibri.programme.models.workshops import (
    PLACE,
    PLACES_MOST,
    WORKSHOP,
    CalendarKey,
    Registration,
    Workshop,
)

__all__ = [
    "COHORT",
    "PLACE",
    "PLACES_MOST",
    "STEP_KINDS",
    "WALK",
    "WORKSHOP",
    "Ability",
    "CalendarKey",
    "Cohort",
    "Gift",
    "Leaning",
    "Partner",
    "Programme",
    "Progress",
    "Registration",
    "Skill",
    "Step",
    "StepCount",
    "Trade",
    "TrainingBody",
    "Walk",
    "Workshop",
]
