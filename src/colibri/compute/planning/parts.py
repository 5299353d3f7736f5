"""A plan made in parts, for those who outgrow one machine: each has some of the relays and their followers.

The parts answer side by side, some of their relays at a time, the most heard first. After each turn they
exchange what their boosts brought: visibility says what a boost is worth, so it is the appeals' price. What
two parts show to one member neither sees while it chooses; the visibility told in the end counts it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.kinds import sort_appeals
from colibri.compute.planning.plan import Plan
from colibri.compute.planning.problem import Problem
from colibri.compute.planning.turns import boosts_of, go_on, most_heard_first, open_circle
from colibri.compute.planning.visibility import evaluate
from colibri.compute.planning.wide import refuse_what_is_not_kept, with_proof

__all__ = ["TURNS", "Answer", "Part", "solve_in_parts"]

TURNS = 128
"""Turns of answers, and so exchanges of prices. Each turn has as much attention to give as the others."""


class Answer(NamedTuple):
    """What a part gave in one turn: boosts, by its own numbers of relays, and what they brought."""

    relay: NDArray[np.int32]
    appeal: NDArray[np.int32]
    brought: NDArray[np.float64]


class Part:
    """Some relays of a day with their followers, on whichever machine."""

    def __init__(self, problem: Problem) -> None:
        self._cap = np.zeros(problem.appeals, dtype=np.int32)
        self._circle = open_circle(problem, sort_appeals(problem), overlap=True)._replace(
            appeal_cap=self._cap
        )
        order = most_heard_first(problem)
        heard = np.cumsum((problem.attention * np.diff(problem.audience_start))[order], dtype=np.float64)
        most = heard[-1] if heard.size else 0.0
        ends = np.searchsorted(heard, most * np.arange(1, TURNS) / TURNS)
        self._turns = np.split(order, ends)

    def answer(self, turn: int, visibility: NDArray[np.float64], room: NDArray[np.int32]) -> Answer:
        """Let the relays of a turn answer, with at most `room` boosts (int32, A) for each appeal."""
        circle = self._circle
        self._cap[:] = circle.received + room
        before = circle.slot_appeal.copy()
        go_on(circle, self._turns[turn], visibility)
        brought = circle.visibility - visibility
        relay, appeal = boosts_of(circle._replace(slot_appeal=np.where(before < 0, circle.slot_appeal, -1)))
        return Answer(relay, appeal, brought)


def _ask_here(parts: Sequence[Any], asked: Sequence[tuple[Any, ...]]) -> list[Answer]:
    return [part.answer(*one) for part, one in zip(parts, asked, strict=True)]


def solve_in_parts(
    problem: Problem,
    count: int,
    *,
    begin: Callable[[Problem], Any] = Part,
    ask: Callable[[Sequence[Any], Sequence[tuple[Any, ...]]], list[Answer]] = _ask_here,
) -> Plan:
    """Plan a day in `count` parts, begun by `begin` and asked all at once by `ask`: here by default.

    The plan is the same wherever the parts are. An appeal's cap is kept by sharing out what is left of it
    before each turn, the members' cap by giving each part its share of it. Raises ValueError where there is
    less than one part, where the members' cap is less than the parts, and for what `solve_wide` refuses.
    """
    if count < 1:
        raise ValueError(f"count: {count} parts, and one at least is needed")
    if problem.member_cap is not None and problem.member_cap < count:
        raise ValueError(f"member_cap: {problem.member_cap} cannot be shared out among {count} parts")
    refuse_what_is_not_kept(problem)
    order = most_heard_first(problem)
    relays = [np.sort(order[number::count]) for number in range(count)]
    parts = [begin(_part_of(problem, some, number, count)) for number, some in enumerate(relays)]
    visibility, received = problem.prior.copy(), np.zeros(problem.appeals, dtype=np.int64)
    given: list[tuple[NDArray[np.int64], NDArray[np.int32]]] = []
    for turn in range(TURNS):
        left = problem.appeal_cap - received
        asked = [(turn, visibility, _share(left, turn + number, count)) for number in range(count)]
        for some, answer in zip(relays, ask(parts, asked), strict=True):
            visibility = visibility + answer.brought
            received += np.bincount(answer.appeal, minlength=problem.appeals)
            given.append((some[answer.relay], answer.appeal))
    relay = np.concatenate([one for one, _ in given]).astype(np.int32)
    appeal = np.concatenate([one for _, one in given])
    sort = np.lexsort((appeal, relay))
    relay, appeal = relay[sort], appeal[sort]
    seen = evaluate(problem, relay, appeal)
    return with_proof(problem, sort_appeals(problem), relay, appeal, seen)


def _share(whole: Any, number: int, count: int) -> Any:
    """One of `count` parts of whole numbers that differ by one at most and make the whole together."""
    return ((whole + number % count) // count).astype(np.int32)


def _part_of(problem: Problem, relays: NDArray[np.int64], number: int, count: int) -> Problem:
    """The day of some relays, with only the members who follow them, numbered anew."""
    audiences = [problem.audience(relay) for relay in relays.tolist()]
    follows = np.concatenate([np.empty(0, dtype=np.uint32), *audiences])
    followed = np.zeros(problem.members, dtype=np.bool_)
    followed[follows] = True
    allowed = problem.allowed
    if allowed is not None:
        start, item = allowed
        some = [item[start[relay] : start[relay + 1]] for relay in relays.tolist()]
        allowed = _starts(some), np.concatenate([np.empty(0, dtype=np.int32), *some])
    cap = problem.member_cap
    return replace(
        problem,
        audience_start=_starts(audiences),
        audience_member=(np.cumsum(followed) - 1)[follows],
        member_class=problem.member_class[followed],
        attention=problem.attention[relays],
        budget=problem.budget[relays],
        allowed=allowed,
        member_cap=None if cap is None else (cap + number) // count,
        shown=None,
        block=0,
    )


def _starts(groups: Sequence[NDArray[Any]]) -> NDArray[np.int64]:
    return np.cumsum([0, *map(len, groups)], dtype=np.int64)
