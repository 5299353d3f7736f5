"""The coach: one text in, remarks out, most useful first."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from colibri.compute.coaching.hashtags import about_hashtags, ending_hashtags
from colibri.compute.coaching.links import LINK, about_links
from colibri.compute.coaching.passing import about_dates
from colibri.compute.coaching.remarks import KINDS, Change, Remark, added, cut
from colibri.compute.coaching.wording import about_wording
from colibri.compute.reading import Finding, Reading
from colibri.compute.reading.phrases import word_set
from colibri.compute.reading.tokens import tokenise, without_markup

__all__ = ["BLANK", "WORDS_LEAST", "Circumstances", "Coach"]

WORDS_LEAST = 8
"""Words a message needs to say anything that makes somebody stop."""
BLANK = re.compile(r"_{3,}")
_CONTACT = word_set(
    """
mp dm mps dms message messages contact contactez contacter ecrivez ecrire repondez joindre joignable linkedin
mail courriel email telephone phone reply write contactable reponse
"""
)
# "Tél. :", "joignable au", "mon mail :" says nothing without what follows.
_LEADS = re.compile(
    r"(?:\b(?:t[ée]l(?:[ée]phone)?|mobile|portable|(?:mon |par |my )?(?:e-?)?mail|courriel"
    r"|contact(?:ez)?(?:[- ]moi)?|joignable|appele[zr](?:[- ]moi)?|[ée]cri(?:vez|re)(?:[- ]moi)?"
    r"|me (?:joindre|contacter)|phone|call me|au|à|par|sur|at|on)\b\s*[:.]?\s*)+$",
    re.IGNORECASE,
)
_CONTRACTS = {
    "fr": ("CDI", "CDD", "CDI ou CDD"),
    "en": ("permanent contract", "fixed-term contract", "permanent or fixed-term contract"),
}
_CONTRACT = {"fr": "Contrat : {}.", "en": "I look for a {}."}
_ASKED = {"occupation": "no_trade", "place": "no_place", "contract": "no_contract"}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the text does not say: `today` where the collective is, its seekers' hashtag, whether readers
    can reach the author beside it, for each network too short for it the first character that does not fit,
    and how many of its images nobody described."""

    today: date
    seekers_tag: str
    reachable: bool = False
    ends: Mapping[str, int] = field(default_factory=dict)
    undescribed: int = 0


class Coach:
    """Looks at messages. `vocabulary` holds the words hashtags are made of, folded as the reader folds."""

    def __init__(self, vocabulary: Collection[str]) -> None:
        self._vocabulary = frozenset(vocabulary)

    def look(self, text: str, reading: Reading, around: Circumstances) -> tuple[Remark, ...]:
        """Remarks about a text and its reading, most useful first. Never raises on any text."""
        found = [*self._remarks(text, reading, around)]
        return tuple(sorted(found, key=lambda remark: (KINDS.index(remark.kind), remark.spans)))

    def _remarks(self, text: str, reading: Reading, around: Circumstances) -> Iterator[Remark]:
        plain = without_markup(text)
        tokens = tokenise(plain)
        if blanks := tuple(match.span() for match in BLANK.finditer(text)):
            yield Remark("unfilled", blanks)
        if reading.personal_data:
            yield _personal(text, reading.personal_data)
        yield from _missing(text, reading)
        for network, end in around.ends.items():
            yield Remark("too_long", ((end, len(text)),), network)
        words = [token.text for token in tokens if not token.hashtag]
        if not (around.reachable or LINK.search(text) or _CONTACT.intersection(words)):
            yield Remark("no_contact")
        yield from about_hashtags(text, around.seekers_tag, self._vocabulary)
        yield from about_dates(text, around.today)
        yield from about_wording(text, tokens, reading)
        yield from about_links(text)
        if len(words) < WORDS_LEAST:
            yield Remark("too_short")
        if around.undescribed:
            yield Remark("no_alt_text", (), str(around.undescribed))


def _personal(text: str, found: Collection[Finding[str]]) -> Remark:
    spans = tuple(sorted(one.span for one in found if one.span))
    edits = []
    for start, end in spans:
        lead = _LEADS.search(text[max(0, start - 60) : start])
        edits.append(cut(text, start - len(lead[0]) if lead else start, end))
    apart = all(one.end <= other.start for one, other in pairwise(edits))
    return Remark("personal_data", spans, "", (Change(tuple(edits)),) if edits and apart else ())


def _missing(text: str, reading: Reading) -> Iterator[Remark]:
    """Trade, place and contract where nothing says them. Who may work anywhere from home needs no place."""
    for question in reading.questions:
        kind = _ASKED.get(question)
        if kind is None or (kind == "no_place" and reading.remote is not None and reading.remote.value):
            continue
        changes = []
        if kind == "no_contract":
            language = reading.language.value if reading.language.value in _CONTRACTS else "fr"
            before = ending_hashtags(text)
            for contract in _CONTRACTS[language]:
                sentence = _CONTRACT[language].format(contract)
                changes.append(Change((added(text, sentence, before=before),), contract))
        yield Remark(kind, (), "", tuple(changes))
