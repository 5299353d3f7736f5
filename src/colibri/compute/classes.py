"""What is kept of a member of an audience: a trade family, a region, recruiter or not, as one integer."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "COUNT",
    "FAMILIES",
    "REGIONS",
    "UNKNOWN",
    "RelevanceTable",
    "family_of",
    "pack",
    "region_of",
    "relevance",
    "unpack",
]

FAMILIES = ("A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N")
"""Trade families: the first letter of a ROME 4.0 code. A member's family is 1 + its place here, or 0."""

REGIONS = (
    "01", "02", "03", "04", "06",  # overseas
    "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94",
)  # fmt: skip
"""INSEE codes of the 18 French regions since 2016. A member's region is 1 + its place here, or 0."""

UNKNOWN = 0
"""The class of a member of whom nothing is known: no family, no region, not known to recruit."""

_REGION_CODES = len(REGIONS) + 1
COUNT = (len(FAMILIES) + 1) * _REGION_CODES * 2
"""How many classes there are."""


def family_of(rome: str) -> int:
    """The family of a ROME code ("J1501" -> 10), 0 where it is none."""
    letter = rome[:1].upper()
    return FAMILIES.index(letter) + 1 if letter in FAMILIES else 0


def region_of(insee: str) -> int:
    """The number of a region by its INSEE code ("11" -> 6), 0 where it is none."""
    return REGIONS.index(insee) + 1 if insee in REGIONS else 0


def pack(family: ArrayLike, region: ArrayLike, recruiter: ArrayLike) -> NDArray[np.int32]:
    """Classes (int32) from families (0 to 14), regions (0 to 18) and whether each recruits (0 or 1).

    Raises ValueError for a value out of range.
    """
    parts = []
    for name, values, most in (
        ("family", family, len(FAMILIES)),
        ("region", region, len(REGIONS)),
        ("recruiter", recruiter, 1),
    ):
        part = np.asarray(values).astype(np.int64)
        if np.any((part < 0) | (part > most)):
            wrong = part[(part < 0) | (part > most)].flat[0]
            raise ValueError(f"{name}: {wrong} is not between 0 and {most}")
        parts.append(part)
    packed: NDArray[np.int32] = ((parts[0] * _REGION_CODES + parts[1]) * 2 + parts[2]).astype(np.int32)
    return packed


def unpack(packed: ArrayLike) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]:
    """Families (int32), regions (int32) and recruiters (bool) of classes. Raises ValueError out of range."""
    classes = np.asarray(packed).astype(np.int64)
    if np.any((classes < 0) | (classes >= COUNT)):
        wrong = classes[(classes < 0) | (classes >= COUNT)].flat[0]
        raise ValueError(f"class: {wrong} is not between 0 and {COUNT - 1}")
    places, recruiter = np.divmod(classes, 2)
    family, region = np.divmod(places, _REGION_CODES)
    return family.astype(np.int32), region.astype(np.int32), recruiter.astype(np.bool_)


@dataclass(frozen=True, slots=True)
class RelevanceTable:
    """What a member of a class is worth to an appeal, beside a member who can help most.

    A member's weight is `base`, plus `same_family` where they work in the appeal's trade family, plus
    `same_region` where they live in its region, plus `both` where both hold; a member known to work
    in another family or to live in another region loses nothing, since people know people. The sum is
    multiplied by `recruiter` for those who recruit; it is then at most 1 with the weights below.

    The defaults are a judgement, not a measurement: most hires through acquaintances come from weak
    ties, often outside one's own circle (Granovetter 1973; Rajkumar and others 2022), hence a base
    that is not small; a reader of the same trade or region more often knows of a fitting post; a
    recruiter can answer it directly. An operator who measures answers should replace them.
    """

    base: float = 0.10
    same_family: float = 0.12
    same_region: float = 0.08
    both: float = 0.10
    recruiter: float = 2.5

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
                raise ValueError(f"{field.name}: {value!r} is not a finite number")
            if value < 0:
                raise ValueError(f"{field.name}: {value} is negative")

    @classmethod
    def from_mapping(cls, weights: Mapping[str, Any]) -> "RelevanceTable":
        """A table from named weights, the others as by default. ValueError for what it does not know."""
        names = [field.name for field in fields(cls)]
        for name in weights:
            if name not in names:
                raise ValueError(f"{name}: unknown weight, expected one of {', '.join(names)}")
        return cls(**weights)


def relevance(table: RelevanceTable, family: ArrayLike, region: ArrayLike) -> NDArray[np.float32]:
    """Weight of every class for every appeal (float32, A×COUNT).

    `family` and `region` (int, A) are each appeal's own, 0 where unknown: nothing then matches.
    Raises ValueError for a value out of range or lists of two lengths.
    """
    families, regions = np.asarray(family), np.asarray(region)
    if families.shape != regions.shape or families.ndim != 1:
        raise ValueError(
            f"family and region: expected one each per appeal, not {families.shape}, {regions.shape}"
        )
    pack(families, regions, 0)
    of_family, of_region, recruits = unpack(np.arange(COUNT))
    same_family = (of_family[None, :] == families[:, None]) & (families[:, None] > 0)
    same_region = (of_region[None, :] == regions[:, None]) & (regions[:, None] > 0)
    weight = table.base + table.same_family * same_family + table.same_region * same_region
    weight = weight + table.both * (same_family & same_region)
    weighted: NDArray[np.float32] = np.where(recruits[None, :], weight * table.recruiter, weight).astype(
        np.float32
    )
    return weighted
