"""How likely a name stands for a place, and for which kind of place, by what is around it.

The confidences were set by hand on the development posts of the tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from colibri.compute.reading.gazetteer import Gazetteer, Named
from colibri.compute.reading.phrases import word_set

__all__ = ["COMMON_DEPARTMENTS", "LARGE", "TOWN", "Around", "best_meaning"]

LARGE, TOWN = 20_000, 2_000  # inhabitants
_ACRONYMS = word_set("aura idf paca hdf bfc cvl pdl bzh")
# Departments whose name is an everyday word or a river sooner than a place.
COMMON_DEPARTMENTS = word_set(
    """
nord manche somme lot creuse aube landes var ain orne jura eure cher indre loire marne meuse aude gard tarn
gers oise vienne loiret allier vosges
"""
)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a name."""

    after_place_word: bool  # "à", "près de", "secteur"
    after_of: bool
    after_area_word: bool  # "en", "dans le"
    capital: bool
    opening: bool  # first word of a sentence: its capital tells nothing
    hashtag: bool
    listed: bool  # just behind another place
    uncased: bool  # the whole text is in small letters
    apart: bool = False  # between marks by itself


def best_meaning(
    gazetteer: Gazetteer, name: Sequence[str], meanings: list[Named], around: Around, beside: str
) -> tuple[float, str, list[Named], bool] | None:
    """How sure the name is a place at all, why, and which of its meanings stand."""
    areas = [named for named in meanings if named.place.level != "commune"]
    communes = [named for named in meanings if named.place.level == "commune"]
    if any(named.place.level in ("region", "country") for named in areas):
        communes = [named for named in communes if named.population >= LARGE]
    if beside and areas and not communes:
        return 0.95, "name_with_department", areas, False
    if areas and not (communes and around.after_place_word and not around.after_area_word):
        confidence = _area_confidence(name, areas, around)
        prefer_commune = communes and max(named.population for named in communes) >= LARGE
        if confidence and not (prefer_commune and not around.after_area_word):
            first = [named for named in areas if named.place.level == "region"] or areas
            why = (
                "nickname"
                if first[0].nickname
                else "name_after_preposition"
                if around.after_area_word
                else "name"
            )
            return confidence, why, first, False
    if not communes:
        return None
    largest = max(named.population for named in communes)
    common = gazetteer.is_common(name, largest)
    if beside:
        settled = [named for named in communes if named.place.department == beside]
        return 0.95, "name_with_department", settled or communes, common
    if communes[0].nickname and len(name) > 1:
        return 0.82, "nickname", communes, False
    confidence = _commune_confidence(len(name), common, largest, around)
    if confidence == 0.0:
        return None
    why = "common_word" if common else "name_after_preposition" if around.after_place_word else "name"
    return confidence, "nickname" if communes[0].nickname else why, communes, common


def _area_confidence(name: Sequence[str], areas: Sequence[Named], around: Around) -> float:
    single = len(name) == 1
    if single and name[0] in _ACRONYMS:
        if around.capital or around.hashtag:
            return 0.9
        return 0.0 if name[0] == "aura" else 0.8
    if single and name[0] in COMMON_DEPARTMENTS:
        return 0.85 if around.capital and around.after_area_word else 0.0
    if around.capital or around.hashtag:
        return 0.92 if around.after_area_word or around.after_place_word or around.hashtag else 0.8
    if list(name) == ["la", "reunion"] or (single and len(name[0]) <= 4):
        return 0.0
    return 0.7 if around.after_area_word or not single or areas[0].place.level == "region" else 0.0


def _commune_confidence(length: int, common: bool, population: int, around: Around) -> float:
    """How likely a name stands for the commune, by what is around it and how many people live there."""
    sure = around.after_place_word
    if around.apart and around.capital and not around.opening and not sure and population >= 5_000:
        return 0.6 if population >= LARGE or (not common and length == 1) else 0.52 if not common else 0.0
    if common:
        if not around.capital or not sure or around.opening:
            return 0.0
        return (
            0.8
            if population >= LARGE
            else 0.6
            if population >= 5_000
            else 0.5
            if population >= TOWN
            else 0.35
        )
    if around.hashtag:
        return 0.75 if population >= LARGE else 0.0
    if population >= LARGE:
        return _town_confidence(length, population, around)
    named_by_more = length > 1
    if around.capital and (sure or around.listed):
        steps = (0.82, 0.75) if population >= TOWN else (0.62, 0.5)
        return steps[0] if named_by_more else steps[1]
    if around.capital and around.after_of and population >= 10_000 and not around.opening:
        return 0.52
    if around.capital and named_by_more and not around.opening:
        return 0.45 if population >= TOWN else 0.35
    if sure and population >= 5_000 and not around.capital:
        return 0.55 if named_by_more else 0.4
    return 0.0


def _town_confidence(length: int, population: int, around: Around) -> float:
    """The same for a name that a town of more than `LARGE` bears, and that is no everyday word."""
    if around.capital:
        if around.after_place_word:
            return 0.92
        if around.after_of:
            return 0.6
        return 0.55 if around.opening and population < 100_000 else 0.75
    if around.after_place_word:
        return 0.72
    if around.listed:
        return 0.6
    if around.uncased and population >= 2 * LARGE:
        return 0.5
    return 0.45 if population >= 100_000 and length > 0 else 0.0
