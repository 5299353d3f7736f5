"""Workshops with those who take part, programmes with those who walk them, and partners."""

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
    "CalendarKey",
    "Cohort",
    "Gift",
    "Partner",
    "Programme",
    "Progress",
    "Registration",
    "Step",
    "StepCount",
    "Walk",
    "Workshop",
]
