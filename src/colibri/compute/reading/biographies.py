"""A small fast reader of public biographies: trade family, region, recruiter or not, as one class.

A biography is read while followers are fetched, hundreds of thousands at a time, and thrown away;
only the class is kept. Hence one pass over its words with dictionary look-ups, no case and no
context: what is not plain stays unknown.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colibri.compute.classes import FAMILIES, REGIONS, family_of, pack, region_of
from colibri.compute.reading.gazetteer import Gazetteer
from colibri.compute.reading.occupations import TradeTable, content_words
from colibri.compute.reading.phrases import word_set
from colibri.compute.reading.plausibility import COMMON_DEPARTMENTS
from colibri.compute.reading.tokens import FUNCTION_WORDS, folded
from colibri.reference import Tables

__all__ = ["BIOGRAPHY_LIMIT", "BiographyReader"]

BIOGRAPHY_LIMIT = 1_000  # characters read; networks allow 256 to 500

_WORD = re.compile(r"[^\W_]+")
_TOWN = 20_000  # inhabitants a commune needs to be known here
_HINT, _SINGLE, _SEVERAL = 1, 3, 4  # weight of a wording by how much it tells
# Short capital letters that stay clear in any case.
_CLEAR_ACRONYMS = word_set("rh drh rrh daf dsi rssi cto ceo cfo dev vtc atsem aesh idf paca hdf npdc bzh")
_FORMER = word_set(
    """
ex ancien ancienne former anciennement retired retraite retraitee retraité retraitée futur future
"""
)
_SEEKING = word_set(
    """
cherche recherche opentowork etudiant étudiant etudiante étudiante student seeking looking alternance
stage jobseeker
"""
)
_RECRUITERS = (
    "recruteur|recruteuse|recruiter|recruiters|recruitment|recruiting|hiring|nous recrutons|"
    "on recrute|recrute|recrutons|chasseur têtes|chasseuse têtes|headhunter|talent acquisition|"
    "talent manager|talent partner|talent sourcer|chargé recrutement|chargée recrutement|"
    "consultant recrutement|consultante recrutement|cabinet recrutement|responsable recrutement|"
    "sourceur|sourceuse|sourcing rh|rh|drh|rrh|ressources humaines|human resources|hr|hrbp|"
    "people ops|people partner|people officer|chro|recrutement"
)


@dataclass(slots=True)
class _Meaning:
    """What a word or phrase says: a family with its weight, a region, or that its owner recruits."""

    family: int = 0
    weight: int = 0
    region: int = 0
    recruiter: bool = False


class BiographyReader:
    """Gives each biography its class, as `colibri.compute.classes.pack` numbers them."""

    def __init__(self, tables: Tables, trades: TradeTable, gazetteer: Gazetteer) -> None:
        self._first: dict[str, dict[tuple[str, ...], _Meaning]] = {}
        for words, trade, hint in trades.wordings:
            self._learn_trade(words, family_of(trades.occupations[trade].code), hint)
        for trade_row in tables.trades:
            for wording in trade_row.wordings:
                self._learn_trade(_words(wording), family_of(trade_row.code), hint=False)
        for name, insee in _known_places(tables, gazetteer):
            self._at(_words(name)).region = region_of(insee)
        for phrase in _RECRUITERS.split("|"):
            self._at(_words(phrase)).recruiter = True
        self._longest = {first: max(map(len, phrases)) for first, phrases in self._first.items()}
        families, regions, recruits = np.meshgrid(
            np.arange(len(FAMILIES) + 1), np.arange(len(REGIONS) + 1), np.arange(2), indexing="ij"
        )
        packed = pack(families.ravel(), regions.ravel(), recruits.ravel()).reshape(families.shape)
        self._packed: list[list[list[int]]] = packed.tolist()

    def classify(self, text: str) -> int:
        """The class of one biography; unknown parts are 0. Never raises on any text."""
        words = [word for word in _WORD.findall(text[:BIOGRAPHY_LIMIT].lower()) if word not in FUNCTION_WORDS]
        first = self._first
        weights: dict[int, int] = {}
        region, recruiter, position = 0, False, 0
        count = len(words)
        while position < count:
            word = words[position]
            phrases = first.get(word)
            if phrases is None:
                position += 1
                continue
            length, meaning = self._match(phrases, words, position, count)
            if meaning is None:
                position += 1
                continue
            if meaning.family and not (position and words[position - 1] in _FORMER):
                weights[meaning.family] = weights.get(meaning.family, 0) + meaning.weight
            region = region or meaning.region
            recruiter = recruiter or meaning.recruiter
            position += length
        family = max(weights, key=weights.__getitem__) if weights else 0
        if recruiter and not _SEEKING.isdisjoint(words):
            recruiter = False
        return self._packed[family][region][recruiter]

    def classify_all(self, texts: Iterable[str]) -> NDArray[np.int32]:
        """The classes of many biographies, int32, in their order."""
        return np.fromiter((self.classify(text) for text in texts), dtype=np.int32)

    def _match(
        self, phrases: dict[tuple[str, ...], _Meaning], words: Sequence[str], position: int, count: int
    ) -> tuple[int, _Meaning | None]:
        most = min(self._longest[words[position]], count - position)
        for length in range(most, 0, -1):
            meaning = phrases.get(tuple(words[position : position + length]))
            if meaning is not None:
                return length, meaning
        return 1, None

    def _learn_trade(self, words: Sequence[str], family: int, hint: bool) -> None:
        if not words or (len(words) == 1 and len(words[0]) <= 3 and words[0] not in _CLEAR_ACRONYMS):
            return
        weight = _HINT if hint else _SINGLE if len(words) == 1 else _SEVERAL
        for spelt in {tuple(words), tuple(folded(word) for word in words), ("".join(words),)}:
            meaning = self._at(spelt)
            if meaning.weight < weight:
                meaning.family, meaning.weight = family, weight

    def _at(self, words: Sequence[str]) -> _Meaning:
        return self._first.setdefault(words[0], {}).setdefault(tuple(words), _Meaning())


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(name.lower()) if word not in FUNCTION_WORDS)


def _known_places(tables: Tables, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Names, with and without accents, and the region each lies in; everyday words left aside."""
    places = [(region.name, region.code) for region in tables.regions]
    places += [(department.name, department.region) for department in tables.departments]
    homes = {department.code: department.region for department in tables.departments}
    nicknamed = {"region": {region.code: region.code for region in tables.regions}, "department": homes}
    nicknamed["commune"] = {commune.code: homes.get(commune.department, "") for commune in tables.communes}
    places += [
        (name.wording, nicknamed[name.level][name.code])
        for name in tables.nicknames
        if name.level in nicknamed
    ]
    towns = sorted(tables.communes, key=lambda commune: commune.population)
    places += [(town.name, homes.get(town.department, "")) for town in towns if town.population >= _TOWN]
    for name, region in places:
        words = _words(name)
        if not words or (
            len(words) == 1
            and words[0] not in _CLEAR_ACRONYMS
            and (gazetteer.is_common(content_words(words)) or words[0] in COMMON_DEPARTMENTS)
        ):
            continue
        yield name, region
        yield folded(name), region
        yield "".join(words), region
