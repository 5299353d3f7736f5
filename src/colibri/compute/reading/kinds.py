"""Is this a person looking for work, an employer's offer, a cause, an abuse, or something else?

Signs are weighed and added here, by hand; `weighing` makes a probability of them. The phrases are
in `lexicon`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from colibri.compute.reading.findings import KINDS, Finding
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

__all__ = ["Sign", "Signs", "decided", "kind_signs"]

# meaning of a phrase -> kind it speaks for, weight, reason
_WEIGHTS = {
    "search": ("search", 2.4, "phrase_search"),
    "hint": ("search", 0.6, "phrase_search"),
    "hirers": ("search", 1.2, "phrase_search"),
    "offer": ("offer", 2.2, "phrase_offer"),
    "offer_hint": ("offer", 0.7, "phrase_offer"),
    "addressed": ("offer", 1.2, "phrase_offer"),
    "cause": ("cause", 2.8, "phrase_cause"),
    "cause_hint": ("cause", 0.7, "phrase_cause"),
    "abuse": ("abuse", 3.2, "phrase_abuse"),
    "abuse_hint": ("abuse", 0.9, "phrase_abuse"),
    "asks_not": ("other", 3.5, "asks_not_to"),
    "found": ("other", 4.5, "phrase_found"),
    "relay": ("other", 2.6, "phrase_relay"),
    "thanks": ("other", 1.1, "phrase_thanks"),
    "news": ("other", 1.2, "phrase_news"),
}
_WORK_PAIRS = frozenset(
    [("temps", "plein"), ("temps", "partiel"), ("temps", "complet"), ("premiere", "experience")]
    + [
        (word, of)
        for word in ("place", "places", "heures")
        for of in ("de", "d", "en", "comme", "sur", "dans")
    ]
)
_WHERE = frozenset(("sur", "a", "en", "vers", "autour", "dans", "aussi", "ici", "au"))
_ALONE = frozenset(("il", "elle", "he", "she"))
_WHOSE = word_set(
    """
ma mon mes un une sa son ses notre nos leur leurs la le les cette cet ce des deux my our his her their a the
jeune petite petit grand grande vieille vieil meilleur meilleure best belle beau ancienne ancien
"""
)
_DENIED = ("search", "offer", "cause")  # a "not" before them takes them back
_TOLD, _UNTOLD = 0.6, 0.55  # least weight of a sign; most confidence without one
_TO_BE_SAID = ("cause", "abuse")  # never told of a text without a phrase that says so
_HINTS = 1.4
_REACH = 7  # words behind a verb of asking among which its object is sought
_FIRST_PERSON = frozenset(("je", "j", "i", "im", "moi"))
_ANYBODY = word_set("personne personnes quelqu someone people profil profils")
_NEGATIONS = frozenset(("pas", "not", "aucun", "don", "jamais", "aucune"))


@dataclass(frozen=True, slots=True)
class Sign:
    """A phrase or a hashtag that speaks for a kind."""

    kind: str
    weight: float
    why: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for each kind: how strongly altogether, and the strongest sign of each."""

    totals: dict[str, float]
    strongest: dict[str, Sign]


def kind_signs(
    tokens: Sequence[Token], trade_at: Callable[[int], bool], seeker_tags: Collection[str]
) -> Signs:
    """The signs of a text; `trade_at` tells whether a trade's name begins at a token.

    `seeker_tags` are folded hashtags that announce a search.
    """
    words = [token.text for token in tokens]
    signs = [
        *_tag_signs(tokens, seeker_tags),
        *_phrase_signs(tokens, words),
        *_asked_for(tokens, words, trade_at),
    ]
    totals = dict.fromkeys(KINDS, 0.0)
    strongest: dict[str, Sign] = {}
    for sign in _heaviest(signs):
        totals[sign.kind] += sign.weight
        if sign.kind not in strongest or strongest[sign.kind].weight < sign.weight:
            strongest[sign.kind] = sign
    if totals["abuse"] <= _HINTS:  # one or two doubtful words make no scam
        totals["abuse"] *= 0.4
    return Signs(totals, strongest)


def decided(signs: Signs, chances: dict[str, float], *, facts: bool) -> Finding[str]:
    """The likeliest kind, with its probability; `facts` says that other fields understood something.

    What only other fields point to is told with little confidence, so that the person is asked.
    """
    totals, strongest = signs.totals, signs.strongest
    best = max(totals.values())
    if best < _TOLD and not facts:
        return Finding("other", 0.4 if best == 0.0 else 0.3, None, "nothing_found")
    meant = [name for name in chances if name in strongest or name not in _TO_BE_SAID]
    kind = max(meant, key=lambda name: chances[name])
    confidence = min(chances[kind], 0.97)
    if kind not in strongest:
        return Finding(kind, round(min(confidence, _UNTOLD), 2), None, "overall")
    why = strongest[kind].why
    rival = {"search": "offer", "offer": "search"}.get(kind)
    if rival and totals[rival] > 0.4 * totals[kind]:
        why = "search_and_offer"
        confidence *= 1.0 - 0.5 * min(totals[rival] / max(totals[kind], 0.1), 1.0)
    return Finding(kind, round(confidence, 2), strongest[kind].span, why)


def _heaviest(signs: Sequence[Sign]) -> list[Sign]:
    """Of several signs of one kind in the same words, the one that weighs most."""
    kept: list[Sign] = []
    for sign in sorted(signs, key=lambda sign: -sign.weight):
        inside = any(
            sign.kind == other.kind and sign.span[0] >= other.span[0] and sign.span[1] <= other.span[1]
            for other in kept
        )
        if not inside:
            kept.append(sign)
    return kept


def _tag_signs(tokens: Sequence[Token], seeker_tags: Collection[str]) -> list[Sign]:
    signs = []
    seen = set()
    for token in tokens:
        tag = token.hashtag
        if not tag or tag in seen:
            continue
        seen.add(tag)
        if tag in seeker_tags:
            signs.append(Sign("search", 2.0, "hashtag", (token.start, token.end)))
        elif tag in SEARCH_TAGS:
            signs.append(Sign("search", 1.5, "hashtag", (token.start, token.end)))
        elif tag in OFFER_TAGS:
            signs.append(Sign("offer", 1.6, "hashtag", (token.start, token.end)))
    return signs


def _phrase_signs(tokens: Sequence[Token], words: Sequence[str]) -> list[Sign]:
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
        if meaning == "offer" and length == 1 and "moi" in words[max(0, position - 3) : position]:
            position += 1  # "ma fille et moi cherchons du travail"
            continue
        counted[meaning] = counted.get(meaning, 0) + 1
        if counted[meaning] <= 3 and not (
            meaning in {"search", "offer", "cause"} and _negated(words, position)
        ):
            kind, weight, why = _WEIGHTS[meaning]
            span = (tokens[position].start, tokens[position + length - 1].end)
            signs.append(Sign(kind, weight if counted[meaning] == 1 else weight / 3, why, span))
        position += length
    return signs


def _broken(tokens: Sequence[Token], position: int, length: int) -> bool:
    inside = tokens[position + 1 : position + length]
    return any(token.gap == 2 for token in inside)


def _negated(words: Sequence[str], position: int) -> bool:
    return any(word in _NEGATIONS for word in words[max(0, position - 2) : position])


def _asked_for(tokens: Sequence[Token], words: Sequence[str], trade_at: Callable[[int], bool]) -> list[Sign]:
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
) -> Sign | None:
    before = _clause_before(tokens, words, position)
    if before and before[-1] in {"ma", "la", "sa", "ta", "votre", "leur", "une", "cette", "my", "your", "de"}:
        return None
    if before and before[-1] in {"qui", "who"}:
        # "connaissez-vous une entreprise qui cherche…" asks on the author's own behalf
        asking = any(word.startswith(("connai", "know")) for word in before)
        return (
            Sign("search", 2.0, "phrase_search", (tokens[position].start, tokens[position].end))
            if asking
            else None
        )
    after = position + length
    if (after < len(words) and words[after] in _NEGATIONS | {"plus"}) or _negated(words, position):
        return None
    what, end = _object(tokens, words, after, language, trade_at)
    first_person = any(word in _FIRST_PERSON for word in before[-6:])
    if what == "nothing":
        somewhere = after + 1 < len(tokens) and words[after] in _WHERE and tokens[after + 1].capital
        if first_person and somewhere:  # "je cherche sur Nantes"
            return Sign("search", 1.8, "phrase_search", (tokens[position].start, tokens[after].end))
        return None
    span = (tokens[position].start, tokens[end].end)
    for_another = not first_person and _another(before[-7:])
    by_employer = any(word in EMPLOYERS for word in before[-7:])
    if what == "work":
        if for_another:
            return Sign("other", 3.4, "phrase_relay", span)
        asked = end + 1 < len(tokens) and tokens[end + 1].gap == 2 and language == "en" and not first_person
        if by_employer and not first_person:
            return Sign("search", 0.8, "phrase_search", span)
        return Sign("search", 2.6 if first_person or not asked else 1.0, "phrase_search", span)
    if first_person and words[end] in _ANYBODY:
        return None
    if before[:3] in (
        ["est", "ce", "qu"],
        ["est", "ce", "que"],
    ):  # "est-ce qu'un restaurant cherche un plongeur ?"
        return Sign("search", 2.4, "phrase_search", span)
    if first_person and what == "trade":
        return Sign("offer", 0.7, "phrase_offer", span)
    return Sign("offer", 2.2 if by_employer or what == "people" else 1.6, "phrase_offer", span)


def _another(before: Sequence[str]) -> bool:
    """Does the clause speak of somebody else? "ma femme" and "elle" do, "femme, 52 ans" does not."""
    return any(
        word in OTHERS and (word in _ALONE or (place > 0 and before[place - 1] in _WHOSE))
        for place, word in enumerate(before)
    )


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
        following = words[position + 1] if position + 1 < len(words) else ""
        if word in {"bon", "bonne", "good"}:
            break  # advice on a good baker is asked for, not work
        if word in WORK or (word, following) in _WORK_PAIRS:
            return ("work", position) if first[0] == "nothing" or language == "en" else first
        if first[0] == "nothing":
            if word in PEOPLE_WANTED:
                first = ("people", position)
            elif trade_at(position):
                first = ("trade", position)
    return first
