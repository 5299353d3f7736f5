"""The reader: one text in, one reading out."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from colibri.compute.reading.biographies import BiographyReader
from colibri.compute.reading.contracts import read_contracts
from colibri.compute.reading.details import (
    read_experience,
    read_language,
    read_personal_data,
    read_remote,
)
from colibri.compute.reading.findings import Finding, Occupation, Place, Reading
from colibri.compute.reading.gazetteer import Gazetteer
from colibri.compute.reading.kinds import read_kind
from colibri.compute.reading.occupations import TradeTable, read_occupations
from colibri.compute.reading.places import read_places
from colibri.compute.reading.tokens import Token, folded, tokenise, without_markup
from colibri.reference import Tables, load_tables

__all__ = ["TEXT_LIMIT", "Reader"]

TEXT_LIMIT = 20_000  # characters read of one text; the longest post of the networks spoken is far below

_SURE_PLACE = 0.7
_UNSURE_KIND, _UNSURE_OCCUPATION, _UNSURE_PLACE = 0.6, 0.55, 0.5


class Reader:
    """Reads posts. It holds tables only and changes nothing, so one reader serves every thread."""

    def __init__(self, tables: Tables) -> None:
        self._identify = tables.identify
        self.trades = TradeTable(tables.trades)
        self.gazetteer = Gazetteer(tables, self.trades.vocabulary)
        self._biographies = BiographyReader(tables, self.trades, self.gazetteer)

    @classmethod
    def load(cls) -> "Reader":
        """A reader with the tables the project carries."""
        return cls(load_tables())

    def read(self, text: str, language_hint: str = "", *, seeker_tags: Collection[str] = ()) -> Reading:
        """What `text` says about a search for work.

        `language_hint` is the author's declared language (ISO 639-1); `seeker_tags` are the hashtags, with
        or without #, by which people of a collective announce a search. Never raises on any text: where
        nothing is understood the kind is "other" with little confidence.
        """
        plain = without_markup(text[:TEXT_LIMIT])
        tokens = tokenise(plain)
        places = read_places(self.gazetteer, tokens)
        occupations = _not_places(read_occupations(self.trades, tokens), places)
        wanted, excluded = read_contracts(tokens)
        experience = read_experience(tokens)
        kind = self._kind(tokens, seeker_tags, bool(occupations) and bool(wanted or experience))
        return Reading(
            kind=kind,
            language=read_language(plain, self._identify, language_hint),
            contracts_wanted=wanted,
            contracts_excluded=excluded,
            places=places,
            occupations=occupations,
            remote=read_remote(tokens),
            experience_years=experience,
            personal_data=read_personal_data(plain),
            questions=_questions(kind, occupations, places, wanted),
            truncated=len(text) > TEXT_LIMIT,
        )

    def classify_biography(self, text: str) -> int:
        """The class (trade family, region, recruiter or not) of one public biography.

        Numbered by `colibri.compute.classes.pack`; what the biography does not say is 0. Never raises.
        """
        return self._biographies.classify(text)

    def classify_biographies(self, texts: Iterable[str]) -> NDArray[np.int32]:
        """The classes of many biographies (int32), in their order."""
        return self._biographies.classify_all(texts)

    def _kind(self, tokens: Sequence[Token], seeker_tags: Collection[str], profile: bool) -> Finding[str]:
        starts = {hit.position for hit in self.trades.hits(tokens) if not hit.hint}
        tags = frozenset(folded(tag.lstrip("#")) for tag in seeker_tags)
        return read_kind(tokens, starts.__contains__, tags, 0.8 if profile else 0.0)


def _not_places(
    occupations: Sequence[Finding[Occupation]], places: Sequence[Finding[Place]]
) -> tuple[Finding[Occupation], ...]:
    """The trades without those read from a place's name ("Mâcon" and « maçon » fold alike)."""
    sure = {place.span for place in places if place.confidence >= _SURE_PLACE}
    return tuple(trade for trade in occupations if trade.span not in sure)


def _questions(
    kind: Finding[str],
    occupations: Sequence[Finding[Occupation]],
    places: Sequence[Finding[Place]],
    wanted: Sequence[Finding[str]],
) -> tuple[str, ...]:
    if kind.value == "other" and kind.confidence >= _UNSURE_KIND:
        return ()
    asked = []
    if kind.confidence < _UNSURE_KIND:
        asked.append("kind")
    if not occupations or occupations[0].confidence < _UNSURE_OCCUPATION:
        asked.append("occupation")
    if not places or places[0].confidence < _UNSURE_PLACE:
        asked.append("place")
    if not wanted:
        asked.append("contract")
    return tuple(asked)
