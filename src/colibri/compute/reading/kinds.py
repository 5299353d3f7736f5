"""Is this a person looking for work, an employer's offer, or something else?

Signs are weighed and added; how far the best kind stands from the next gives the confidence.
The weights were set by hand on the development posts of the tests, the phrases are in `lexicon`.
"""

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from colibri.compute.reading.findings import Finding
from colibri.compute.reading.lexicon import (
    ASKING_VERBS,
    EMPLOYERS,
    OFFER_TAGS,
    OTHERS,
    PEOPLE_WANTED,
    SEARCH_TAGS,
    SIGNALS,
    WORK,
)
from colibri.compute.reading.phrases import word_set
from colibri.compute.reading.tokens import Token

__all__ = ["read_kind"]

# meaning of a phrase -> kind it speaks for, weight, reason
_WEIGHTS = {
    "search": ("search", 2.4, "phrase_search"),
    "hint": ("search", 0.6, "phrase_search"),
    "hirers": ("search", 1.2, "phrase_search"),
    "offer": ("offer", 2.2, "phrase_offer"),
    "offer_hint": ("offer", 0.7, "phrase_offer"),
    "addressed": ("offer", 1.2, "phrase_offer"),
    "bait": ("offer", 1.2, "phrase_offer"),
    "found": ("other", 4.5, "phrase_found"),
    "relay": ("other", 2.6, "phrase_relay"),
    "thanks": ("other", 1.1, "phrase_thanks"),
    "news": ("other", 1.2, "phrase_news"),
}
_REACH = 7  # words behind a verb of asking among which its object is sought
_FIRST_PERSON = frozenset(("je", "j", "i", "im"))
_ANYBODY = word_set("personne personnes quelqu someone people profil profils")
_NEGATIONS = frozenset(("pas", "not", "aucun", "don", "jamais", "aucune"))


@dataclass(frozen=True, slots=True)
class _Sign:
    kind: str
    weight: float
    why: str
    span: tuple[int, int]


def read_kind(
    tokens: Sequence[Token], trade_at: Callable[[int], bool], seeker_tags: Collection[str], extra: float
) -> Finding[str]:
    """The kind of a text; `trade_at` tells whether a trade's name begins at a token.

    `seeker_tags` are folded hashtags that announce a search; `extra` is a small weight for a search that
    other fields suggest (a trade with experience and a contract, say).
    """
    words = [token.text for token in tokens]
    signs = [
        *_tag_signs(tokens, seeker_tags),
        *_phrase_signs(tokens, words),
        *_asked_for(tokens, words, trade_at),
    ]
    totals = {"search": 0.0, "offer": 0.0, "other": 0.0}
    strongest: dict[str, _Sign] = {}
    for sign in _heaviest(signs):
        totals[sign.kind] += sign.weight
        if sign.kind not in strongest or strongest[sign.kind].weight < sign.weight:
            strongest[sign.kind] = sign
    if extra and totals["search"] < 2.0 and totals["offer"] < 1.0:
        totals["search"] += extra
    return _decided(totals, strongest)


def _heaviest(signs: Sequence[_Sign]) -> list[_Sign]:
    """Of several signs of one kind in the same words, the one that weighs most."""
    kept: list[_Sign] = []
    for sign in sorted(signs, key=lambda sign: -sign.weight):
        inside = any(
            sign.kind == other.kind and sign.span[0] >= other.span[0] and sign.span[1] <= other.span[1]
            for other in kept
        )
        if not inside:
            kept.append(sign)
    return kept


def _decided(totals: dict[str, float], strongest: dict[str, _Sign]) -> Finding[str]:
    ranked = sorted(totals, key=lambda kind: -totals[kind])
    best, second = totals[ranked[0]], totals[ranked[1]]
    if best < 0.6:
        return Finding("other", 0.4 if best == 0.0 else 0.3, None, "nothing_found")
    confidence = 1.0 - math.exp(-0.72 * best)
    why = strongest[ranked[0]].why if ranked[0] in strongest else "trade"
    if second > 0.4 * best:
        confidence *= 1.0 - 0.6 * second / best
        if {ranked[0], ranked[1]} == {"search", "offer"}:
            why = "search_and_offer"
    span = strongest[ranked[0]].span if ranked[0] in strongest else None
    return Finding(ranked[0], round(min(confidence, 0.97), 2), span, why)


def _tag_signs(tokens: Sequence[Token], seeker_tags: Collection[str]) -> list[_Sign]:
    signs = []
    seen = set()
    for token in tokens:
        tag = token.hashtag
        if not tag or tag in seen:
            continue
        seen.add(tag)
        if tag in seeker_tags:
            signs.append(_Sign("search", 2.0, "hashtag", (token.start, token.end)))
        elif tag in SEARCH_TAGS:
            signs.append(_Sign("search", 1.5, "hashtag", (token.start, token.end)))
        elif tag in OFFER_TAGS:
            signs.append(_Sign("offer", 1.6, "hashtag", (token.start, token.end)))
    return signs


def _phrase_signs(tokens: Sequence[Token], words: Sequence[str]) -> list[_Sign]:
    signs = []
    counted: dict[str, int] = {}
    position = 0
    while position < len(words):
        found = SIGNALS.at(words, position)
        if (
            found is None
            or _broken(tokens, position, found[0])
            or tokens[position].hashtag in OFFER_TAGS | SEARCH_TAGS
        ):
            position += 1
            continue
        length, meaning = found
        if meaning == "offer" and length == 1 and position and words[position - 1] in {"d", "de", "l"}:
            position += 1  # "entretien d'embauche" offers nothing
            continue
        counted[meaning] = counted.get(meaning, 0) + 1
        if counted[meaning] <= 3 and not (meaning in {"search", "offer"} and _negated(words, position)):
            kind, weight, why = _WEIGHTS[meaning]
            span = (tokens[position].start, tokens[position + length - 1].end)
            signs.append(_Sign(kind, weight if counted[meaning] == 1 else weight / 3, why, span))
        position += length
    return signs


def _broken(tokens: Sequence[Token], position: int, length: int) -> bool:
    inside = tokens[position + 1 : position + length]
    return any(token.gap == 2 for token in inside)


def _negated(words: Sequence[str], position: int) -> bool:
    return any(word in _NEGATIONS for word in words[max(0, position - 2) : position])


def _asked_for(tokens: Sequence[Token], words: Sequence[str], trade_at: Callable[[int], bool]) -> list[_Sign]:
    signs = []
    for position in range(len(words)):
        found = ASKING_VERBS.at(words, position)
        if found is None or tokens[position].hashtag:
            continue
        length, language = found
        sign = _asking(tokens, words, position, length, language, trade_at)
        if sign is not None:
            signs.append(sign)
        if len(signs) >= 4:
            break
    return signs


def _asking(
    tokens: Sequence[Token],
    words: Sequence[str],
    position: int,
    length: int,
    language: str,
    trade_at: Callable[[int], bool],
) -> _Sign | None:
    before = _clause_before(tokens, words, position)
    if before and before[-1] in {"ma", "la", "sa", "ta", "votre", "leur", "une", "cette", "my", "your", "de"}:
        return None
    if before and before[-1] in {"qui", "who"}:
        # "connaissez-vous une entreprise qui cherche…" asks on the author's own behalf
        asking = any(word.startswith(("connai", "know")) for word in before)
        return (
            _Sign("search", 2.0, "phrase_search", (tokens[position].start, tokens[position].end))
            if asking
            else None
        )
    after = position + length
    if (after < len(words) and words[after] in _NEGATIONS | {"plus"}) or _negated(words, position):
        return None
    what, end = _object(tokens, words, after, language, trade_at)
    if what == "nothing":
        return None
    span = (tokens[position].start, tokens[end].end)
    first_person = any(word in _FIRST_PERSON for word in before[-6:])
    for_another = not first_person and any(word in OTHERS for word in before[-7:])
    by_employer = any(word in EMPLOYERS for word in before[-7:])
    if what == "work":
        if for_another:
            return _Sign("other", 3.4, "phrase_relay", span)
        asked = end + 1 < len(tokens) and tokens[end + 1].gap == 2 and language == "en" and not first_person
        if by_employer and not first_person:
            return _Sign("search", 0.8, "phrase_search", span)
        return _Sign("search", 2.6 if first_person or not asked else 1.0, "phrase_search", span)
    if first_person and words[end] in _ANYBODY:
        return None
    if first_person and what == "trade":
        return _Sign("offer", 0.7, "phrase_offer", span)
    return _Sign("offer", 2.2 if by_employer or what == "people" else 1.6, "phrase_offer", span)


def _clause_before(tokens: Sequence[Token], words: Sequence[str], position: int) -> Sequence[str]:
    start = position
    while start > 0 and position - start < 10 and tokens[start].gap < 2:
        start -= 1
    return words[start:position]


def _object(
    tokens: Sequence[Token], words: Sequence[str], start: int, language: str, trade_at: Callable[[int], bool]
) -> tuple[str, int]:
    """What is asked for ("work", "people", "trade" or "nothing") and the token that says so."""
    first: tuple[str, int] = ("nothing", start)
    for position in range(start, min(start + _REACH, len(words))):
        if tokens[position].gap == 2:
            break
        word = words[position]
        if word in {"comme", "as"} and language == "fr":
            return "work", position
        if word in WORK:
            return ("work", position) if first[0] == "nothing" or language == "en" else first
        if first[0] == "nothing":
            if word in PEOPLE_WANTED:
                first = ("people", position)
            elif trade_at(position):
                first = ("trade", position)
    return first
