"""What people write about workshops, programmes, partners and skills."""

from colibri.programme.forms.liking import LikingForm
from colibri.programme.forms.paths import (
    CohortForm,
    GiftForm,
    MarkForm,
    PartnerForm,
    ProgrammeForm,
    StepForm,
)
from colibri.programme.forms.series import (
    SeriesForm,
    TableForm,
    read_series,
    sheet_words,
)
from colibri.programme.forms.skills import (
    AbilityForm,
    SkillTableForm,
    read_skills,
    read_training,
)
from colibri.programme.forms.workshops import (
    AttendanceForm,
    ClocksForm,
    FeedbackForm,
    RemarkForm,
    ReplayForm,
    WorkshopForm,
)

__all__ = [
    "AbilityForm",
    "AttendanceForm",
    "ClocksForm",
    "CohortForm",
    "FeedbackForm",
    "GiftForm",
    "LikingForm",
    "MarkForm",
    "PartnerForm",
    "ProgrammeForm",
    "RemarkForm",
    "ReplayForm",
    "SeriesForm",
    "SkillTableForm",
    "StepForm",
    "TableForm",
    "WorkshopForm",
    "read_series",
    "read_skills",
    "read_training",
    "sheet_words",
]
