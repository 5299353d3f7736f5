"""Word vectors of an operator's own, from a local file in word2vec's text format (fastText's `.vec`)."""

import re
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["UnusableVectors", "load_vectors"]

_WORD = re.compile(r"[^\W\d_]+")
Vectors = NDArray[np.float32]


class UnusableVectors(ValueError):
    """The file holds no word vectors; the argument tells where it is not as it should be."""


def load_vectors(path: Path, most: int = 200_000) -> Callable[[Sequence[str]], Vectors]:
    """What makes vectors of texts: float32, one row each, the mean of their words; zeros where none is known.

    The first line tells how many words and numbers there are; each further one is a word and its numbers,
    the commonest first: `most` of them are read. Raises `UnusableVectors`, OSError where there is no file.
    """
    with path.open(encoding="utf-8", errors="replace") as lines:
        head = lines.readline().split()
        if len(head) != 2 or not (head[0].isdecimal() and head[1].isdecimal()) or not int(head[1]):
            raise UnusableVectors("line 1: the number of words and of dimensions expected")
        width = int(head[1])
        numbers: dict[str, int] = {}
        rows: list[Vectors] = []
        for line_number, line in enumerate(islice(lines, most), 2):
            word, *values = line.rstrip().split(" ")
            try:
                row = np.array(values, np.float32)
            except ValueError as fault:
                raise UnusableVectors(f"line {line_number}: numbers expected") from fault
            if len(row) != width or not np.isfinite(row).all():
                raise UnusableVectors(f"line {line_number}: {width} numbers expected")
            if numbers.setdefault(word.lower(), len(rows)) == len(rows):
                rows.append(row)
    if not rows:
        raise UnusableVectors("line 2: at least one word expected")
    table = np.stack(rows)

    def embed(texts: Sequence[str]) -> Vectors:
        made = np.zeros((len(texts), width), np.float32)
        for number, text in enumerate(texts):
            known = [numbers[word] for word in _WORD.findall(text.lower()) if word in numbers]
            if known:
                made[number] = table[known].mean(axis=0)
        return made

    return embed
