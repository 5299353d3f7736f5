"""A CV as JSON Resume (https://jsonresume.org/schema), out and in."""

from collections.abc import Iterator, Mapping
from typing import Any

from colibri.compute.headings import words_in
from colibri.compute.resumes.periods import Period
from colibri.compute.resumes.understanding import Resume, Section

__all__ = ["NotAResume", "from_json_resume", "to_json_resume"]

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
LINES_MOST = 2_000
_LISTS = ("work", "education", "skills", "languages", "interests")


class NotAResume(ValueError):
    """The document is no JSON Resume; the argument says where."""


def to_json_resume(resume: Resume, language: str = "fr") -> dict[str, Any]:
    """The CV as a JSON Resume document: dated entries, contact, languages named in one, lists as written."""
    words = words_in(language)
    basics: dict[str, Any] = {}
    if resume.emails:
        basics["email"] = resume.emails[0]
    if resume.phones:
        basics["phone"] = resume.phones[0]
    if resume.links:
        basics["profiles"] = [{"url": link} for link in resume.links]
    if summary := [line for part in resume.of("summary") for line in resume.text_of(part)]:
        basics["summary"] = " ".join(summary)
    document: dict[str, Any] = {"$schema": SCHEMA, "basics": basics}
    document["work"] = [
        entry for part in resume.of("experience") for entry in _entries(resume, part, "position")
    ]
    document["education"] = [
        entry for part in resume.of("education") for entry in _entries(resume, part, "area")
    ]
    for name in ("skills", "interests"):
        document[name] = [{"name": line} for part in resume.of(name) for line in resume.text_of(part)]
    document["languages"] = [{"language": words[code], "fluency": level} for code, level in resume.languages]
    return document


def from_json_resume(document: object, language: str = "fr") -> tuple[str, ...]:
    """The lines of a CV that says what the document says, its headings in a language. Raises `NotAResume`."""
    words = words_in(language)
    if not isinstance(document, Mapping) or not isinstance(document.get("basics"), Mapping):
        raise NotAResume("basics")
    lines = [*_basics(document["basics"], words)]
    for name in _LISTS:
        rows = document.get(name)
        rows = [] if rows is None else rows
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise NotAResume(name)
        if rows:
            lines.append(words[name])
        for row in rows:
            lines += _row(row, words)
    return tuple(line for line in lines if line)[:LINES_MOST]


def _entries(resume: Resume, part: Section, called: str) -> Iterator[dict[str, Any]]:
    """What stands between one date and the next."""
    periods = [period for period in resume.periods if part.start <= period.line < part.end]
    for number, period in enumerate(periods):
        end = periods[number + 1].line if number + 1 < len(periods) else part.end
        entry: dict[str, Any] = {called: resume.lines[period.line], **_dates(period)}
        if rest := resume.lines[period.line + 1 : end]:
            entry["summary"] = "\n".join(rest)
        yield entry


def _dates(period: Period) -> dict[str, str]:
    dates = {"startDate": str(period.start)}
    return dates if period.end is None else {**dates, "endDate": str(period.end)}


def _basics(basics: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    for name in ("name", "label", "email", "phone", "url"):
        yield _text(basics, name)
    profiles = basics.get("profiles") or []
    if not isinstance(profiles, list) or not all(isinstance(one, Mapping) for one in profiles):
        raise NotAResume("basics.profiles")
    for profile in profiles:
        yield _text(profile, "url")
    if summary := _text(basics, "summary"):
        yield words["summary"]
        yield from summary.splitlines()


def _row(row: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    start, end = _text(row, "startDate"), _text(row, "endDate")
    names = ("position", "name", "institution", "studyType", "area", "language", "fluency")
    said = " - ".join(dict.fromkeys(filter(None, (_text(row, name) for name in names))))
    if start and _day(start) not in said:
        said = f"{_day(start)} - {_day(end) if end else words['today']}{words['colon']}{said}"
    yield said
    yield from _text(row, "summary").splitlines()
    for name in ("highlights", "keywords"):
        listed = row.get(name) or []
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            raise NotAResume(name)
        yield from listed


def _day(iso: str) -> str:
    """2019-03-01 and 2019-03 as 03/2019, a year as it is."""
    year, _, rest = iso.partition("-")
    month = rest.partition("-")[0]
    return f"{month}/{year}" if month else year


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise NotAResume(name)
    return value.strip()
