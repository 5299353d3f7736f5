"""Trades written with one slip: a letter too many, missing or wrong, or two that changed places.

Words of other things are often one letter away ("cuisiner", "peinture", "assistance"), most in their ending:
there, only two letters that changed places or an ending of a trade are taken for a slip.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator

from colibri.compute.reading.phrases import word_set

__all__ = ["Slips"]

_LEAST = 7  # letters: of shorter words too many are one letter from another
_ENDING = 4
_OF_TRADES = ("eur", "euse", "ere", "ier", "ien", "enne", "iste", "trice", "ant", "ante", "aire")
# One letter from a trade, and words of their own.
_OTHERS = word_set(
    """
courrier carriere printer sondeur sondeuse important importante traceur traceuse fendeur fendeuse caviste
physicien physicienne pontiere portiere meuleur meuleuse stenographe cardeur cardeuse typographe cremier
cremiere aviculteur avicultrice documentariste caleur caleuse garante photographier librarie riveuse matonne
coteuse
"""
)


class Slips:
    """Knows words, and which of them somebody meant who wrote one with a slip."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = frozenset(word for word in words if len(word) >= _LEAST and word.isalpha())
        self._shortened: dict[str, set[str]] = defaultdict(set)
        for word in self._words:
            for short in _without_one(word):
                self._shortened[short].add(word)

    def meant(self, word: str) -> str | None:
        """The one word that differs by a slip; None where there is none, or more than one."""
        if len(word) < _LEAST - 1 or word in _OTHERS or not word.isalpha():
            return None
        found = set(self._shortened.get(word, ()))
        for short in _without_one(word):
            found |= self._shortened.get(short, set())
            if short in self._words:
                found.add(short)
        likely = {one for one in found if _is_slip(word, one)}
        return likely.pop() if len(likely) == 1 else None


def _without_one(word: str) -> Iterator[str]:
    for position in range(1, len(word)):  # the first letter is hardly ever wrong
        yield word[:position] + word[position + 1 :]


def _is_slip(word: str, meant: str) -> bool:
    start = next((at for at, (one, other) in enumerate(zip(word, meant, strict=False)) if one != other), None)
    if start is None:
        return False  # the end is missing, or more stands there: a plural, a gender, another word
    left, right = word[start:], meant[start:]
    if len(left) == len(right) > 1 and left[:2] == right[1::-1] and left[2:] == right[2:]:
        return True
    once = left[1:] == right[1:] or left[1:] == right or left == right[1:]
    return once and (len(right) > _ENDING or word.endswith(_OF_TRADES))
