#!/usr/bin/env python
"""Fit what the linker carries: word associations and the weights of its signs.

    COLIBRI_REFERENCE_DATA=… .venv/bin/python scripts/fit_linker.py

Associations are IBM's first translation model (Brown and others, 1993) from the words of official ROME
titles to the words of the ESCO label they are matched with. The weights are those of a softmax over the
hundred likeliest ids, fitted on titles that the associations have not seen. Neither sees parts 0 and 1
of the titles, nor any other set that `bench/linking.py` measures.
"""

import gzip
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench._linking_sets import Asked, Sets, read_sets
from colibri.compute.linking import LABEL_SIGNS, WEIGHTS, Linker, read_title

TABLE = Path(__file__).parents[1] / "src" / "colibri" / "reference" / "data" / "associations.tsv.gz"
LEAST, MOST, ROUNDS = 0.03, 8, 10  # smallest share kept, most words kept for one, rounds of the model
CANDIDATES, PENALTY, STEPS = 100, 2e-3, 400


def associations(pairs: list[tuple[list[str], list[str]]]) -> dict[str, list[tuple[str, float]]]:
    """For each word of the titles the words it stands for; the share is the square root of the model's."""
    said: dict[str, int] = {}
    meant: dict[str, int] = {}
    rows = []
    group = 0
    for title, label in pairs:
        for word in label:
            target = meant.setdefault(word, len(meant))
            rows += [(said.setdefault(other, len(said)), target, group) for other in ["", *title]]
            group += 1
    source, target, groups = np.array(rows).T
    cells, cell_of = np.unique(source * len(meant) + target, return_inverse=True)
    word_of = cells // len(meant)
    share = np.full(len(cells), 1.0 / len(meant))
    for _ in range(ROUNDS):
        expected = share[cell_of]
        expected /= np.bincount(groups, expected)[groups]
        counted = np.bincount(cell_of, expected)
        share = counted / (np.bincount(word_of, counted)[word_of] + 0.5)
    words, labels = list(said), list(meant)
    found = defaultdict(list)
    for cell, part in zip(cells.tolist(), share.tolist(), strict=True):
        word, other = words[cell // len(meant)], labels[cell % len(meant)]
        if part > LEAST and word and word != other:
            found[word].append((other, min(1.0, part**0.5)))
    return {word: sorted(others, key=lambda pair: -pair[1])[:MOST] for word, others in sorted(found.items())}


def learned(sets: Sets, parts: tuple[int, ...]) -> dict[str, list[tuple[str, float]]]:
    """Associations from some parts of the crosswalk."""
    return associations(
        [
            (list(read_title(title).lemmas), list(read_title(sets.preferred[next(iter(right))]).lemmas))
            for part in parts
            for title, right in sets.crosswalk[part]
        ]
    )


def weights(linker: Linker, asked: Asked) -> np.ndarray:
    """The weights of the signs under which the right ids are likeliest, by steps of Adam."""
    current = np.array(WEIGHTS)
    for _ in range(3):  # which label speaks for an id depends on the weights
        signs, right = candidates(linker, asked, current)
        first, second = np.zeros_like(current), np.zeros_like(current)
        for step in range(1, STEPS + 1):
            likely = np.exp(signs @ current - (signs @ current).max(1, keepdims=True))
            held = likely * right
            pull = held / held.sum(1, keepdims=True) - likely / likely.sum(1, keepdims=True)
            slope = np.einsum("qkf,qk->f", signs, pull) / len(signs) - 2 * PENALTY * current
            first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
            current = current + 0.05 * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return current


def candidates(linker: Linker, asked: Asked, current: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each title the signs of its likeliest ids, each by its best label, and which are right."""
    split = len(LABEL_SIGNS)
    numbers = {identity: number for number, identity in enumerate(linker.ids)}
    signs, right = [], []
    for title, answers in asked:
        by_label, by_id = linker.signs(title)
        best, spoke = linker.spoken(current[:split].astype(np.float32) @ by_label)
        top = np.argpartition(-(best + current[split:] @ by_id), CANDIDATES)[:CANDIDATES]
        meant = np.isin(top, [numbers[answer] for answer in answers if answer in numbers])
        if meant.any():
            signs.append(np.concatenate([by_label[:, spoke[top]], by_id[:, top]]).T)
            right.append(meant)
    return np.stack(signs).astype(np.float64), np.stack(right)


def main() -> None:
    sets = read_sets()
    fitted = weights(Linker(sets.labels, learned(sets, (3, 4))), sets.crosswalk[2])
    print("WEIGHTS =", tuple(fitted.round(2).tolist()))
    table = learned(sets, (2, 3, 4))
    lines = (
        "\t".join([word, *(f"{other}:{round(100 * share)}" for other, share in others)])
        for word, others in table.items()
    )
    TABLE.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
    print(f"{len(table)} words in {TABLE.name}, {TABLE.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
