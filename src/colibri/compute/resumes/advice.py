"""What would make a CV better, most useful first; as the coach of messages, it proposes and never writes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from colibri.compute.resumes.periods import Month, gaps_between, overlaps_between
from colibri.compute.resumes.understanding import Resume

__all__ = ["KINDS", "Remark", "look_at_resume"]

KINDS = (
    "no_email",
    "no_phone",
    "no_experience",
    "no_sections",
    "personal",  # about: the kinds, separated by spaces
    "age",
    "civil_status",
    "photo",
    "columns",
    "long",  # about: pages
    "no_dates",
    "future",  # about: the month
    "gap",  # about: from … to
    "overlap",
    "file_name",  # about: the name
    "heavy",  # about: size in MB
    "no_languages",
)
PAGES_MOST = 2
HEAVY = 1_000_000  # bytes; some forms take no more
_AGE = re.compile(r"\b[1-7]\d ans\b(?! d)|\b[1-7]\d years old\b|\bâge ?:", re.IGNORECASE)
_CIVIL = re.compile(
    r"\b(?:c[ée]libataire|mari[ée]e?|pacs[ée]e?|divorc[ée]e?|\d enfants?|nationalit[ée] ?:|single|married|"
    r"nationality ?:)(?!\w)",
    re.IGNORECASE,
)
_GOOD_NAME = re.compile(
    r"(?=.*[^\W\d_]{3})(?=.*(?:cv|resume|curriculum))[\w.-]{6,60}\.(?:pdf|docx)", re.IGNORECASE
)
_EMPTY_NAME = re.compile(
    r"(?:cv|resume|curriculum|vitae|mon|my|final|version|v|new|nouveau|[\W\d_])+\.(?:pdf|docx)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding: its kind of `KINDS`, what it names, and the line it is about."""

    kind: str
    about: str = ""
    line: int | None = None


def look_at_resume(
    resume: Resume, today: Month, *, pages: int, images: int, columns: bool, size: int, name: str
) -> tuple[Remark, ...]:
    """Remarks about a CV and its file (`size` in bytes), most useful first."""
    found = [
        *_missing(resume),
        *_private(resume, images),
        *_dates(resume, today),
        *_file(pages, columns, size, name),
    ]
    return tuple(sorted(found, key=lambda remark: KINDS.index(remark.kind)))


def _missing(resume: Resume) -> Iterator[Remark]:
    if not resume.emails:
        yield Remark("no_email")
    if not resume.phones:
        yield Remark("no_phone")
    if len(resume.sections) < 3:
        yield Remark("no_sections")
    elif not resume.of("experience"):
        yield Remark("no_experience")
    if not resume.languages:
        yield Remark("no_languages")


def _private(resume: Resume, images: int) -> Iterator[Remark]:
    if resume.personal:
        yield Remark("personal", " ".join(resume.personal))
    if images:
        yield Remark("photo")
    for number, line in enumerate(resume.lines):
        if _AGE.search(line):
            yield Remark("age", line=number)
            break
    for section in resume.of("head"):
        for number in range(section.start, section.end):
            if _CIVIL.search(resume.lines[number]):
                yield Remark("civil_status", line=number)
                return


def _dates(resume: Resume, today: Month) -> Iterator[Remark]:
    work = [
        period
        for section in resume.of("experience")
        for period in resume.periods
        if section.start <= period.line < section.end
    ]
    if resume.of("experience") and not work:
        yield Remark("no_dates")
    for period in work:
        if period.start.first > today.first:
            yield Remark("future", str(period.start), period.line)
    for start, end in gaps_between(resume.periods, today):
        yield Remark("gap", f"{start} – {end}")
    for one, other in overlaps_between(work, today):
        yield Remark("overlap", f"{other.start} – {one.end or today}", other.line)


def _file(pages: int, columns: bool, size: int, name: str) -> Iterator[Remark]:
    if pages > PAGES_MOST:
        yield Remark("long", str(pages))
    if columns:
        yield Remark("columns")
    if size > HEAVY:
        yield Remark("heavy", f"{size / 1_000_000:.1f}")
    if not _GOOD_NAME.fullmatch(name) or _EMPTY_NAME.fullmatch(name):
        yield Remark("file_name", name)
