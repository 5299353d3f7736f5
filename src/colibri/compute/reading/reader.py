"""The reader: one text in, one reading out."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from colibri.compute.reading.biographies import BiographyReader
from colibri.compute.reading.contracts import read_contracts
from colibri.compute.reading.details import (
    read_experience,
    read_language,
    read_mobility,
    read_remote,
    read_seniority,
)
from colibri.compute.reading.eligibility import judged
from colibri.compute.reading.findings import Finding, Occupation, Place, Reading
from colibri.compute.reading.gazetteer import Gazetteer
from colibri.compute.reading.kinds import Signs, decided, kind_signs
from colibri.compute.reading.masking import masked
from colibri.compute.reading.occupations import TradeHit, TradeTable, hinted, read_occupations
from colibri.compute.reading.personal import read_personal_data
from colibri.compute.reading.persons import PersonNames
from colibri.compute.reading.places import read_places
from colibri.compute.reading.tokens import Token, folded, tokenise, without_markup
from colibri.compute.reading.weighing import Facts, features, probabilities
from colibri.reference import Tables, load_tables

__all__ = ["TEXT_LIMIT", "Reader"]

TEXT_LIMIT = 20_000  # characters read of one text; the longest post of the networks spoken is far below

_SURE_PLACE = 0.7
_CLAIMED, _OPENING = 0.5, 5
_UNSURE_KIND, _UNSURE_OCCUPATION, _UNSURE_PLACE = 0.6, 0.55, 0.5


class Reader:
    """Reads posts. It holds tables only and changes nothing, so one reader serves every thread."""

    def __init__(self, tables: Tables) -> None:
        self._identify = tables.identify
        self.trades = TradeTable(tables.trades, tables.titles, tables.common_words)
        self.gazetteer = Gazetteer(tables, self.trades.vocabulary)
        self._persons = PersonNames(tables.first_names, self.gazetteer, self.trades.vocabulary)
        self._biographies = BiographyReader(tables, self.trades, self.gazetteer)

    @classmethod
    def load(cls) -> "Reader":
        """A reader with the tables the project carries."""
        return cls(load_tables())

    def read(
        self,
        text: str,
        language_hint: str = "",
        *,
        seeker_tags: Collection[str] = (),
        accepted: Collection[str] | None = None,
    ) -> Reading:
        """What `text` says about a search for work.

        `language_hint` is the author's declared language (ISO 639-1); `seeker_tags` are the hashtags, with
        or without #, by which people of a collective announce a search, `accepted` the contracts
        it relays (all, where it is None). Never raises on any text: where nothing is understood the kind
        is "other" with little confidence.
        """
        plain = without_markup(text[:TEXT_LIMIT])
        tokens = tokenise(plain)
        hits = self.trades.hits(tokens)
        named = read_places(self.gazetteer, tokens)
        places = named.wanted
        occupations = _not_places(read_occupations(self.trades, tokens, hits), named.all)
        wanted, excluded = read_contracts(tokens)
        experience = read_experience(tokens)
        facts = _facts(occupations, places, wanted, experience)
        signs = _signs(tokens, hits, seeker_tags)
        kind = decided(signs, probabilities(_weighed(signs, tokens, plain, facts)), facts=facts != Facts())
        if kind.value == "search":
            occupations = hinted(occupations)
        return Reading(
            kind=kind,
            language=read_language(plain, self._identify, language_hint),
            eligibility=judged(kind, wanted, accepted),
            contracts_wanted=wanted,
            contracts_excluded=excluded,
            places=places,
            places_excluded=named.excluded,
            places_current=named.current,
            occupations=occupations,
            remote=read_remote(tokens),
            mobility=read_mobility(tokens),
            seniority=read_seniority(tokens),
            experience_years=experience,
            personal_data=read_personal_data(plain),
            questions=_questions(kind, occupations, places, wanted),
            truncated=len(text) > TEXT_LIMIT,
        )

    def masked(self, text: str, names: Collection[str] = ()) -> str:
        """The text with personal data, links, mentions and people's names replaced by `MASK`.

        `names` are known ones, of whoever wrote it; trades, places and contracts stay.
        """
        reading = self.read(text)
        said = (reading.places, reading.places_excluded, reading.places_current, reading.occupations)
        kept = [one.span for findings in said for one in findings if one.span]
        return masked(text, self._persons, names, kept)

    def classify_biography(self, text: str) -> int:
        """The class (trade family, region, recruiter or not) of one public biography.

        Numbered by `colibri.compute.classes.pack`; what the biography does not say is 0. Never raises.
        """
        return self._biographies.classify(text)

    def classify_biographies(self, texts: Iterable[str]) -> NDArray[np.int32]:
        """The classes of many biographies (int32), in their order."""
        return self._biographies.classify_all(texts)

    def kind_features(self, text: str) -> dict[str, float]:
        """What the kind of a text is weighed by, to fit the weights on."""
        plain = without_markup(text[:TEXT_LIMIT])
        tokens = tokenise(plain)
        reading = self.read(text)
        facts = _facts(
            reading.occupations, reading.places, reading.contracts_wanted, reading.experience_years
        )
        return _weighed(_signs(tokens, self.trades.hits(tokens), ()), tokens, plain, facts)


def _signs(tokens: Sequence[Token], hits: Sequence[TradeHit], seeker_tags: Collection[str]) -> Signs:
    starts = {hit.position for hit in hits if not hit.hint}
    return kind_signs(tokens, starts.__contains__, frozenset(folded(tag.lstrip("#")) for tag in seeker_tags))


def _weighed(signs: Signs, tokens: Sequence[Token], text: str, facts: Facts) -> dict[str, float]:
    return features(signs.totals, [token.text for token in tokens], text, facts)


def _facts(
    occupations: Sequence[Finding[Occupation]],
    places: Sequence[Finding[Place]],
    wanted: Sequence[Finding[str]],
    experience: Finding[int] | None,
) -> Facts:
    trades = [trade for trade in occupations if trade.confidence >= _CLAIMED]
    return Facts(
        trade=bool(trades),
        opening_trade=any(trade.span is not None and trade.span[0] < _OPENING for trade in trades),
        place=any(place.confidence >= _CLAIMED for place in places),
        contract=bool(wanted),
        experience=experience is not None,
    )


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
