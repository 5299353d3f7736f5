"""Finding many short phrases in a text at once, by the first word of each."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

__all__ = ["Phrases", "phrase_table", "word_set"]

T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases with what they mean; of several that begin at one word the longest counts."""

    def __init__(self, entries: Iterable[tuple[Sequence[str], T]]) -> None:
        by_first: dict[str, dict[tuple[str, ...], T]] = {}
        for words, meaning in entries:
            if words:
                by_first.setdefault(words[0], {}).setdefault(tuple(words), meaning)
        self._by_first = {
            first: sorted(phrases.items(), key=lambda item: -len(item[0]))
            for first, phrases in by_first.items()
        }

    def at(self, words: Sequence[str], position: int) -> tuple[int, T] | None:
        """How many words the longest phrase at `position` takes, and its meaning."""
        for phrase, meaning in self._by_first.get(words[position], ()):
            length = len(phrase)
            if length == 1 or tuple(words[position : position + length]) == phrase:
                return length, meaning
        return None


def phrase_table(lines: str) -> list[tuple[tuple[str, ...], str]]:
    """Phrases written as lines "meaning: phrase, phrase"; a meaning may stand on several lines."""
    entries: list[tuple[tuple[str, ...], str]] = []
    for line in lines.strip().splitlines():
        meaning, _, phrases = line.partition(":")
        entries.extend(
            (tuple(phrase.split()), meaning.strip()) for phrase in phrases.split(",") if phrase.strip()
        )
    return entries


def word_set(words: str) -> frozenset[str]:
    """Words written in one string."""
    return frozenset(words.split())
