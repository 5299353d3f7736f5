"""A Europass CV as lines: the schema in use since 2020 (`Candidate`), the one before (`SkillsPassport`).

Read in the process that opens files, so it needs the standard library alone. Elements are known by their
local names: exports differ in their namespaces. What is unknown is passed over. `compute.resumes` is the way
out.
"""

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

__all__ = ["ROOTS", "lines_of_europass", "local"]

ROOTS = ("Candidate", "SkillsPassport")
_BREAKS = re.compile(r"<(?:br|/p|/li|/div|/h\d)\b[^<>]{0,200}>", re.IGNORECASE)
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_LANGUAGES = {
    "fre fra fr": "Français", "eng en": "Anglais", "spa es": "Espagnol", "ger deu de": "Allemand",
    "ita it": "Italien", "por pt": "Portugais", "ara ar": "Arabe", "chi zho zh": "Chinois", "rus ru": "Russe",
    "tur tr": "Turc", "ukr uk": "Ukrainien", "pol pl": "Polonais", "rum ron ro": "Roumain",
    "dut nld nl": "Néerlandais", "jpn ja": "Japonais", "bre br": "Breton", "oci oc": "Occitan",
}  # fmt: skip
_NAMED = {code: name for codes, name in _LANGUAGES.items() for code in codes.split()}


def local(node: Element) -> str:
    """An element's name without its namespace."""
    return str(node.tag).rpartition("}")[2]


def lines_of_europass(root: Element) -> list[str]:
    """What the document says, a heading above each part as CVs have it."""
    lines = [*(_candidate(root) if local(root) == "Candidate" else _passport(root))]
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


def _dated(start: str, end: str, ongoing: bool, said: list[str]) -> str:
    """One line: when, then what, each thing once."""
    what = " - ".join(dict.fromkeys(filter(None, said)))
    if not start:
        return what
    return f"{start} - {'aujourd’hui' if ongoing or not end else end} : {what}"


def _candidate(root: Element) -> Iterator[str]:
    person, profile = _first(root, "CandidatePerson"), _first(root, "CandidateProfile")
    yield f"{_text(person, 'GivenName')} {_text(person, 'FamilyName')}"
    for way in _all(person, "Communication"):
        yield _text(way, "URI")
        dialing = _text(way, "CountryDialing").lstrip("+")
        yield f"+{dialing} {_text(way, 'DialNumber')}" if dialing else _text(way, "DialNumber")
        yield ", ".join(filter(None, (_text(way, "AddressLine"), _text(way, "CityName"))))
    if born := _text(person, "BirthDate"):
        yield f"Date de naissance : {born}"
    yield from _part("Profil", iter([_text(profile, "ExecutiveSummary")]))
    yield from _part("Expériences", _employment(profile))
    yield from _part("Formation", _education(profile))
    yield from _part("Certifications", _titles(profile, "CourseCertification", "Certification"))
    competencies = _all(profile, "PersonCompetency")
    tongues = [one for one in competencies if _text(one, "TaxonomyID") == "language"]
    others = [one for one in competencies if one not in tongues]
    skills = (_text(one, "CompetencyName") or _text(one, "CompetencyID") for one in others)
    yield from _part("Compétences", skills)
    yield from _part("Langues", _tongues(person, tongues))
    yield from _part("Projets", _titles(profile, "Project"))
    yield from _part("Centres d’intérêt", _titles(profile, "HobbyOrInterest", "VoluntaryWork"))
    yield from _part("Permis", iter([_text(one) for one in _all(profile, "LicenseTypeCode")]))


def _employment(profile: Element | None) -> Iterator[str]:
    for employer in _all(profile, "EmployerHistory"):
        for held in _all(employer, "PositionHistory"):
            where = [_text(employer, "OrganizationName"), _text(held, "City")]
            current = _text(held, "CurrentIndicator") == "true"
            said = [_text(held, "PositionTitle"), *where]
            yield _dated(_day(held, "StartDate"), _day(held, "EndDate"), current, said)
            yield _text(held, "Description")


def _education(profile: Element | None) -> Iterator[str]:
    for attended in _all(profile, "EducationOrganizationAttendance"):
        ongoing = _text(attended, "AttendancePeriod", "Ongoing") == "true"
        said = [_text(attended, "DegreeName"), _text(attended, "OrganizationName")]
        period = _first(attended, "AttendancePeriod")
        yield _dated(_day(period, "StartDate"), _day(period, "EndDate"), ongoing, said)
        yield _text(attended, "OccupationalSkillsCovered")


def _titles(profile: Element | None, *names: str) -> Iterator[str]:
    for name in names:
        for one in _all(profile, name):
            yield _text(one, "Title") or _text(one, "Description")


def _tongues(person: Element | None, competencies: list[Element]) -> Iterator[str]:
    for mother in _all(person, "PrimaryLanguageCode"):
        yield f"{_language(_text(mother))} : langue maternelle"
    for one in competencies:
        levels = [_text(score) for score in _all(one, "ScoreText")]
        yield _tongue(_text(one, "CompetencyName") or _language(_text(one, "CompetencyID")), levels)


def _tongue(name: str, levels: list[str]) -> str:
    """A language with its levels, the lowest first: Europass has one for each way of using it."""
    kept = sorted({level for level in levels if level})
    return f"{name} : {kept[0]}{f' à {kept[-1]}' if len(kept) > 1 else ''}" if kept else name


def _language(code: str) -> str:
    return _NAMED.get(code.lower(), code)


def _day(node: Element | None, name: str) -> str:
    """2019-03-01 and 2019-03 as 03/2019, a year as it is."""
    said = _text(node, name, "FormattedDateTime") or _text(node, name)
    found = re.match(r"(\d{4})(?:-(\d{2}))?", said)
    return "" if found is None else f"{found[2]}/{found[1]}" if found[2] else found[1]


def _passport(root: Element) -> Iterator[str]:
    person, learner = _first(root, "Identification"), _first(root, "LearnerInfo")
    yield f"{_text(person, 'FirstName')} {_text(person, 'Surname')}"
    for name in ("Email", "Telephone", "Website"):
        for one in _all(person, name):
            yield _text(one, "Contact")
    yield ", ".join(filter(None, (_text(person, "AddressLine"), _text(person, "Municipality"))))
    if (born := _first(person, "Birthdate")) is not None:
        parts = (born.get(name, "").strip("-") for name in ("day", "month", "year"))
        yield f"Date de naissance : {'/'.join(filter(None, parts))}"
    yield from _part("Profil", iter([_text(learner, "Headline", "Description")]))
    work = ("WorkExperience", ("Position",), ("Employer", "Name"))
    study = ("Education", ("Title",), ("Organisation", "Name"))
    yield from _part("Expériences", _periods(learner, *work))
    yield from _part("Formation", _periods(learner, *study))
    skills = _first(learner, "Skills")
    kinds = ("Communication", "Organisational", "JobRelated", "Computer", "Other")
    yield from _part("Compétences", (_text(skills, kind, "Description") for kind in kinds))
    yield from _part("Langues", _mothers_and_others(_first(skills, "Linguistic")))


def _periods(learner: Element | None, kind: str, *said: tuple[str, ...]) -> Iterator[str]:
    for one in _all(learner, kind):
        current = _text(one, "Period", "Current") == "true"
        period = _first(one, "Period")
        what = [_text(one, *path) for path in said]
        yield _dated(_moment(period, "From"), _moment(period, "To"), current, what)
        yield _text(one, "Activities")


def _mothers_and_others(linguistic: Element | None) -> Iterator[str]:
    for mother in _all(linguistic, "MotherTongue"):
        yield f"{_text(mother, 'Label') or _language(_text(mother, 'Code'))} : langue maternelle"
    for other in _all(linguistic, "ForeignLanguage"):
        levels = "".join(_text(one) for one in _all(other, "ProficiencyLevel"))
        name = _text(other, "Description", "Label") or _language(_text(other, "Description", "Code"))
        yield _tongue(name, re.findall(r"[ABC][12]", levels))


def _moment(node: Element | None, name: str) -> str:
    """A date written as attributes, year="2019" month="--03"."""
    found = _first(node, name)
    year, month = (
        (found.get("year", ""), found.get("month", "").strip("-")) if found is not None else ("", "")
    )
    return f"{month}/{year}" if year and month else year
