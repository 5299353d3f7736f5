"""What people write about workshops."""

from colibri.programme.forms.series import SeriesForm, read_series
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
    "FeedbackForm",
    "RemarkForm",
    "ReplayForm",
    "SeriesForm",
    "WorkshopForm",
    "read_series",
]
