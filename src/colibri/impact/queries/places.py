"""What kind of commune a search speaks of, where official data tells; unknown otherwise, never guessed."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from colibri.audiences.queries import tables
from colibri.compute.reading import Reading
from colibri.reference.official import Store

__all__ = ["Communes", "commune_of", "official_communes"]

SURE = 0.5
RURAL_OF_SEVEN, RURAL_OF_FEWER = 5, 3
"""From which density on a commune is rural, in INSEE's grid of seven, and in those of three and four."""


@dataclass(frozen=True, slots=True)
class Communes:
    """Which communes are rural, which have a priority district, by INSEE code; None where nobody added it."""

    rural: dict[str, bool] | None
    priority: frozenset[str] | None
    named: dict[tuple[str, str], list[str]]
    """The codes of each name in each region."""


def official_communes() -> Communes:
    """What this installation knows; what an operator added is read anew, once a month."""
    store = Store(Path(settings.DATA_DIR) / "reference")
    density, districts = store.rows("density"), store.rows("districts")
    return Communes(
        None if density is None else _rural(density["density"]),
        None if districts is None else _priority(districts["districts"]),
        _named(),
    )


@cache
def _named() -> dict[tuple[str, str], list[str]]:
    named = defaultdict(list)
    home = {one.code: one.region for one in tables().departments}
    for commune in tables().communes:
        named[commune.name, home.get(commune.department, "")].append(commune.code)
    return dict(named)


def _rural(rows: list[dict[str, str]]) -> dict[str, bool]:
    grades = {row["code"]: int(row["density"]) for row in rows}
    least = RURAL_OF_SEVEN if max(grades.values()) > 4 else RURAL_OF_FEWER
    return {code: grade >= least for code, grade in grades.items()}


def _priority(rows: list[dict[str, str]]) -> frozenset[str]:
    """A district may lie in several communes."""
    return frozenset(code.strip() for row in rows for code in row["commune"].split(","))


def commune_of(place: str, region: str, reading: dict[str, Any], known: Communes) -> str:
    """The code of the commune a search speaks of: where its person lives if they say so, else the place it
    names. Empty for a region, and where a name means several communes and the message does not tell which.
    """
    read = Reading.from_dict(reading) if reading else None
    if read is not None:
        lived = [one.value for one in read.places_current if one.confidence >= SURE]
        meant = [one.value for one in read.places if (one.value.name, one.value.region) == (place, region)]
        if lived or meant:
            found = (lived or meant)[0]
            return found.code if found.level == "commune" else ""
    codes = known.named.get((place, region), [])
    return codes[0] if len(codes) == 1 else ""
