"""From names met in a text to places: homonyms settled, each place in the role it plays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from colibri.compute.reading.findings import Finding, Place
from colibri.compute.reading.gazetteer import Named

__all__ = ["Met", "Places", "by_role"]

_MOST = 8  # places kept of one role
_CLAIMED, _AT_HOME = 0.5, 0.7
_SETTLES = 8  # how many times more people make one homonym the likely one


@dataclass(frozen=True, slots=True)
class Met:
    """A name met in the text, before it is known which of its meanings is meant."""

    meanings: list[Named]
    confidence: float
    why: str
    span: tuple[int, int]
    department: str = ""  # said right beside the name
    common: bool = False
    role: str = "wanted"  # or "excluded", "current"


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a text by what is said of them, each surest first."""

    wanted: tuple[Finding[Place], ...]
    excluded: tuple[Finding[Place], ...]
    current: tuple[Finding[Place], ...]

    @property
    def all(self) -> tuple[Finding[Place], ...]:
        """Every place, whatever is said of it."""
        return self.wanted + self.excluded + self.current


def by_role(met: Sequence[Met], anywhere: list[Finding[Place]]) -> Places:
    """The places of a text by role; where one lives is wanted too where no other place is named."""
    settled = {
        role: _settled(met, anywhere if role == "wanted" else [], role)
        for role in ("wanted", "excluded", "current")
    }
    wanted, current = settled["wanted"], settled["current"]
    if not any(place.confidence >= _CLAIMED for place in wanted):
        sure = [replace(place, confidence=round(place.confidence * _AT_HOME, 2)) for place in current]
        told = tuple(replace(place, why="where_one_lives") for place in sure)
        wanted = tuple(sorted(wanted + told, key=lambda place: -place.confidence))
    return Places(wanted, settled["excluded"], current)


def _settled(met: Sequence[Met], findings: list[Finding[Place]], role: str) -> tuple[Finding[Place], ...]:
    """Choose among homonyms by departments and regions named anywhere in the text, else by population."""
    departments, regions = set(), set()
    for name in met:
        if len(name.meanings) == 1 and name.confidence >= 0.6:
            place = name.meanings[0].place
            if place.level in ("commune", "department"):
                departments.add(place.department)
            if place.level != "country":
                regions.add(place.region)
    best: dict[tuple[str, str], Finding[Place]] = {}
    own = [name for name in met if name.role == role]
    for finding in findings + [_chosen(name, departments, regions) for name in own]:
        key = (finding.value.level, finding.value.code)
        if key not in best or best[key].confidence < finding.confidence:
            best[key] = finding
    ranked = sorted(best.values(), key=lambda finding: -finding.confidence)
    return tuple(replace(finding, confidence=round(finding.confidence, 2)) for finding in ranked[:_MOST])


def _chosen(name: Met, departments: set[str], regions: set[str]) -> Finding[Place]:
    meanings = name.meanings
    if len(meanings) == 1:
        return Finding(meanings[0].place, name.confidence, name.span, name.why)
    in_departments = [named for named in meanings if named.place.department in departments]
    if len(in_departments) == 1:
        sure = max(name.confidence, 0.6)
        return Finding(in_departments[0].place, sure, name.span, "homonym_settled_by_department")
    in_regions = [named for named in in_departments or meanings if named.place.region in regions]
    if len(in_regions) == 1:
        sure = max(name.confidence * 0.95, 0.55)
        return Finding(in_regions[0].place, sure, name.span, "homonym_settled_by_region")
    ranked = sorted(in_regions or in_departments or meanings, key=lambda named: -named.population)
    first, second = ranked[0], ranked[1]
    if first.place.level != "commune":
        return Finding(first.place, name.confidence, name.span, name.why)
    if first.population >= _SETTLES * max(second.population, 1):
        why = name.why if first.population >= 50_000 else "homonym_settled_by_population"
        return Finding(first.place, name.confidence * 0.9, name.span, why)
    return Finding(first.place, min(name.confidence * 0.5, 0.35), name.span, "homonym_unsettled")
