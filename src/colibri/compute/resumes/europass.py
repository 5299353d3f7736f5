"""A CV as Europass XML, in the schema of the Europass portal since 2020 (`Candidate`).

Elements and their order follow "Europass CV XML Schema", DG EMPL, v3.0.0 of 2020. A line of a CV is not
taken apart by guessing: it is the position's or degree's title, and its employer or school is left open.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from colibri.compute.headings import words_in
from colibri.compute.resumes.periods import Period, without_period
from colibri.compute.resumes.understanding import Resume, Section

__all__ = ["to_europass"]

_DEFAULT = "http://www.europass.eu/1.0"
_SPACES = {
    "hr": "http://www.hr-xml.org/3",
    "oa": "http://www.openapplications.org/oagis/9",
    "eures": "http://www.europass_eures.eu/1.0",
}
_CODES = {
    "fr": "fre", "en": "eng", "es": "spa", "de": "ger", "it": "ita", "pt": "por", "ar": "ara", "zh": "chi",
    "ru": "rus", "tr": "tur", "uk": "ukr", "pl": "pol", "ro": "rum", "nl": "dut", "ja": "jpn", "br": "bre",
    "oc": "oci",
}  # fmt: skip
_DIMENSIONS = (
    "CEF-Understanding-Listening",
    "CEF-Understanding-Reading",
    "CEF-Speaking-Interaction",
    "CEF-Speaking-Production",
    "CEF-Writing-Production",
)
_CEFR = re.compile(r"[ABC][12]")
_NATIVE = re.compile(r"maternelle?|native", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][^\d@/:|,]{2,60}")
# What XML cannot hold at all, whoever wrote it into a file.
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_europass(resume: Resume, language: str = "fr") -> bytes:
    """The CV as a Europass document, which says that it is in this language."""
    for prefix, space in {"": _DEFAULT, **_SPACES}.items():
        register_namespace(prefix, space)
    root = Element(f"{{{_DEFAULT}}}Candidate")
    identifier = {"schemeID": "colibri", "schemeName": "DocumentIdentifier", "schemeAgencyName": "EUROPASS"}
    SubElement(root, _tag("hr:DocumentID"), {**identifier, "schemeVersionID": "4.0"})
    _person(_add(root, "CandidatePerson"), resume)
    profile = _add(root, "CandidateProfile")
    profile.set("languageCode", language)
    if summary := [line for part in resume.of("summary") for line in resume.text_of(part)]:
        _add(profile, "hr:ExecutiveSummary", "\n".join(summary))
    _employment(_add(profile, "EmploymentHistory"), resume)
    _education(_add(profile, "EducationHistory"), resume)
    qualifications = _add(profile, "PersonQualifications")
    _languages(qualifications, resume, words_in(language))
    for line in _lines(resume, "skills"):
        skill = _add(qualifications, "PersonCompetency")
        _add(skill, "CompetencyID", line)
        _add(skill, "hr:TaxonomyID", "other")
        _add(skill, "hr:CompetencyName", line)
    interests = _add(profile, "HobbiesAndInterests")
    for line in _lines(resume, "interests"):
        _add(_add(interests, "HobbyOrInterest"), "Title", line)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _tag(name: str) -> str:
    prefix, _, bare = name.rpartition(":")
    return f"{{{_SPACES.get(prefix, _DEFAULT)}}}{bare}"


def _add(parent: Element, name: str, text: str = "") -> Element:
    made = SubElement(parent, _tag(name))
    if text:
        made.text = _NO_CHARACTER.sub("", text)
    return made


def _lines(resume: Resume, kind: str) -> Iterator[str]:
    return (line for part in resume.of(kind) for line in resume.text_of(part))


def _person(person: Element, resume: Resume) -> None:
    first = next(_lines(resume, "head"), "")
    given, _, family = first.partition(" ") if _NAME.fullmatch(first) else ("", "", "")
    name = _add(person, "PersonName")
    _add(name, "oa:GivenName", given)
    _add(name, "hr:FamilyName", family)
    ways = [("Email", "oa:URI", one) for one in resume.emails]
    ways += [("Telephone", "oa:DialNumber", one) for one in resume.phones]
    ways += [("Web", "oa:URI", one) for one in resume.links]
    for channel, element, value in ways:
        way = _add(person, "Communication")
        _add(way, "ChannelCode", channel)
        _add(way, element, value)
    for code, level in resume.languages:
        if _NATIVE.search(level):
            _add(person, "PrimaryLanguageCode", _CODES[code])


def _languages(qualifications: Element, resume: Resume, words: Mapping[str, str]) -> None:
    for code, level in resume.languages:
        if _NATIVE.search(level):
            continue
        one = _add(qualifications, "PersonCompetency")
        _add(one, "CompetencyID", _CODES[code])
        _add(one, "hr:TaxonomyID", "language")
        scored = _CEFR.match(level)
        if level and not scored:
            _add(one, "hr:CompetencyName", f"{words[code]}{words['colon']}{level}")
        for dimension in _DIMENSIONS if scored else ():
            measured = _add(one, "eures:CompetencyDimension")
            _add(measured, "hr:CompetencyDimensionTypeCode", dimension)
            _add(_add(measured, "eures:Score"), "hr:ScoreText", scored[0] if scored else "")


def _employment(history: Element, resume: Resume) -> None:
    for title, period, rest in _entries(resume, "experience"):
        employer = _add(history, "EmployerHistory")
        _add(employer, "hr:OrganizationName")
        held = _add(employer, "PositionHistory")
        _add(held, "PositionTitle", title)
        _period(_add(held, "eures:EmploymentPeriod"), period, "eures:", "hr:CurrentIndicator")
        if rest:
            _add(held, "oa:Description", "\n".join(rest))


def _education(history: Element, resume: Resume) -> None:
    for title, period, rest in _entries(resume, "education"):
        attended = _add(history, "EducationOrganizationAttendance")
        _add(attended, "hr:OrganizationName")
        _period(_add(attended, "AttendancePeriod"), period, "", "Ongoing")
        degree = _add(attended, "EducationDegree")
        _add(degree, "hr:DegreeName", title)
        if rest:
            _add(degree, "OccupationalSkillsCovered", "\n".join(rest))


def _period(node: Element, period: Period, prefix: str, ongoing: str) -> None:
    _add(_add(node, f"{prefix}StartDate"), "hr:FormattedDateTime", str(period.start))
    if period.end is not None:
        _add(_add(node, f"{prefix}EndDate"), "hr:FormattedDateTime", str(period.end))
    _add(node, ongoing, "true" if period.end is None else "false")


def _entries(resume: Resume, kind: str) -> Iterator[tuple[str, Period, tuple[str, ...]]]:
    """What stands between one date and the next: its title without the date, the period, further lines."""
    for part in resume.of(kind):
        yield from _entries_of(resume, part)


def _entries_of(resume: Resume, part: Section) -> Iterator[tuple[str, Period, tuple[str, ...]]]:
    periods = [period for period in resume.periods if part.start <= period.line < part.end]
    for number, period in enumerate(periods):
        end = periods[number + 1].line if number + 1 < len(periods) else part.end
        rest = resume.lines[period.line + 1 : end]
        title = without_period(resume.lines[period.line])
        if not title and rest:
            title, rest = rest[0], rest[1:]
        yield title, period, rest
