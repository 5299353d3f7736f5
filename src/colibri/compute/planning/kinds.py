"""Appeals that matter alike to everybody, and what each relay would bring one of them alone."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.kernel import kernel
from colibri.compute.planning.problem import Problem

__all__ = ["GAINS_MOST", "Kinds", "sort_appeals"]

GAINS_MOST = 2**30
"""Most relay × kind pairs: 4 bytes each."""


@dataclass(frozen=True, eq=False)
class Kinds:
    """`kind` (int32, A) of each appeal, `relevance` (float32, K×C) of each kind, and `alone` (float32, R×K),
    what one boost would bring."""

    kind: NDArray[np.int32]
    relevance: NDArray[np.float32]
    alone: NDArray[np.float32]


def sort_appeals(problem: Problem) -> Kinds:
    """Put appeals with the same row of relevance together.

    Raises ValueError where relays × kinds exceeds `GAINS_MOST`.
    """
    kind, first = _alike(problem.relevance)
    if problem.relays * first.size > GAINS_MOST:
        raise ValueError(
            f"relevance: {first.size} kinds of appeals × {problem.relays} relays exceed {GAINS_MOST} pairs"
        )
    relevance = np.ascontiguousarray(problem.relevance[first])
    alone = np.zeros((problem.relays, first.size), dtype=np.float32)
    _bring_alone(
        problem.audience_start,
        problem.audience_member,
        problem.member_class,
        np.ascontiguousarray(relevance.T),
        np.where(problem.budget > 0, problem.attention, np.float32(0.0)),
        alone,
    )
    return Kinds(kind, relevance, alone)


def _alike(relevance: NDArray[np.float32]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The kind of each row, and where each kind comes first.

    Rows are told apart by one random sum each, and then compared: where two that differ have one sum, every
    row is a kind of its own, which costs memory only.
    """
    appeals, classes = relevance.shape
    weights = np.random.default_rng(0).random((classes,))
    sums: NDArray[np.float64] = np.zeros(appeals)
    for one in range(classes):  # column by column, so that no wider copy of the table is made
        sums = sums + float(weights[one]) * relevance[:, one]
    _, first, kind = np.unique(sums, return_index=True, return_inverse=True)
    for one in range(first.size):
        if np.any(relevance[kind == one] != relevance[first[one]]):
            return np.arange(appeals, dtype=np.int32), np.arange(appeals)
    return kind.astype(np.int32), first


@kernel
def _bring_alone(
    start: Any, member: Any, member_class: Any, relevance_by_class: Any, attention: Any, alone: Any
) -> None:
    classes, kinds = relevance_by_class.shape
    histogram = np.zeros(classes, dtype=np.int64)
    touched = np.empty(classes, dtype=np.int64)
    total = np.empty(kinds, dtype=np.float64)
    for relay in range(start.size - 1):
        if attention[relay] <= 0.0:
            continue
        met = 0
        for place in range(start[relay], start[relay + 1]):
            one = member_class[member[place]]
            if histogram[one] == 0:
                touched[met] = one
                met += 1
            histogram[one] += 1
        total[:] = 0.0
        for index in range(met):
            count = np.float64(histogram[touched[index]])
            row = relevance_by_class[touched[index]]
            for kind in range(kinds):
                total[kind] += count * row[kind]
            histogram[touched[index]] = 0
        for kind in range(kinds):
            alone[relay, kind] = attention[relay] * total[kind]
