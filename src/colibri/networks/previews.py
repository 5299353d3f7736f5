"""A message as each network shows it: what can be touched, how long it is there, where it would be cut."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import regex

from colibri.networks.base import Capabilities
from colibri.networks.hashtags import HASHTAG

__all__ = ["Part", "Preview", "fitting", "preview"]

_GRAPHEME = regex.compile(r"\X")
_TOUCHABLE = (
    ("link", re.compile(r"https?://[^\s<>\"]{1,2000}", re.IGNORECASE)),
    ("mention", re.compile(r"(?<![=/\w])@[a-z0-9_][a-z0-9_.-]*(?:@[\w.-]*\w)?", re.IGNORECASE)),
    ("hashtag", HASHTAG),
)
_ENDS_SENTENCE = "'.,;:!?…»”’)"


@dataclass(frozen=True, slots=True)
class Part:
    """Characters shown alike: `kind` is "link", "mention", "hashtag", or empty for plain words."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A text on one network: `length` as the network counts, `end` the first character that does not fit."""

    label: str
    limit: int
    length: int
    end: int
    parts: tuple[Part, ...]

    @property
    def fits(self) -> bool:
        return self.length <= self.limit

    @property
    def left(self) -> int:
        """Characters that could still be written, below 0 where it is too long."""
        return self.limit - self.length


def preview(text: str, network: Capabilities) -> Preview:
    """The text as this network shows it, cut nowhere."""
    length = network.measure(text)
    end = len(text)
    if length > network.character_limit:
        end = fitting(text, network.measure, network.character_limit)
    return Preview(network.label, network.character_limit, length, end, _parts(text))


def fitting(text: str, measure: Callable[[str], int], most: int) -> int:
    """How many characters of a text, in whole graphemes from its start on, measure at most so much."""
    ends: list[int] = [0, *(match.end() for match in _GRAPHEME.finditer(text))]
    low, high = 0, len(ends) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[: ends[middle]]) <= most else (low, middle - 1)
    return ends[low]


def _parts(text: str) -> tuple[Part, ...]:
    found: list[tuple[int, int, str]] = []
    for kind, pattern in _TOUCHABLE:
        for match in pattern.finditer(text):
            start, end = match.span()
            if kind == "link":
                end = start + len(match[0].rstrip(_ENDS_SENTENCE))
            if all(end <= other[0] or start >= other[1] for other in found):
                found.append((start, end, kind))
    parts, position = [], 0
    for start, end, kind in sorted(found):
        if start > position:
            parts.append(Part(text[position:start]))
        parts.append(Part(text[start:end], kind))
        position = end
    if position < len(text):
        parts.append(Part(text[position:]))
    return tuple(parts)
