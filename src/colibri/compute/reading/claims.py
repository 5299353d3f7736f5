"""What a reading claims, in the words its right answers are written in: to compare the two."""

from typing import Any

from colibri.compute.reading.findings import Finding, Place, Reading

__all__ = ["SURE", "claims"]

SURE = 0.5
"""A finding below this asks the person rather than claims."""


def claims(reading: Reading) -> dict[str, set[Any]]:
    """By field, what is claimed surely enough: places as `level:code`, the first trade as its code."""
    occupations = [one.value.code for one in reading.occupations[:1] if one.confidence >= SURE]
    return {
        "kind": {reading.kind.value},
        "eligible": {reading.eligibility.value},
        "wanted": {found.value for found in reading.contracts_wanted if found.confidence >= SURE},
        "excluded": {found.value for found in reading.contracts_excluded},
        "places": _places(reading.places),
        "places_excluded": _places(reading.places_excluded),
        "places_current": _places(reading.places_current),
        "occupation": {*occupations},
        "language": {reading.language.value},
        "personal": {found.value for found in reading.personal_data},
        "remote": set() if reading.remote is None else {reading.remote.value},
        "years": set() if reading.experience_years is None else {reading.experience_years.value},
    }


def _places(findings: tuple[Finding[Place], ...]) -> set[Any]:
    return {f"{one.value.level}:{one.value.code}" for one in findings if one.confidence >= SURE}
