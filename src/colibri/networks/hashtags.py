"""Hashtags as people write them: found in plain text, compared without case or accents."""

import re
import unicodedata
from collections.abc import Collection

__all__ = ["HASHTAG", "carries", "fold", "hashtags_in"]

HASHTAG = re.compile(r"(?<![\w&/])[#＃](?=\w*[^\W\d_])(\w{1,100})")


def fold(hashtag: str) -> str:
    """The form two spellings of one hashtag share: no leading #, no case, no accents, no width."""
    decomposed = unicodedata.normalize("NFKD", hashtag.lstrip("#＃"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def hashtags_in(text: str) -> tuple[str, ...]:
    """The hashtags of a plain text, without the #, as written, each once, in reading order."""
    composed = unicodedata.normalize("NFC", text)
    return tuple(dict.fromkeys(HASHTAG.findall(composed)))


def carries(hashtags: Collection[str], wanted: Collection[str]) -> bool:
    """Whether any of `hashtags`, as written, is one of `wanted`, which are already folded."""
    return any(fold(hashtag) in wanted for hashtag in hashtags)
