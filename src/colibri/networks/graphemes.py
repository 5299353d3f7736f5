"""How long a text is for those who read it."""

import regex

__all__ = ["graphemes"]

_GRAPHEME = regex.compile(r"\X")


def graphemes(text: str) -> int:
    """The number of user-perceived characters, by the rules of Unicode Standard Annex #29."""
    return len(text) if text.isascii() and "\r" not in text else sum(1 for _ in _GRAPHEME.finditer(text))
