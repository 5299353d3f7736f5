"""A collective made from a seed, of the size of a real one or of any other."""

import numpy as np
from numpy.typing import NDArray

from colibri.compute.classes import FAMILIES, REGIONS, RelevanceTable, pack, relevance
from colibri.compute.planning import Problem
from colibri.compute.simulation.world import World

__all__ = ["imagined", "with_arrivals"]

FILLING = 28
"""Days before the first that counts, so that a collective that stands is begun with."""
BUDGET = 3
MEMBERS_A_FOLLOW = 0.45
KNOWN, RECRUIT = 0.4, 0.03
MESSAGES = 500
"""How many different trades and places appeals are drawn from."""
WEEKDAYS = np.array([1.0, 1.0, 1.0, 1.0, 0.8, 0.3, 0.3])
"""How many appeals arrive on each day of the week, Monday first; only the proportions matter."""
FOUND_A_DAY = 0.008
"""The chance that an appeal's job is found on an ordinary day; half of it comes from visibility."""
EXPIRES, RENEWED = 30, 0.5
"""An appeal is there for so many days, and renewed with this chance each time."""


def imagined(*, relays: int, follows: int, arrivals: int, weeks: int, seed: int = 0) -> World:
    """A world with about `follows` follows, to which `arrivals` appeals come in `weeks` weeks.

    Audiences are log-normal in size (σ 1.3: a few relays have most followers); each draws its members with a
    density that favours the first ones, so that some follow dozens of relays. Of 60 % of members the trade is
    unknown, of 60 % the region; 3 % recruit. Trades and regions are uneven, as real ones are (Zipf).
    Attention is gamma with mean .06; every relay gives three boosts. All of it is an assumption, told here;
    nothing was fitted. For the weeks see `with_arrivals`. Raises ValueError for a size below 1.
    """
    _refuse_less(relays=relays, follows=follows)
    rng = np.random.default_rng(seed)
    members = max(int(follows * MEMBERS_A_FOLLOW), 3)
    start, member = _audiences(rng, relays, follows, members)
    families, regions = len(FAMILIES), len(REGIONS)
    known = rng.random((2, members)) < KNOWN
    problem = Problem(
        audience_start=start,
        audience_member=member,
        member_class=pack(
            _uneven(rng, families, members) * known[0],
            _uneven(rng, regions, members) * known[1],
            rng.random(members) < RECRUIT,
        ),
        relevance=relevance(
            RelevanceTable(), _uneven(rng, families, MESSAGES), _uneven(rng, regions, MESSAGES)
        ),
        attention=np.clip(rng.gamma(4.0, 0.015, relays), 0.005, 0.35).astype(np.float32),
        budget=np.full(relays, BUDGET, dtype=np.int32),
        appeal_cap=np.full(MESSAGES, relays, dtype=np.int32),
        prior=np.ones(MESSAGES),
    )
    return with_arrivals(problem, arrivals=arrivals, weeks=weeks, seed=seed + 1)


def with_arrivals(problem: Problem, *, arrivals: int, weeks: int, seed: int = 0) -> World:
    """Weeks of the relays of a problem, to whom appeals like its own arrive, drawn with replacement.

    Fewer arrive at the weekend. Each is there for 30 days, renewed with a chance of one half each time, or
    until its job is found: 0.8 % a day for an ordinary one, half of it in proportion to visibility. Relays
    forget with a chance drawn from beta(1.2, 4), .23 on average. Four weeks are played before those that
    count. Assumptions all, as above. Raises ValueError for a size below 1.
    """
    _refuse_less(arrivals=arrivals, weeks=weeks)
    rng = np.random.default_rng(seed)
    days = FILLING + 7 * weeks
    appeals = round(arrivals * days / (7 * weeks))
    table = problem.relevance[rng.integers(problem.appeals, size=appeals)]
    stay = EXPIRES * rng.geometric(1 - RENEWED, appeals)
    standing = appeals * min(float(stay.mean()), 1 / FOUND_A_DAY) / days
    noticed = problem.budget * problem.attention * np.diff(problem.audience_start)
    usual = float(noticed.sum()) * float(table.mean()) / standing
    weekdays = np.tile(WEEKDAYS, -(-days // 7))[:days]
    return World(
        audience_start=problem.audience_start,
        audience_member=problem.audience_member,
        member_class=problem.member_class,
        attention=problem.attention,
        budget=problem.budget,
        forgets=rng.beta(1.2, 4.0, problem.relays),
        relevance=table,
        arrival=np.sort(rng.choice(days, appeals, p=weekdays / weekdays.sum())).astype(np.int32),
        stay=stay.astype(np.int32),
        luck=rng.exponential(1.0, appeals),
        days=days,
        counted_from=FILLING,
        found_usual=FOUND_A_DAY / 2,
        found_seen=FOUND_A_DAY / 2 / usual if usual else 0.0,
    )


def _refuse_less(**sizes: int) -> None:
    for name, size in sizes.items():
        if size < 1:
            raise ValueError(f"{name}: {size} is less than 1")


def _audiences(
    rng: np.random.Generator, relays: int, follows: int, members: int
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    size = rng.lognormal(0.0, 1.3, relays)
    size = np.clip((size / size.sum() * follows).astype(int), 1, max(members // 3, 1))
    audiences = [np.unique((members * rng.random(int(one)) ** 1.5).astype(np.uint32)) for one in size]
    start = np.cumsum([0, *[one.size for one in audiences]]).astype(np.int64)
    return start, np.concatenate(audiences)


def _uneven(rng: np.random.Generator, kinds: int, count: int) -> NDArray[np.int64]:
    """Kinds from 1 on, the n-th of them in proportion to 1/n, in an order drawn anew."""
    weight = 1.0 / np.arange(1, kinds + 1)
    return 1 + rng.permutation(kinds)[rng.choice(kinds, count, p=weight / weight.sum())]
