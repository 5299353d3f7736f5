"""Official titles as people write them: "Conseiller / Conseillère en assurances" is two wordings."""

import re

from colibri.compute.reading.tokens import folded

__all__ = ["wordings_of"]

_ASIDE = re.compile(r"\s*\([^)]*\)|\s+-[A-Z]{2,6}-")
_ALIKE = 3  # letters by which the halves of a gendered word are known


def wordings_of(title: str) -> tuple[str, ...]:
    """The masculine and the feminine of an official title, or the title where it has one form alone."""
    plain = _ASIDE.sub(" ", title).strip()
    left, slash, right = plain.partition(" / ")
    if not slash:
        return (plain,)
    first, second = left.split(), right.split()
    for length in range(len(first), 0, -1):
        if _start(first[-length]) == _start(second[0] if second else ""):
            masculine = [*first, *second[length:]]
            feminine = [*first[:-length], *second]
            return " ".join(masculine), " ".join(feminine)
    return left, right


def _start(word: str) -> str:
    return folded(word)[:_ALIKE]
