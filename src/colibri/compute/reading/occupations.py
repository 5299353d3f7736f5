"""Which trades a text names, from everyday wordings."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from colibri.compute.reading.findings import Finding, Occupation
from colibri.compute.reading.phrases import Phrases, word_set
from colibri.compute.reading.spelling import Slips
from colibri.compute.reading.titles import wordings_of
from colibri.compute.reading.tokens import FUNCTION_WORDS, Token, stem, words_of
from colibri.reference import Title, Trade

__all__ = ["TradeHit", "TradeTable", "hinted", "read_occupations"]

_LONG = 6  # letters of a single word that an official title may be
_MOST = 5  # occupations kept of one text
_ANNOUNCING = word_set(
    """
poste postes emploi heures comme tant job travail metier role position place contrat missions mission as cdi
cdd interim stage alternance recherche cherche formation devenir
"""
)
_FOLLOWING = word_set("role roles position positions job jobs opportunity opportunities h f internship")
_BEING = word_set("suis am m profil metier etant")
_FORMER = word_set("ex ancien ancienne former anciennement")
_WITHIN = word_set("en dans de in")
_DONE = word_set("ans annees years apres after")
_JOINING = word_set("ou et or and puis")
# "centre commercial" names no salesperson, and recruiters called upon are not the author's trade.
_NOT_COMMERCIAL = word_set(
    """
centre espace zone local geste service developpement direction equipe action strategie site gestion bts plan
"""
)
_TRAINED = word_set("diplome diplomee forme formee master bts licence titulaire")
_NO_MORE = word_set("plus arrete arreter marre quitte quitter")
_STATE = word_set("suis ne n etre arrete arreter marre metier quitte quitter")
_TURN = word_set("mais pour but devenir deviens")
_LEFT, _HINTED, _MISSPELT = 0.25, 0.5, 0.85
_CALLED = word_set("recruteurs recruteuses recruiters drh")


@dataclass(frozen=True, slots=True)
class TradeHit:
    """A wording met: the trades it may mean, its tokens, and whether it only hints at one."""

    trades: tuple[int, ...]
    position: int
    length: int
    hint: bool
    joined: bool = False  # a hashtag without capitals
    esco: tuple[str, ...] = ()
    misspelt: bool = False


@dataclass(frozen=True, slots=True)
class _Wording:
    trades: tuple[int, ...]
    hint: bool
    acronym: bool


class TradeTable:
    """The wordings of all trades, ready to be met in tokens."""

    def __init__(
        self, trades: Sequence[Trade], titles: Sequence[Title] = (), common: Collection[str] = ()
    ) -> None:
        self.occupations = [
            Occupation(trade.code, trade.label_fr, trade.label_en, trade.code[0]) for trade in trades
        ]
        merged: dict[tuple[str, ...], _Wording] = {}
        for number, trade in enumerate(trades):
            for wording in trade.wordings:
                _merge(merged, wording, number, hint=False)
        for number, trade in enumerate(trades):
            for wording in trade.hints:
                if (
                    content_words(words_of(wording)) not in merged
                    or merged[content_words(words_of(wording))].hint
                ):
                    _merge(merged, wording, number, hint=True)
        self.vocabulary = frozenset(word for words in merged for word in words)
        self.wordings = tuple((words, meaning.trades[0], meaning.hint) for words, meaning in merged.items())
        self._common = frozenset(common)
        self._slips = Slips([words[0] for words, one in merged.items() if len(words) == 1 and not one.hint])
        self._meanings = {words[0]: one for words, one in merged.items() if len(words) == 1}
        self._esco: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._learn_titles(merged, titles, common)
        self._phrases: Phrases[_Wording] = Phrases(merged.items())
        self._joined = {
            "".join(words): meaning for words, meaning in merged.items() if len("".join(words)) > 4
        }
        for trade in trades:  # "#chargedecommunication" has its small words too
            for wording in (*trade.wordings, *trade.hints):
                meaning = merged.get(content_words(words_of(wording)))
                if meaning is not None and len("".join(words_of(wording))) > 4:
                    self._joined.setdefault(stem("".join(words_of(wording))), meaning)

    def _learn_titles(
        self, merged: dict[tuple[str, ...], _Wording], titles: Sequence[Title], common: Collection[str]
    ) -> None:
        """Add official titles behind our own wordings; one word that is an everyday word names no trade."""
        numbers = {occupation.code: number for number, occupation in enumerate(self.occupations)}
        for title in titles:
            if title.code not in numbers:
                numbers[title.code] = len(self.occupations)
                label = wordings_of(title.code_label)[0]
                self.occupations.append(Occupation(title.code, label, label, title.code[0]))
            for wording in wordings_of(title.title):
                words = content_words(words_of(wording))
                if title.esco:
                    self._esco.setdefault(words, title.esco)
                doubtful = len(words) == 1 and (len(words[0]) < _LONG or words[0] in common)
                if words and words not in merged and not doubtful:
                    _merge(merged, wording, numbers[title.code], hint=False)

    def hits(self, tokens: Sequence[Token]) -> list[TradeHit]:
        """Every wording met, longest first at each place, none overlapping."""
        places = [number for number, token in enumerate(tokens) if token.text not in FUNCTION_WORDS]
        words = [stem(tokens[number].text) for number in places]
        hits: list[TradeHit] = []
        position = 0
        while position < len(words):
            found = self._phrases.at(words, position)
            start = places[position]
            if found is not None:
                length, meaning = found
                end = places[position + length - 1] + 1
                if _whole(tokens, start, end) and _is_meant(tokens, start, meaning):
                    esco = self._esco.get(tuple(words[position : position + length]), ())
                    hits.append(TradeHit(meaning.trades, start, end - start, meaning.hint, esco=esco))
                    position += length
                    continue
            tag = tokens[start].hashtag
            joined = self._joined.get(stem(tag)) if tag and tokens[start].text == tag else None
            if joined is not None:
                hits.append(TradeHit(joined.trades, start, 1, joined.hint, joined=True))
            elif (slip := self._slip(tokens[start], words[position])) is not None:
                hits.append(TradeHit(slip.trades, start, 1, hint=False, misspelt=True))
            position += 1
        return hits

    def _slip(self, token: Token, word: str) -> _Wording | None:
        """The wording a word was meant for that is none we know."""
        if token.text in self._common or word in self.vocabulary:
            return None
        meant = self._slips.meant(word)
        return None if meant is None else self._meanings[meant]


def content_words(words: Iterable[str]) -> tuple[str, ...]:
    """The words that carry a wording: without function words and plural endings."""
    return tuple(stem(word) for word in words if word not in FUNCTION_WORDS)


def read_occupations(
    table: TradeTable, tokens: Sequence[Token], hits: Sequence[TradeHit]
) -> tuple[Finding[Occupation], ...]:
    """The trades a text names, surest first, each ROME code once, at most five."""
    best: dict[str, Finding[Occupation]] = {}
    previous: TradeHit | None = None
    previous_why = ""
    left = _left(tokens, hits)
    for hit in hits:
        confidence, why = (_LEFT, "trade_weak") if hit.position in left else _judged(tokens, hit)
        if why == "trade" and previous is not None and previous_why == "trade_after_phrase":
            between = tokens[previous.position + previous.length : hit.position]
            if len(between) <= 2 and all(token.text in _JOINING | FUNCTION_WORDS for token in between):
                confidence, why = 0.85, "trade_after_phrase"
        previous, previous_why = hit, why
        span = (tokens[hit.position].start, tokens[hit.position + hit.length - 1].end)
        if hit.misspelt:
            confidence, why = confidence * _MISSPELT, "trade_misspelt"
        if len(hit.trades) > 1:
            confidence, why = confidence * 0.6, "trade_ambiguous"
        for number in hit.trades:
            occupation = table.occupations[number]
            if hit.esco:
                occupation = replace(occupation, esco=hit.esco)
            known = best.get(occupation.code)
            if known is None or known.confidence < confidence:
                best[occupation.code] = Finding(occupation, round(confidence, 2), span, why)
    ranked = sorted(best.values(), key=lambda finding: -finding.confidence)
    if ranked and ranked[0].confidence >= 0.8:
        ranked = [_beside(finding) for finding in ranked]
    return tuple(ranked[:_MOST])


def hinted(found: tuple[Finding[Occupation], ...]) -> tuple[Finding[Occupation], ...]:
    """Of a search that only hints at trades ("nettoyage, plonge, livraison"), the hints as what they are."""
    if not found or found[0].confidence >= _HINTED or found[0].why != "trade_weak":
        return found
    return tuple(
        Finding(one.value, _HINTED, one.span, one.why) if one.confidence > _LEFT else one for one in found
    )


def _left(tokens: Sequence[Token], hits: Sequence[TradeHit]) -> set[int]:
    """Where trades stand that are left behind: "de boulanger à développeur", "plus envie d'être vendeuse"."""
    left = set()
    for number, hit in enumerate(hits):
        start, end = hit.position, hit.position + hit.length
        before = [token.text for token in tokens[max(0, start - 5) : start]]
        onward = number + 1 < len(hits) and hits[number + 1].position == end + 1
        turns = onward and end < len(tokens) and tokens[end].text in {"a", "to"}
        if turns and before[-1:] in (["de"], ["d"], ["from"]):
            left.add(start)
        ended = any(word in _NO_MORE for word in before) and any(word in _STATE for word in before)
        if ended and not any(word in _TURN for word in before):
            left.add(start)
    return left


def _beside(finding: Finding[Occupation]) -> Finding[Occupation]:
    """A trade named in passing, beside one that is asked for."""
    if finding.confidence >= 0.75:
        return finding
    return Finding(finding.value, round(finding.confidence * 0.6, 2), finding.span, finding.why)


def _merge(merged: dict[tuple[str, ...], _Wording], wording: str, number: int, *, hint: bool) -> None:
    words = content_words(words_of(wording))
    if not words:
        return
    acronym = wording.isupper() and len(words) == 1 and len(wording) <= 6
    known = merged.get(words)
    trades = (number,) if known is None else tuple(dict.fromkeys((*known.trades, number)))
    merged[words] = _Wording(trades, hint, acronym)


def _whole(tokens: Sequence[Token], start: int, end: int) -> bool:
    tag = tokens[start].hashtag
    return all(token.gap == 0 and (token.hashtag == tag) for token in tokens[start + 1 : end])


def _is_meant(tokens: Sequence[Token], start: int, meaning: _Wording) -> bool:
    token = tokens[start]
    if meaning.acronym and not (token.shouted or token.hashtag):
        return False
    if token.text in _CALLED and not (token.text == "drh" and token.shouted):
        return False
    if token.text in {"commercial", "commerciale"} and start and token.gap == 0:
        return tokens[start - 1].text not in _NOT_COMMERCIAL
    return True


def _judged(tokens: Sequence[Token], hit: TradeHit) -> tuple[float, str]:
    start = hit.position
    low = start
    while low > 0 and start - low < 7 and tokens[low].gap == 0:
        low -= 1
    before = [token.text for token in tokens[low:start]]
    following = tokens[start + hit.length].text if start + hit.length < len(tokens) else ""
    if any(word in _FORMER for word in before[-2:]):
        return 0.25, "trade_weak"
    announced = any(word in _ANNOUNCING for word in before) or following in _FOLLOWING
    if hit.hint:
        within = bool(before) and (before[-1] in _WITHIN or before[-2:-1] == ["dans"])
        if within and any(word in _TRAINED for word in before):
            return 0.5, "trade_weak"
        return (
            0.55 if announced and within else 0.5 if tokens[start].hashtag else 0.45 if announced else 0.3
        ), "trade_weak"
    if tokens[start].hashtag:
        return 0.7, "hashtag"
    if any(word in _DONE for word in before):
        return 0.4, "trade"
    if announced:
        return 0.9, "trade_after_phrase"
    return (0.8, "trade_after_phrase") if any(word in _BEING for word in before) else (0.62, "trade")
