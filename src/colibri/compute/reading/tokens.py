"""A text as tokens: folded words that remember which characters they came from."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from colibri.compute.reading.phrases import word_set

__all__ = ["FUNCTION_WORDS", "Token", "folded", "stem", "tokenise", "without_markup", "words_of"]

# Small words that come and go inside a name: "chef (de) projet", "agent d'accueil".
FUNCTION_WORDS = word_set("de d du des la le l les en a au aux of the et")

_TOKEN = re.compile(r"#?[^\W_]+")
_CAMEL = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,}(?![a-zà-öø-ÿ])|[A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿœ]+|\d+|[^\W\d_]+")
_MARKUP = re.compile(
    r"<[^<>]{0,400}>|https?://[^\s<>\"']{1,2000}|(?<![\w@])@[\w.-]{1,100}(?:@[\w.-]{1,200})?"
)
_ENTITY = re.compile(r"&(amp|lt|gt|quot|nbsp|apos|#39|#x27|#160);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "nbsp": " ", "apos": "'", "#39": "'", "#x27": "'"}
# The second half of a gendered form, as in "infirmier·ère" or "chargé(e)": it adds no word.
_ENDINGS = word_set(
    """
e es ne nes se ses euse euses rice rices trice trices ere eres iere ieres ve ves le les te tes fe esse
eure s x he cheffe enne
"""
)
_HYPHEN_ENDINGS = word_set("e es ne nes se euse rice trice ere iere euses rices trices")
_SENTENCE_END = re.compile(r"[.!?;:\n…](?:\s|$)|\n")


@dataclass(slots=True)
class Token:
    """One word: `text` folded, `start` and `end` in the original.

    `gap` tells what stands before it: 0 a space, 1 a comma or other mark, 2 the end of a sentence.
    """

    text: str
    start: int
    end: int
    gap: int
    capital: bool
    shouted: bool  # more than one letter, all capitals
    hashtag: str = ""  # the whole hashtag, folded, where the word stands in one


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """Lower case without accents or ligatures."""
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    lowered = lowered.replace("œ", "oe").replace("æ", "ae")
    return "".join(sign for sign in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(sign))


def stem(word: str) -> str:
    """The word without a plural ending."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and word[-2] != "s" else word


def without_markup(text: str) -> str:
    """The text with tags, links and mentions blanked, every other character in its place."""
    blanked = _MARKUP.sub(lambda match: " " * len(match[0]), text)
    return _ENTITY.sub(lambda match: _ENTITIES.get(match[1], " ").ljust(len(match[0])), blanked)


def words_of(name: str) -> tuple[str, ...]:
    """The folded words of a name: ("saint", "etienne") for "Saint-Étienne" and "St Etienne" alike."""
    return tuple(_spelt(folded(word)) for word in _TOKEN.findall(name))


def tokenise(text: str) -> list[Token]:
    """The words of `text` (markup already blanked), hashtags taken apart at their capitals."""
    tokens: list[Token] = []
    end, after_ending = 0, False
    for match in _TOKEN.finditer(text):
        word, start = match[0], match.start()
        between = text[end:start] if start - end <= 80 else "\n"
        if after_ending:
            between = between.removeprefix(")")
        if word[0] == "#":
            tokens.extend(_from_hashtag(word, start, _gap(between)))
            after_ending = False
        elif not _is_ending(word, between, text, match.end()):
            text_folded = _spelt(folded(word))
            if text_folded:
                shouted = len(word) > 1 and word.isupper()
                tokens.append(
                    Token(text_folded, start, match.end(), _gap(between), word[0].isupper(), shouted)
                )
            after_ending = False
        else:
            after_ending = True
        end = match.end()
    return tokens


def _from_hashtag(word: str, start: int, gap: int) -> list[Token]:
    tag = folded(word[1:])
    found: list[Token] = []
    for part in _CAMEL.finditer(word, 1):
        piece = _spelt(folded(part[0]))
        if piece:
            shouted = len(part[0]) > 1 and part[0].isupper()
            found.append(
                Token(
                    piece,
                    start + part.start(),
                    start + part.end(),
                    0 if found else max(gap, 1),
                    True,
                    shouted,
                    tag,
                )
            )
    return found


def _gap(between: str) -> int:
    if between.isspace() or not between:
        return 2 if "\n" in between else 0
    bare = between.strip()
    if bare in {"-", "'", "’", "‑", "·", "&", "/"}:
        return 0 if bare != "-" or not between[0].isspace() else 1
    if _SENTENCE_END.search(between):
        return 2
    return 1


def _is_ending(word: str, between: str, text: str, end: int) -> bool:
    if len(between) != 1 or len(word) > 6:
        return False
    if between == "-":
        following = text[end : end + 1]
        return folded(word) in _HYPHEN_ENDINGS and following not in {"-", "'", "’"}
    return between in "·•∙‧・.(/" and folded(word) in _ENDINGS


def _spelt(word: str) -> str:
    if word == "st":
        return "saint"
    return "sainte" if word == "ste" else word
