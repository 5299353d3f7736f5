"""Appeals that matter alike to everybody, and what each relay would bring one of them alone."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.kernel import kernel
from colibri.compute.planning.problem import Problem

__all__ = ["AHEAD", "GAINS_MOST", "Kinds", "bring_alone", "sort_appeals"]

GAINS_MOST = 2**30
"""Most relay × kind pairs: 4 bytes each."""

AHEAD = 256
"""How many followers are looked up at once."""

ONE, TWO, THREE, FOUR = np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(4)
"""Unsigned, so that a place needs no look whether it counts from the end."""


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
    bring_alone(problem, relevance, np.where(problem.budget > 0, problem.attention, np.float32(0.0)), alone)
    return Kinds(kind, relevance, alone)


def bring_alone(
    problem: Problem, relevance: NDArray[np.float32], attention: NDArray[Any], alone: NDArray[Any]
) -> None:
    """Fill `alone` (R×K, zeros) with attention × Σ relevance (K×C) over each relay's audience.

    One histogram of classes per relay, so that the audiences are read once whatever K is; one kind needs
    none. What is looked up for each follow is as small as it can be: memory decides how long it takes.
    """
    kinds, classes = relevance.shape
    follows = problem.audience_start, problem.audience_member
    block, of_block = np.uint32(problem.block), problem.member_class[:: 1 << problem.block]
    if kinds == 1:
        _bring_one(*follows, relevance[0][of_block], block, attention, alone[:, 0])
        return
    narrow = of_block.astype(np.uint16 if classes <= 2**16 else np.uint32)
    _bring_alone(*follows, narrow, block, np.array(relevance.T, order="C", copy=True), attention, alone)


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
def _bring_one(start: Any, member: Any, worth: Any, block: Any, attention: Any, alone: Any) -> None:
    """Add up what the members of each audience are worth; `worth` has one value for each block of numbers."""
    for relay in range(start.size - 1):
        if attention[relay] <= 0.0:
            continue
        first, last = np.uint64(start[relay]), np.uint64(start[relay + 1])
        sums = 0.0, 0.0, 0.0, 0.0  # four, since a sum waits for its last change
        fours = first + (last - first) // FOUR * FOUR
        for place in range(first, fours, FOUR):
            sums = (
                sums[0] + worth[member[place] >> block],
                sums[1] + worth[member[place + ONE] >> block],
                sums[2] + worth[member[place + TWO] >> block],
                sums[3] + worth[member[place + THREE] >> block],
            )
        total = (sums[0] + sums[1]) + (sums[2] + sums[3])
        for place in range(fours, last):
            total += worth[member[place] >> block]
        alone[relay] = attention[relay] * total


@kernel
def _bring_alone(
    start: Any,
    member: Any,
    class_of: Any,
    block: Any,
    relevance_by_class: Any,
    attention: Any,
    alone: Any,
) -> None:
    classes, kinds = relevance_by_class.shape
    histogram = np.zeros((2, classes), dtype=np.int64)  # two, since one counter waits for its last change
    ahead = np.zeros(AHEAD, dtype=class_of.dtype)
    found = np.empty(classes + 1, dtype=np.int64)
    total = np.empty(kinds, dtype=np.float64)
    for relay in range(start.size - 1):
        if attention[relay] <= 0.0 or start[relay] == start[relay + 1]:
            continue
        for origin in range(start[relay], start[relay + 1], AHEAD):
            some = min(AHEAD, start[relay + 1] - origin)
            for index in range(
                some
            ):  # apart from counting: looks that wait for nothing are made side by side
                ahead[index] = class_of[member[origin + index] >> block]
            for index in range(some):
                histogram[index & 1, ahead[index]] += 1
        some = 0
        for one in range(classes):
            found[some] = one
            some += (histogram[0, one] + histogram[1, one]) > 0
        total[:] = 0.0
        for one in found[:some]:
            count = np.float64(histogram[0, one] + histogram[1, one])
            histogram[0, one] = histogram[1, one] = 0
            row = relevance_by_class[one]
            for kind in range(kinds):
                total[kind] += count * row[kind]
        for kind in range(kinds):
            alone[relay, kind] = attention[relay] * total[kind]
