"""The names of all places, ready to be met in tokens."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from colibri.compute.reading.findings import Place
from colibri.compute.reading.phrases import word_set
from colibri.compute.reading.tokens import words_of
from colibri.reference import Tables

__all__ = ["FRANCE", "Gazetteer", "Named"]

_SHORT = re.compile(r"([^\W\d_]+)-(?:sur|sous|en|lès|les|lez|le|la|du|de)-")
_KNOWN = 10_000  # inhabitants of a town known by a part of its name
_NO_HEADS = word_set(
    "saint sainte bourg mont pont port bois villeneuve neuilly noisy boulogne chateau fontenay"
)
FRANCE = Place("FR", "country", "France")
# What an article before a name becomes behind "à" and "de": "au Mans", "du Havre", "aux Ulis".
_CONTRACTED = {"le": ("au", "du"), "les": ("aux", "des")}


@dataclass(frozen=True, slots=True)
class Named:
    """One meaning of a name; `population` is 0 for what is not a commune."""

    place: Place
    population: int = 0
    nickname: bool = False
    contracted: bool = False  # with its article taken up by a preposition


class Gazetteer:
    """Looks up places by folded words."""

    def __init__(self, tables: Tables, trade_words: frozenset[str]) -> None:
        self.regions = {
            region.code: Place(region.code, "region", region.name, "", region.code)
            for region in tables.regions
        }
        self.departments = {
            department.code: Place(
                department.code, "department", department.name, department.code, department.region
            )
            for department in tables.departments
        }
        self._common = tables.common_words | trade_words
        self._meanings: dict[str, list[Named]] = {}
        self._joined: dict[str, list[Named]] = {}
        self._longest: dict[str, int] = {}
        for place in [*self.regions.values(), *self.departments.values()]:
            self._learn(place.name, Named(place))
        communes = {}
        for commune in tables.communes:
            home = self.departments.get(commune.department)
            region = home.region if home is not None else ""
            place = Place(commune.code, "commune", commune.name, commune.department, region)
            communes[commune.code] = Named(place, commune.population)
            self._learn(commune.name, communes[commune.code])
        self.countries = {
            nickname.code: Place(nickname.code, "country", nickname.wording)
            for nickname in reversed(tables.nicknames)
            if nickname.level == "country"
        }
        self._learn_short(communes.values())
        by_level = {"region": self.regions, "department": self.departments, "country": self.countries}
        for nickname in tables.nicknames:
            if nickname.level == "commune":
                known = communes[nickname.code]
                meaning = Named(known.place, known.population, nickname=True)
            else:
                meaning = Named(by_level[nickname.level][nickname.code], nickname=True)
            self._learn(nickname.wording, meaning)

    def _learn(self, name: str, meaning: Named) -> None:
        words = words_of(name)
        if not words:
            return
        self._put(words, meaning)
        self._joined.setdefault("".join(words), self._meanings[" ".join(words)])
        for preposition in _CONTRACTED.get(words[0], ()) if len(words) > 1 else ():
            self._put((preposition, *words[1:]), Named(meaning.place, meaning.population, contracted=True))

    def _learn_short(self, communes: Iterable[Named]) -> None:
        """What people call a town whose name says where it lies: "Digne" for "Digne-les-Bains"."""
        for named in communes:
            head = _SHORT.match(named.place.name)
            if head is None or named.population < _KNOWN:
                continue
            word = words_of(head[1])
            if len(word) == 1 and len(word[0]) > 4 and word[0] not in self._common | _NO_HEADS:
                self._learn(head[1], Named(named.place, named.population, nickname=True))

    def _put(self, words: tuple[str, ...], meaning: Named) -> None:
        meanings = self._meanings.setdefault(" ".join(words), [])
        if all(
            known.place.code != meaning.place.code or known.place.level != meaning.place.level
            for known in meanings
        ):
            meanings.append(meaning)
        self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def at(self, words: Sequence[str], position: int) -> list[tuple[int, list[Named]]]:
        """The names that begin at `position`, longest first, each with its number of words and meanings."""
        most = min(self._longest.get(words[position], 0), len(words) - position)
        found = []
        for length in range(most, 0, -1):
            meanings = self._meanings.get(" ".join(words[position : position + length]))
            if meanings is not None:
                found.append((length, meanings))
        return found

    def tag(self, hashtag: str) -> list[Named]:
        """The places a whole folded hashtag names."""
        return self._joined.get(hashtag, [])

    def is_common(self, words: Sequence[str], population: int = 0) -> bool:
        """Is this name also an everyday word, or so short that only a town's inhabitants make it known?"""
        if len(words) != 1:
            return False
        return words[0] in self._common or len(words[0]) <= 2 or (len(words[0]) == 3 and population < 20_000)

    def department_of(self, number: str) -> Place | None:
        """The department written as a number: "69", "2A", "974", or a postcode."""
        if len(number) == 5 and number.isdigit():
            if number.startswith("20"):
                return self.departments.get("2A" if number < "20200" else "2B")
            return self.departments.get(number[:3] if number.startswith("97") else number[:2])
        return self.departments.get(number.upper())
