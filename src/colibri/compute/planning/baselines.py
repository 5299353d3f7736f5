"""How boosts fall without a plan, to compare with: none of these looks ahead."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.problem import Problem

__all__ = ["at_random", "least_shared_first", "most_followed_first", "round_robin", "unaided"]

Choice = Callable[[int, NDArray[np.int64]], int]
Pairs = tuple[NDArray[np.int32], NDArray[np.int32]]

OWN_FEED = 1.0
"""Weight of being in the feed at all, beside one more for each boost an appeal already had."""


def unaided(problem: Problem, *, seed: int = 0) -> Pairs:
    """Everyone boosts whom they see first: relays (int32, n) and appeals (int32, n).

    Relays come by turns, one boost at a time, in an order drawn anew each round. A relay boosts the
    first appeal it meets among those it may carry, and meets one with a chance proportional to
    `OWN_FEED` plus the boosts that appeal had already today: what was shared is seen, and shared,
    more (preferential attachment: Simon 1955, Barabási and Albert 1999). Nobody looks at who needs
    it. A model, not a measurement; visibility received on earlier days is left out, which favours it.
    """
    rng = np.random.default_rng(seed)
    boosts = np.zeros(problem.appeals)

    def meets(relay: int, wanted: NDArray[np.int64]) -> int:
        weight = OWN_FEED + boosts[wanted]
        place = int(np.searchsorted(np.cumsum(weight), rng.random() * weight.sum(), side="right"))
        appeal = int(wanted[min(place, wanted.size - 1)])
        boosts[appeal] += 1.0
        return appeal

    return _pairs(_by_turns(problem, rng, meets))


def at_random(problem: Problem, *, seed: int = 0) -> Pairs:
    """Every relay boosts appeals drawn evenly among those it may carry."""
    rng = np.random.default_rng(seed)
    return _pairs(_by_turns(problem, rng, lambda relay, wanted: int(wanted[rng.integers(wanted.size)])))


def round_robin(problem: Problem) -> Pairs:
    """The appeals take turns: each boost goes to the one boosted least today, the first of them in order."""
    return least_shared_first(problem, np.zeros(problem.appeals, dtype=np.int64))


def least_shared_first(problem: Problem, before: NDArray[np.int64]) -> Pairs:
    """Each boost goes to the appeal boosted least so far, `before` (int64, A) today included."""
    boosts = before.copy()

    def least(relay: int, wanted: NDArray[np.int64]) -> int:
        appeal = int(wanted[np.argmin(boosts[wanted])])
        boosts[appeal] += 1
        return appeal

    return _pairs(_by_turns(problem, None, least))


def most_followed_first(problem: Problem) -> Pairs:
    """Relays from the most followed on, each boosting what matters most to its own audience."""
    order = np.argsort(-np.diff(problem.audience_start), kind="stable")
    classes = problem.relevance.shape[1]
    worth = np.empty(problem.appeals)

    def suits(relay: int, wanted: NDArray[np.int64]) -> int:
        return int(wanted[np.argmax(worth[wanted])])

    def walk() -> Iterator[tuple[int, int]]:
        room = _Room(problem)
        for relay in order.tolist():
            kinds = np.bincount(problem.member_class[problem.audience(relay)], minlength=classes)
            worth[:] = (problem.relevance * kinds[None, :]).sum(axis=1)
            for _ in range(int(problem.budget[relay])):
                wanted = room.open_to(relay)
                if not wanted.size:
                    break
                yield room.boost(relay, suits(relay, wanted))

    return _pairs(walk())


def _by_turns(problem: Problem, rng: np.random.Generator | None, choose: Choice) -> Iterator[tuple[int, int]]:
    """One boost of each relay per round, while it has some left; in order, or in one drawn each round."""
    room = _Room(problem)
    left = problem.budget.astype(np.int64)
    while True:
        turn = np.flatnonzero(left > 0)
        if not turn.size:
            return
        for relay in (turn if rng is None else rng.permutation(turn)).tolist():
            wanted = room.open_to(relay)
            left[relay] = left[relay] - 1 if wanted.size else 0
            if wanted.size:
                yield room.boost(relay, choose(relay, wanted))


def _pairs(boosts: Iterable[tuple[int, int]]) -> Pairs:
    both = np.array(list(boosts), dtype=np.int32).reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].copy()


class _Room:
    """What may still be boosted, under every rule of the problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.left = problem.appeal_cap.astype(np.int64)
        self.given: list[set[int]] = [set() for _ in range(problem.relays)]
        self.shown: list[set[int]] = [
            set() for _ in range(problem.members if problem.member_cap is not None else 0)
        ]

    def open_to(self, relay: int) -> NDArray[np.int64]:
        """The appeals the relay may boost now, in order."""
        problem = self.problem
        if problem.allowed is None:
            wanted = np.flatnonzero(self.left > 0)
        else:
            start, item = problem.allowed
            own = np.sort(item[start[relay] : start[relay + 1]].astype(np.int64))
            wanted = own[self.left[own] > 0]
        if self.given[relay]:
            wanted = wanted[~np.isin(wanted, list(self.given[relay]))]
        if problem.member_cap is not None:
            cap = problem.member_cap
            full = [
                self.shown[one] for one in problem.audience(relay).tolist() if len(self.shown[one]) >= cap
            ]
            for shown in full:
                wanted = wanted[np.isin(wanted, list(shown))]
        return wanted

    def boost(self, relay: int, appeal: int) -> tuple[int, int]:
        self.left[appeal] -= 1
        self.given[relay].add(appeal)
        if self.problem.member_cap is not None:
            for one in self.problem.audience(relay).tolist():
                self.shown[one].add(appeal)
        return relay, appeal
