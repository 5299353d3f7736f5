"""What happens in the weeks that are replayed, whoever decides who boosts whom."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["World"]


@dataclass(frozen=True, eq=False)
class World:
    """R relays with their audiences over U members in C classes, N appeals over `days` days.

    `audience_start`, `audience_member`, `member_class`, `attention`, `budget` are those of a
    `planning.Problem`; `relevance` (float32, N×C) is each appeal's row. `forgets` (float64, R) is the chance
    that a relay boosts nothing on a day, though asked. Appeal n arrives on day `arrival[n]` (int32), leaves
    after `stay[n]` days (int32), or as soon as a job is found: every day adds `found_usual` plus `found_seen`
    for each unit of visibility to its chance, and it is found where the sum passes `luck[n]` (float64; drawn
    from an exponential law, that is a proportional hazard). Days before `counted_from` only fill the
    collective. Raises ValueError naming the field and the first offending index.
    """

    audience_start: NDArray[np.int64]
    audience_member: NDArray[np.uint32]
    member_class: NDArray[np.int32]
    attention: NDArray[np.float32]
    budget: NDArray[np.int32]
    forgets: NDArray[np.float64]
    relevance: NDArray[np.float32]
    arrival: NDArray[np.int32]
    stay: NDArray[np.int32]
    luck: NDArray[np.float64]
    days: int
    counted_from: int = 0
    found_usual: float = 0.0
    found_seen: float = 0.0

    def __post_init__(self) -> None:
        relays, appeals = self.attention.size, self.arrival.size
        for name, values, size in (
            ("budget", self.budget, relays),
            ("forgets", self.forgets, relays),
            ("relevance", self.relevance, appeals),
            ("stay", self.stay, appeals),
            ("luck", self.luck, appeals),
        ):
            if len(values) != size:
                raise ValueError(f"{name}: expected {size} values, found {len(values)}")
        _refuse("forgets", ~((self.forgets >= 0) & (self.forgets <= 1)), "is not between 0 and 1")
        _refuse(
            "arrival", (self.arrival < 0) | (self.arrival >= self.days), f"is not a day below {self.days}"
        )
        _refuse("stay", self.stay < 1, "is less than a day")
        _refuse("luck", ~(self.luck >= 0), "is negative")
        if not 0 <= self.counted_from < self.days:
            raise ValueError(f"counted_from: {self.counted_from} is not a day below {self.days}")
        if self.found_usual < 0 or self.found_seen < 0:
            raise ValueError("found_usual, found_seen: a chance is negative")

    @property
    def relays(self) -> int:
        """How many relays, R."""
        return int(self.attention.size)

    @property
    def appeals(self) -> int:
        """How many appeals, N."""
        return int(self.arrival.size)


def _refuse(field: str, wrong: NDArray[np.bool_], why: str) -> None:
    if wrong.any():
        raise ValueError(f"{field}[{int(np.argmax(wrong))}]: {why}")
