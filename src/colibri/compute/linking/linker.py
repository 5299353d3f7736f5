"""The linker: from a title as people write it to the nearest of a set of labels."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from colibri.compute.linking.spaces import Floats, Grams, Words, letters
from colibri.compute.linking.words import Title, read_title
from colibri.compute.planning.kernel import kernel
from colibri.reference import load_associations

__all__ = ["CONCEPT_SIGNS", "LABEL_SIGNS", "WEIGHTS", "Embed", "Linker", "Ranked"]

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Associations = Mapping[str, Sequence[tuple[str, float]]]

# What speaks for one label, then for all labels of one id together; `scripts/fit_linker.py` fits the weights.
LABEL_SIGNS = ("words", "letters", "forms", "head", "plural", "head_words", "associated")
CONCEPT_SIGNS = ("all_words", "all_letters", "all_associated")
WEIGHTS = (-1.51, 0.8, 1.02, 0.12, -2.33, 0.45, 7.05, -2.13, 2.14, 4.75)
_SAME, _SURE = 0.999, 4.0  # a label of the very same words comes first whatever they often stand for
_EMBEDDED = 6.0  # an operator's embeddings weigh about as much as the words do


class Ranked(NamedTuple):
    """One answer: the id, how strongly it is meant (within this query), the label that spoke most for it."""

    id: str
    score: float
    text: str


class Linker:
    """Ranks a set of labels for titles. Several labels may share an id: they are ranked as one.

    `associations` tell for a word the words it often stands for, with a share from 0 to 1; by default the
    carried French ones. `embed` turns texts into vectors (float32, one row each) by a model of the
    operator's own; their cosine then counts too.
    Raises ValueError where there is no label.
    """

    def __init__(
        self,
        labels: Sequence[tuple[str, str]],
        associations: Associations | None = None,
        embed: Embed | None = None,
        weights: Sequence[float] = WEIGHTS,
    ) -> None:
        if not labels:
            raise ValueError("a linker needs at least one label")
        numbers: dict[str, int] = {}
        for identity, _ in labels:
            numbers.setdefault(identity, len(numbers))
        together = sorted(labels, key=lambda label: numbers[label[0]])
        titles = [read_title(text) for _, text in together]
        self.ids = tuple(numbers)
        self._texts = tuple(text for _, text in together)
        self._owners = np.array([numbers[identity] for identity, _ in together], np.int32)
        self._associations = load_associations() if associations is None else associations
        self._weights = np.array(weights, np.float32)
        self._words = Words([title.lemmas for title in titles])
        self._letters = Grams([letters(title.lemmas) for title in titles], 2, 4)
        self._forms = Grams([letters(title.forms) for title in titles], 2, 5)
        all_words: list[list[str]] = [[] for _ in numbers]
        for owner, title in zip(self._owners.tolist(), titles, strict=True):
            all_words[owner].extend(title.lemmas)
        self._all_words = Words(all_words)
        self._all_letters = Grams([letters(words) for words in all_words], 3, 5)
        self._heads: dict[str, int] = {}
        self._head_of = np.array(
            [
                self._heads.setdefault(title.lemmas[0], len(self._heads)) if title.lemmas else -1
                for title in titles
            ],
            np.int32,
        )
        self._plural = np.array([title.plural for title in titles])
        self._embed = embed
        self._vectors = None if embed is None else _unit(embed(self._texts))

    def rank(self, queries: Sequence[str], k: int) -> list[list[Ranked]]:
        """For each query the `k` likeliest ids, best first; fewer where there are fewer ids."""
        vectors = None if self._embed is None or not queries else _unit(self._embed(queries))
        return [
            self._ranked(query, k, None if vectors is None else vectors[number])
            for number, query in enumerate(queries)
        ]

    def signs(self, query: str) -> tuple[Floats, Floats]:
        """What speaks for each label (7 × labels) and for each id (3 × ids): the rows of `*_SIGNS`."""
        title = read_title(query)
        by_label = np.zeros((len(LABEL_SIGNS), len(self._texts)), np.float32)
        by_id = np.zeros((len(CONCEPT_SIGNS), len(self.ids)), np.float32)
        plain = [(word, 1.0) for word in title.lemmas]
        associated = self._associated(title)
        said = letters(title.lemmas)
        self._words.near(plain, by_label[0])
        self._letters.near(said, by_label[1])
        self._forms.near(letters(title.forms), by_label[2])
        self._words.near(associated, by_label[6])
        self._all_words.near(plain, by_id[0])
        self._all_letters.near(said, by_id[1])
        self._all_words.near(associated, by_id[2])
        by_label[3] = self._head_of == self._heads.get(title.lemmas[0], -2) if title.lemmas else 0.0
        by_label[4] = 0.0 if title.plural else self._plural
        by_label[5] = by_label[3] * by_label[0]
        return by_label, by_id

    def spoken(self, scores: Floats) -> tuple[Floats, NDArray[np.int32]]:
        """For each id the best of its labels' scores, and the number of that label."""
        return _best_label(scores, self._owners, len(self.ids))

    def _associated(self, title: Title) -> list[tuple[str, float]]:
        words = dict.fromkeys(title.lemmas, 1.0)
        for lemma in title.lemmas:
            for other, share in self._associations.get(lemma, ()):
                words[other] = max(words.get(other, 0.0), share)
        return list(words.items())

    def _ranked(self, query: str, k: int, vector: Floats | None) -> list[Ranked]:
        by_label, by_id = self.signs(query)
        split = len(LABEL_SIGNS)
        scores = self._weights[:split] @ by_label + np.float32(_SURE) * (by_label[0] > _SAME)
        if vector is not None and self._vectors is not None:
            scores += _EMBEDDED * (self._vectors @ vector)
        best, spoke = self.spoken(scores)
        best += self._weights[split:] @ by_id
        k = min(k, len(best))
        top = np.argpartition(-best, k - 1)[:k] if k > 0 else np.zeros(0, np.int64)
        top = top[np.lexsort((top, -best[top]))]
        return [Ranked(self.ids[number], float(best[number]), self._texts[spoke[number]]) for number in top]


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)


@kernel
def _best_label(scores: Floats, owners: NDArray[np.int32], ids: int) -> tuple[Floats, NDArray[np.int32]]:
    best = np.full(ids, -np.inf, np.float32)
    spoke = np.zeros(ids, np.int32)
    for number in range(len(scores)):
        owner = owners[number]
        if scores[number] > best[owner]:
            best[owner], spoke[owner] = scores[number], number
    return best, spoke
