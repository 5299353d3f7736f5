"""Sparse spaces in which texts are near each other: by their words, or by the letters of their words.

A space keeps for each term the texts that have it (postings), so that one query touches only those.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.kernel import kernel

__all__ = ["Grams", "Postings", "Words", "letters"]

_COMMON, _FEW = 0.1, 1_000  # a piece in more than a tenth of the texts, and in more than these, is common

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Postings:
    """Terms by number: their rarity, and the texts that hold them with a weight (compressed rows)."""

    rarity: Floats  # per term
    starts: Ints  # per term and one more
    texts: NDArray[np.int32]
    weights: Floats


class Words:
    """Nearness by words: the cosine of their rarities."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self.numbers: dict[str, int] = {}
        terms = [self.numbers.setdefault(word, len(self.numbers)) for text in texts for word in text]
        lengths = np.array([len(text) for text in texts], np.int64)
        self.postings = _posted(np.array(terms, np.int64), lengths, len(self.numbers), dampened=False)
        self.unknown = float(self.postings.rarity.max(initial=1.0))

    def weigh(self, words: Sequence[tuple[str, float]]) -> tuple[Ints, Floats]:
        """The known terms among weighted words with their part of a vector of length 1.

        Unknown words lengthen the vector: what a label leaves out of the query lowers its nearness.
        """
        rarity, numbers = self.postings.rarity, self.numbers
        terms, weights, square = [], [], 1e-12
        for word, weight in words:
            number = numbers.get(word)
            own = weight * (self.unknown if number is None else float(rarity[number]))
            square += own * own
            if number is not None:
                terms.append(number)
                weights.append(own)
        return np.array(terms, np.int64), np.array(weights, np.float32) / np.float32(square**0.5)

    def near(self, words: Sequence[tuple[str, float]], out: Floats) -> None:
        """Write the nearness of every text to weighted words into `out`."""
        out[:] = 0.0
        add(*self.weigh(words), self.postings.starts, self.postings.texts, self.postings.weights, out)


class Grams:
    """Nearness by pieces of `shortest` to `longest` letters inside words."""

    def __init__(self, texts: Sequence[Bytes], shortest: int, longest: int) -> None:
        self.shortest, self.longest = shortest, longest
        ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
        together = np.concatenate([*texts, np.zeros(0, np.uint8)])
        pieces, lengths = _all_pieces(together, ends, shortest, longest)
        self.keys = _distinct(pieces)
        pieces = np.searchsorted(self.keys, pieces)
        self.postings = _without_common(_posted(pieces, lengths, len(self.keys), dampened=True), len(texts))

    def near(self, text: Bytes, out: Floats) -> None:
        """Write the nearness of every text to `text` into `out`."""
        out[:] = 0.0
        kept = self.postings
        terms, weights = _weighed(_pieces(text, self.shortest, self.longest), self.keys, kept.rarity)
        add(terms, weights, kept.starts, kept.texts, kept.weights, out)


def letters(words: Sequence[str]) -> Bytes:
    """Words as bytes with a space around each: what `Grams` takes pieces of."""
    return np.frombuffer((" " + " ".join(words) + " ").encode("utf-8", "replace"), np.uint8)


def _posted(terms: Ints, lengths: Ints, many: int, *, dampened: bool) -> Postings:
    """Postings of texts whose terms stand one text after the other; a text's squared weights sum to 1.

    `lengths` tells how many terms each text has, `many` how many terms there are. `terms` is used up.
    """
    texts = len(lengths)
    _joined(terms, lengths)
    terms.sort()
    term, text, counts = _counted(terms, max(texts, 1))
    held = np.bincount(term, minlength=many)
    rarity = (np.log((1.0 + texts) / (1.0 + held)) + 1.0).astype(np.float32)
    weight = rarity[term]
    if dampened:
        weight *= 1.0 + np.log(counts.astype(np.float32))
    length = np.sqrt(np.bincount(text, weight * weight, minlength=texts)).astype(np.float32)
    weight /= np.maximum(length[text], np.float32(1e-9))
    return Postings(rarity, np.concatenate([np.zeros(1, np.int64), np.cumsum(held)]), text, weight)


def _without_common(postings: Postings, texts: int) -> Postings:
    """Without the postings of pieces that many texts hold: they tell nothing and cost most."""
    held = np.diff(postings.starts)
    kept = held <= max(_COMMON * texts, _FEW)
    rows = np.repeat(kept, held)
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.where(kept, held, 0))])
    return Postings(postings.rarity, starts, postings.texts[rows], postings.weights[rows])


def _distinct(values: Ints) -> Ints:
    """Each value once, in order (a sort and a difference: `np.unique` is far slower)."""
    ordered = np.sort(values)
    first = np.concatenate([np.ones(min(len(ordered), 1), np.bool_), ordered[1:] != ordered[:-1]])
    return np.asarray(ordered[first], np.int64)


@kernel
def _joined(terms: Ints, lengths: Ints) -> None:
    """Make of each term one number with its text, where it stands: a copy of all would double the memory."""
    position = 0
    for text in range(len(lengths)):
        for _ in range(lengths[text]):
            terms[position] = terms[position] * len(lengths) + text
            position += 1


@kernel
def _counted(joined: Ints, texts: int) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Of joined numbers in order each once, as its term, its text, and how often it is there."""
    many = 0
    for position in range(len(joined)):
        many += position == 0 or joined[position] != joined[position - 1]
    term, text = np.empty(many, np.int32), np.empty(many, np.int32)
    counts = np.zeros(many, np.int32)
    last = -1
    for position in range(len(joined)):
        if position == 0 or joined[position] != joined[position - 1]:
            last += 1
            term[last], text[last] = joined[position] // texts, joined[position] % texts
        counts[last] += 1
    return term, text, counts


@kernel
def _pieces(text: Bytes, shortest: int, longest: int) -> Ints:
    """Every piece of `text` that holds no space but at its ends, as one number; shorter words whole."""
    found = np.empty(len(text) * (longest - shortest + 1), np.int64)
    count = 0
    start = 0
    for position in range(1, len(text)):
        if text[position] != 32:
            continue
        for size in range(shortest, longest + 1):
            if position - start + 1 < size:
                break
            for first in range(start, position - size + 2):
                key = np.int64(size)
                for sign in text[first : first + size]:
                    key = key * 257 + sign
                found[count] = key
                count += 1
        start = position
    return found[:count]


@kernel
def _all_pieces(texts: Bytes, ends: Ints, shortest: int, longest: int) -> tuple[Ints, Ints]:
    """The pieces of many texts, one after the other, and how many each has."""
    found = np.empty(len(texts) * (longest - shortest + 1), np.int64)
    lengths = np.empty(len(ends), np.int64)
    count, start = 0, 0
    for number in range(len(ends)):
        pieces = _pieces(texts[start : ends[number]], shortest, longest)
        found[count : count + len(pieces)] = pieces
        lengths[number] = len(pieces)
        count += len(pieces)
        start = ends[number]
    return found[:count], lengths


@kernel
def _weighed(pieces: Ints, keys: Ints, rarity: Floats) -> tuple[Ints, Floats]:
    """The known among pieces with their part of a vector of length 1; unknown ones lengthen it."""
    rarest = rarity.max() if len(rarity) else np.float32(1.0)
    pieces = np.sort(pieces)
    terms = np.empty(len(pieces), np.int64)
    weights = np.empty(len(pieces), np.float32)
    count, square, position = 0, 1e-12, 0
    while position < len(pieces):
        end = position
        while end < len(pieces) and pieces[end] == pieces[position]:
            end += 1
        term = np.searchsorted(keys, pieces[position])
        known = term < len(keys) and keys[term] == pieces[position]
        weight = (1.0 + np.log(end - position)) * (rarity[term] if known else rarest)
        square += weight * weight
        if known:
            terms[count], weights[count] = term, weight
            count += 1
        position = end
    return terms[:count], weights[:count] / np.float32(np.sqrt(square))


@kernel
def add(
    terms: Ints, weights: Floats, starts: Ints, texts: NDArray[np.int32], held: Floats, out: Floats
) -> None:
    """Add each term's weight to the texts that hold it."""
    for number in range(len(terms)):
        for place in range(starts[terms[number]], starts[terms[number] + 1]):
            out[texts[place]] += weights[number] * held[place]
