"""From questions and answers to what can be estimated: until when each search is known, and who is silent."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from colibri.compute.survival.curves import Incidence, aalen_johansen

__all__ = ["QUESTIONS", "WAITED", "Known", "Share", "known_until", "share_within"]

QUESTIONS = (14, 30, 61, 91, 122, 183, 274, 365)
"""Days after its beginning at which a search is asked about: 2 weeks, 1, 2, 3, 4, 6, 9 and 12 months."""
WAITED = 14
"""For so many days a question waits for its answer before whoever was asked counts as silent."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Known:
    """For each search (n): until which day it is known, what ended it then (0: nothing known), and silence.

    `silent` (bool, n) are those whose question has waited long enough. `asked` (float64, n) is the day of
    the last question that has; `next` (float64, n) that of the first one a silent person left open.
    """

    times: Floats
    causes: NDArray[np.int64]
    silent: NDArray[np.bool_]
    asked: Floats
    next: Floats

    def only(self, chosen: NDArray[np.bool_]) -> "Known":
        """The same of the searches chosen (bool, n)."""
        return Known(
            self.times[chosen],
            self.causes[chosen],
            self.silent[chosen],
            self.asked[chosen],
            self.next[chosen],
        )


@dataclass(frozen=True, slots=True)
class Share:
    """The share that met something within so many days, and what silence leaves open.

    `people` searches began; of `known` one knows until that day or until they ended; `silent` stopped
    answering before. `low` and `high` hold if the silent fare as the others do. `none` and `all` are what
    the share would be if none of the silent had met it since, or all of them at once.
    """

    within: float
    people: int
    known: int
    silent: int
    share: float
    low: float
    high: float
    none: float
    all: float

    @property
    def silence(self) -> float:
        """The part of the people who are silent; 0 where there is nobody."""
        return self.silent / self.people if self.people else 0.0


def known_until(
    ages: ArrayLike,
    heard: ArrayLike,
    ended: ArrayLike,
    causes: ArrayLike,
    *,
    questions: tuple[int, ...] = QUESTIONS,
    waited: float = WAITED,
) -> Known:
    """What is known of each search, by the questions whose time for an answer is over.

    All in days since the search began, one value each (n): `ages` today; `heard`, when its person last said
    that they still look (0: never); `ended`, when it ended (NaN: not that one knows); `causes`, what ended it
    (from 1; 0 where `ended` is NaN). What happens between two questions counts at the later one, and only
    once that one has waited: whoever tells of a job at once is not counted earlier than those who are still
    to be asked and may go on searching, which would make jobs look more frequent. Raises ValueError for other
    shapes, an age that is no duration, or an end without cause.
    """
    age, last, end = (np.asarray(one, dtype=np.float64) for one in (ages, heard, ended))
    cause = np.asarray(causes).astype(np.int64)
    if len({age.shape, last.shape, end.shape, cause.shape}) > 1 or age.ndim != 1:
        raise ValueError("ages, heard, ended, causes: one value each was expected")
    if not np.all(np.isfinite(age) & (age >= 0)):
        raise ValueError("ages: a duration is negative or unknown")
    over = np.isfinite(end)
    if np.any(over != (cause > 0)):
        raise ValueError("ended, causes: what has ended has a cause, and nothing else has")
    days = np.asarray(questions, dtype=np.float64)
    complete = np.searchsorted(days + waited, age, side="right")
    window = np.searchsorted(days, np.where(over, end, np.inf), side="left")
    met = over & (window < complete)
    passed = np.where(over, window, np.searchsorted(days, last, side="right"))
    passed = np.minimum(passed, complete)
    day = np.concatenate(([0.0], days))
    return Known(
        times=np.where(met, days[np.minimum(window, days.size - 1)], day[passed]),
        causes=np.where(met, cause, 0),
        silent=~met & (passed < complete),
        asked=day[complete],
        next=days[np.minimum(passed, days.size - 1)],
    )


def share_within(known: Known, met: Collection[int], *, within: float = 183.0, level: float = 0.95) -> Share:
    """The share that met one of the causes `met` within so many days, whatever ends a search competing.

    Silence is taken as censoring, its extent said beside, and the share given for both extremes of what the
    silent may have met. Raises ValueError where `met` is empty.
    """
    if not met:
        raise ValueError("met: name at least one cause")
    wanted = np.isin(known.causes, list(met))
    merged = np.where(wanted, 1, np.where(known.causes > 0, 2, 0))
    share, low, high, _se = _first(known.times, merged, level).at(within)
    until = np.where(known.silent, known.asked, known.times)
    none = _first(until, merged, level).at(within)[0]
    at_once = np.where(known.silent, known.next, known.times)
    every = _first(at_once, np.where(known.silent, 1, merged), level).at(within)[0]
    return Share(
        within=within,
        people=int(known.times.size),
        known=int(np.count_nonzero((known.times >= within) | (merged > 0))),
        silent=int(np.count_nonzero(known.silent & (known.times < within))),
        share=share,
        low=low,
        high=high,
        none=none,
        all=every,
    )


def _first(times: Floats, causes: NDArray[np.int64], level: float) -> Incidence:
    return aalen_johansen(times, causes, wanted=2, level=level)[0]
