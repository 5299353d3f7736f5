"""What people write about workshops, programmes and partners."""

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
from colibri.programme.forms.workshops import (
    AttendanceForm,
    ClocksForm,
    FeedbackForm,
    RemarkForm,
    ReplayForm,
    WorkshopForm,
)

__all__ = [
    "AttendanceForm",
    "ClocksForm",
    "CohortForm",
    "FeedbackForm",
    "GiftForm",
    "MarkForm",
    "PartnerForm",
    "ProgrammeForm",
    "RemarkForm",
    "ReplayForm",
    "SeriesForm",
    "StepForm",
    "TableForm",
    "WorkshopForm",
    "read_series",
    "sheet_words",
]
