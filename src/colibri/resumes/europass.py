"""A Europass CV as lines: the schema in use since 2020 (`Candidate`), the one before (`SkillsPassport`).

Read in the process that opens files, so it needs the standard library alone. Elements are known by their
local names: exports differ in their namespaces. What is unknown is passed over. `compute.resumes` is the way
out.
"""

import html
import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from colibri.compute.headings import words_in

__all__ = ["ROOTS", "lines_of_europass", "local"]

ROOTS = ("Candidate", "SkillsPassport")
_BREAKS = re.compile(r"<(?:br|/p|/li|/div|/h\d)\b[^<>]{0,200}>", re.IGNORECASE)
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_CODES = (
    "fr fre fra", "en eng", "es spa", "de ger deu", "it ita", "pt por", "ar ara", "zh chi zho", "ru rus",
    "tr tur", "uk ukr", "pl pol", "ro rum ron", "nl dut nld", "ja jpn", "br bre", "oc oci",
)  # fmt: skip
_SHORT = {code: codes[:2] for codes in _CODES for code in codes.split()}
Words = Mapping[str, str]


def local(node: Element) -> str:
    """An element's name without its namespace."""
    return str(node.tag).rpartition("}")[2]


def lines_of_europass(root: Element, language: str = "fr") -> list[str]:
    """What the document says, a heading above each part as CVs have it, in its language or else in this."""
    profile = _first(root, "CandidateProfile")
    own = root.get("locale", "") if profile is None else profile.get("languageCode", "")
    words = words_in(own, language)
    lines = [*(_candidate(root, words) if local(root) == "Candidate" else _passport(root, words))]
    return [line for text in lines for line in _plain(text) if line]


def _plain(text: str) -> list[str]:
    """A text that may hold HTML, as its lines."""
    text = html.unescape(_TAGS.sub("", _BREAKS.sub("\n", text)))
    return [" ".join(line.split()) for line in text.splitlines()]


def _all(node: Element | None, name: str) -> list[Element]:
    return [] if node is None else [one for one in node.iter() if local(one) == name]


def _first(node: Element | None, *path: str) -> Element | None:
    for name in path:
        node = next(iter(_all(node, name)), None)
    return node


def _text(node: Element | None, *path: str) -> str:
    found = _first(node, *path)
    return " ".join("".join(found.itertext()).split(" ")).strip() if found is not None else ""


def _part(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = [line for line in lines if line]
    if found:
        yield title
        yield from found


def _dated(start: str, end: str, said: list[str], words: Words) -> str:
    """One line: when (no end: until today), then what, each thing once."""
    what = " - ".join(dict.fromkeys(filter(None, said)))
    if not start:
        return what
    return f"{start} - {end or words['today']}{words['colon']}{what}"


def _candidate(root: Element, words: Words) -> Iterator[str]:
    person, profile = _first(root, "CandidatePerson"), _first(root, "CandidateProfile")
    yield f"{_text(person, 'GivenName')} {_text(person, 'FamilyName')}"
    for way in _all(person, "Communication"):
        yield _text(way, "URI")
        dialing = _text(way, "CountryDialing").lstrip("+")
        yield f"+{dialing} {_text(way, 'DialNumber')}" if dialing else _text(way, "DialNumber")
        yield ", ".join(filter(None, (_text(way, "AddressLine"), _text(way, "CityName"))))
    if born := _text(person, "BirthDate"):
        yield f"{words['born']}{words['colon']}{born}"
    yield from _part(words["summary"], iter([_text(profile, "ExecutiveSummary")]))
    yield from _part(words["work"], _employment(profile, words))
    yield from _part(words["education"], _education(profile, words))
    yield from _part(words["certifications"], _titles(profile, "CourseCertification", "Certification"))
    competencies = _all(profile, "PersonCompetency")
    tongues = [one for one in competencies if _text(one, "TaxonomyID") == "language"]
    others = [one for one in competencies if one not in tongues]
    skills = (_text(one, "CompetencyName") or _text(one, "CompetencyID") for one in others)
    yield from _part(words["skills"], skills)
    yield from _part(words["languages"], _tongues(person, tongues, words))
    yield from _part(words["projects"], _titles(profile, "Project"))
    yield from _part(words["interests"], _titles(profile, "HobbyOrInterest", "VoluntaryWork"))
    yield from _part(words["licences"], iter([_text(one) for one in _all(profile, "LicenseTypeCode")]))


def _employment(profile: Element | None, words: Words) -> Iterator[str]:
    for employer in _all(profile, "EmployerHistory"):
        for held in _all(employer, "PositionHistory"):
            where = [_text(employer, "OrganizationName"), _text(held, "City")]
            current = _text(held, "CurrentIndicator") == "true"
            said = [_text(held, "PositionTitle"), *where]
            yield _dated(_day(held, "StartDate"), "" if current else _day(held, "EndDate"), said, words)
            yield _text(held, "Description")


def _education(profile: Element | None, words: Words) -> Iterator[str]:
    for attended in _all(profile, "EducationOrganizationAttendance"):
        ongoing = _text(attended, "AttendancePeriod", "Ongoing") == "true"
        said = [_text(attended, "DegreeName"), _text(attended, "OrganizationName")]
        period = _first(attended, "AttendancePeriod")
        end = "" if ongoing else _day(period, "EndDate")
        yield _dated(_day(period, "StartDate"), end, said, words)
        yield _text(attended, "OccupationalSkillsCovered")


def _titles(profile: Element | None, *names: str) -> Iterator[str]:
    for name in names:
        for one in _all(profile, name):
            yield _text(one, "Title") or _text(one, "Description")


def _tongues(person: Element | None, competencies: list[Element], words: Words) -> Iterator[str]:
    for mother in _all(person, "PrimaryLanguageCode"):
        yield f"{_language(_text(mother), words)}{words['colon']}{words['native']}"
    for one in competencies:
        levels = [_text(score) for score in _all(one, "ScoreText")]
        name = _text(one, "CompetencyName") or _language(_text(one, "CompetencyID"), words)
        yield _tongue(name, levels, words)


def _tongue(name: str, levels: list[str], words: Words) -> str:
    """A language with its levels, the lowest first: Europass has one for each way of using it."""
    kept = sorted({level for level in levels if level})
    if not kept:
        return name
    highest = f" {words['to']} {kept[-1]}" if len(kept) > 1 else ""
    return f"{name}{words['colon']}{kept[0]}{highest}"


def _language(code: str, words: Words) -> str:
    return words.get(_SHORT.get(code.lower(), ""), code)


def _day(node: Element | None, name: str) -> str:
    """2019-03-01 and 2019-03 as 03/2019, a year as it is."""
    said = _text(node, name, "FormattedDateTime") or _text(node, name)
    found = re.match(r"(\d{4})(?:-(\d{2}))?", said)
    return "" if found is None else f"{found[2]}/{found[1]}" if found[2] else found[1]


def _passport(root: Element, words: Words) -> Iterator[str]:
    person, learner = _first(root, "Identification"), _first(root, "LearnerInfo")
    yield f"{_text(person, 'FirstName')} {_text(person, 'Surname')}"
    for name in ("Email", "Telephone", "Website"):
        for one in _all(person, name):
            yield _text(one, "Contact")
    yield ", ".join(filter(None, (_text(person, "AddressLine"), _text(person, "Municipality"))))
    if (born := _first(person, "Birthdate")) is not None:
        parts = (born.get(name, "").strip("-") for name in ("day", "month", "year"))
        yield f"{words['born']}{words['colon']}{'/'.join(filter(None, parts))}"
    yield from _part(words["summary"], iter([_text(learner, "Headline", "Description")]))
    work = ("WorkExperience", ("Position",), ("Employer", "Name"))
    study = ("Education", ("Title",), ("Organisation", "Name"))
    yield from _part(words["work"], _periods(learner, words, *work))
    yield from _part(words["education"], _periods(learner, words, *study))
    skills = _first(learner, "Skills")
    kinds = ("Communication", "Organisational", "JobRelated", "Computer", "Other")
    yield from _part(words["skills"], (_text(skills, kind, "Description") for kind in kinds))
    yield from _part(words["languages"], _mothers_and_others(_first(skills, "Linguistic"), words))


def _periods(learner: Element | None, words: Words, kind: str, *said: tuple[str, ...]) -> Iterator[str]:
    for one in _all(learner, kind):
        current = _text(one, "Period", "Current") == "true"
        period = _first(one, "Period")
        what = [_text(one, *path) for path in said]
        end = "" if current else _moment(period, "To")
        yield _dated(_moment(period, "From"), end, what, words)
        yield _text(one, "Activities")


def _mothers_and_others(linguistic: Element | None, words: Words) -> Iterator[str]:
    for mother in _all(linguistic, "MotherTongue"):
        name = _text(mother, "Label") or _language(_text(mother, "Code"), words)
        yield f"{name}{words['colon']}{words['native']}"
    for other in _all(linguistic, "ForeignLanguage"):
        levels = "".join(_text(one) for one in _all(other, "ProficiencyLevel"))
        name = _text(other, "Description", "Label") or _language(_text(other, "Description", "Code"), words)
        yield _tongue(name, re.findall(r"[ABC][12]", levels), words)


def _moment(node: Element | None, name: str) -> str:
    """A date written as attributes, year="2019" month="--03"."""
    found = _first(node, name)
    year, month = (
        (found.get("year", ""), found.get("month", "").strip("-")) if found is not None else ("", "")
    )
    return f"{month}/{year}" if year and month else year
