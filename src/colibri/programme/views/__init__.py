"""Pages of workshops, programmes and skills: what everybody sees, one’s own, and leading them."""

from colibri.programme.views.leading import (
    attendance,
    change,
    decide,
    propose,
    series,
)
from colibri.programme.views.liking import likes, resume, stock_pdf
from colibri.programme.views.organising import (
    change_cohort,
    forget_gift,
    new_cohort,
    new_partner,
    organise,
    partner,
    steps,
    turn,
)
from colibri.programme.views.skills import (
    forget_skill,
    skill_table,
    skills,
    training,
    training_table,
)
from colibri.programme.views.taking_part import (
    clocks,
    feedback,
    my_calendar,
    my_workshops,
    place,
    renew_calendar,
)
from colibri.programme.views.walking import (
    cohort,
    join,
    mark,
    programme,
)
from colibri.programme.views.workshops import (
    as_calendar,
    calendar,
    event,
    workshop,
    workshops,
)

__all__ = [
    "as_calendar",
    "attendance",
    "calendar",
    "change",
    "change_cohort",
    "clocks",
    "cohort",
    "decide",
    "event",
    "feedback",
    "forget_gift",
    "forget_skill",
    "join",
    "likes",
    "mark",
    "my_calendar",
    "my_workshops",
    "new_cohort",
    "new_partner",
    "organise",
    "partner",
    "place",
    "programme",
    "propose",
    "renew_calendar",
    "resume",
    "series",
    "skill_table",
    "skills",
    "steps",
    "stock_pdf",
    "training",
    "training_table",
    "turn",
    "workshop",
    "workshops",
]
