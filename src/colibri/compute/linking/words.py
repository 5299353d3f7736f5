"""The words of a title: folded, each once whatever its gender or number.

« Conseiller / Conseillère en assurances » and "conseiller assurance" become the same two words.
"""

import re
import unicodedata
from dataclasses import dataclass

from colibri.compute.reading.phrases import word_set

__all__ = ["Title", "read_title"]

_WORD = re.compile(r"[^\W_]+[+#]*")
# Marks of gender that are no words: "(h/f/x)", "H/F", "(euse)", "·e".
_GENDER = re.compile(
    r"\((?:h/f(?:[/:]x)?|f/h(?:/x)?|m/[fw](?:/[dx])?|[a-zé]{0,2}(?:trice|rice|euse|ice|i?ere|fe|esse)s?|ne|le|ve|e|s|es)\)"
    r"|\b(?:h/f(?:/x)?|f/h(?:/x)?|m/[fw]/[dx])\b|[·•](?:trice|rice|euse|i?ere|ne|le|ve|e)s?\b"
)
_SMALL = word_set(
    """
    de d du des la le l les en a au aux et ou dans pour par sur un une avec of the and in for to h f x
    """
)
_FEMININE = (
    ("trice", "teur"), ("euse", "eur"), ("iere", "ier"), ("enne", "en"), ("ere", "er"), ("ive", "if"),
    ("elle", "el"), ("cheffe", "chef"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Title:
    """A title's words: `lemmas` carry meaning; `forms` are as written, each lemma once, small words kept."""

    lemmas: tuple[str, ...]
    forms: tuple[str, ...]
    plural: bool


def read_title(text: str) -> Title:
    """The words of one title; never raises."""
    lemmas: dict[str, None] = {}
    forms: dict[str, str] = {}
    for word in _WORD.findall(_GENDER.sub(" ", _folded(text))):
        lemma = _lemma(word)
        forms.setdefault(lemma, word)
        if word not in _SMALL:
            lemmas.setdefault(lemma)
    first = next((form for form in forms.values() if form not in _SMALL), "")
    return Title(tuple(lemmas), tuple(forms.values()), _is_plural(first))


def _folded(text: str) -> str:
    lowered = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    if lowered.isascii():
        return lowered
    return "".join(sign for sign in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(sign))


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word[-1] in "sx" and not word.endswith(("ous", "is", "us", "ss", "eux"))


def _lemma(word: str) -> str:
    """The word without number and gender: not always a word, but the same for all its forms."""
    if len(word) < 4 or not word[-1].isalpha():
        return word
    if word.endswith("aux"):
        return word[:-3] + "al"
    if word[-1] in "sx" and not word.endswith(("ous", "is", "us", "ss")):
        word = word[:-1]
    for feminine, masculine in _FEMININE:
        if word.endswith(feminine) and len(word) > len(feminine) + 1:
            return word[: -len(feminine)] + masculine
    return word[:-1] if word[-1] == "e" and len(word) > 4 else word
