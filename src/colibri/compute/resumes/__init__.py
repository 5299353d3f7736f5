"""A CV's text understood: sections, periods with gaps and overlaps, contact; and what would better it."""

from colibri.compute.resumes.advice import KINDS, Remark, look_at_resume
from colibri.compute.resumes.documents import NotAResume, from_json_resume, to_json_resume
from colibri.compute.resumes.europass import to_europass
from colibri.compute.resumes.periods import Month, Period, gaps_between, overlaps_between
from colibri.compute.resumes.understanding import Resume, Section, understand

__all__ = [
    "KINDS",
    "Month",
    "NotAResume",
    "Period",
    "Remark",
    "Resume",
    "Section",
    "from_json_resume",
    "gaps_between",
    "look_at_resume",
    "overlaps_between",
    "to_europass",
    "to_json_resume",
    "understand",
]
