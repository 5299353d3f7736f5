"""Days the planner is measured on: made up by a seed, or around a real follow network."""

import csv
import gzip
import os
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from colibri.compute.classes import FAMILIES, REGIONS, RelevanceTable, pack, relevance
from colibri.compute.planning import Problem

__all__ = ["mixed_day", "near_day", "read_network", "real_day"]

BUDGET = 3
MEMBERS_PER_FOLLOW = 0.45
NEAR_REGION, NEAR_TRADE = 0.39, 0.30


def mixed_day(relays: int, appeals: int, follows: int, seed: int = 0) -> Problem:
    """A day with about `follows` follows, prior 1, three boosts a relay and no cap on appeals.

    Audiences are log-normal in size (σ 1.3: a few relays have most followers). There are 0.45 members
    per follow; each audience draws its members with a density that favours the first ones, so that
    some follow dozens of relays. Of 60 % of members the trade is unknown, of 60 % the region, and 3 %
    recruit. Attention is gamma with mean .06, kept between .005 and .35. All audiences are alike, which
    is the hardest for a plan: whoever boosts anybody does nearly as well.
    """
    rng = np.random.default_rng(seed)
    members = int(follows * MEMBERS_PER_FOLLOW)
    audiences = [
        np.unique((members * rng.random(size) ** 1.5).astype(np.uint32))
        for size in _sizes(rng, relays, follows, members)
    ]
    family, region = _people(rng, members)
    return _day(rng, audiences, _known(rng, family, region), relays, appeals)


def near_day(relays: int, appeals: int, follows: int, seed: int = 0) -> Problem:
    """Like `mixed_day`, but people follow relays near to them.

    A relay lives in a region and works in a trade; of its followers 39 % live there (as many ties stay in one
    region on a large network: Takhteyev, Gruzd and Wellman 2012), 30 % work in its trade (assumed), and the
    others are anybody.
    """
    rng = np.random.default_rng(seed)
    members = int(follows * MEMBERS_PER_FOLLOW)
    family, region = _people(rng, members)
    by_region = [np.flatnonzero(region == one) for one in range(len(REGIONS) + 1)]
    by_family = [np.flatnonzero(family == one) for one in range(len(FAMILIES) + 1)]
    anybody = np.arange(members)
    audiences = []
    for size in _sizes(rng, relays, follows, members):
        near, trade = rng.binomial(size, NEAR_REGION), rng.binomial(size, NEAR_TRADE)
        circles = [
            (by_region[int(rng.integers(1, len(REGIONS) + 1))], near),
            (by_family[int(rng.integers(1, len(FAMILIES) + 1))], trade),
            (anybody, max(0, size - near - trade)),
        ]
        drawn = [
            circle[(circle.size * rng.random(count) ** 1.5).astype(np.int64)]
            for circle, count in circles
            if circle.size
        ]
        audiences.append(np.unique(np.concatenate(drawn)).astype(np.uint32))
    return _day(rng, audiences, _known(rng, family, region), relays, appeals)


def real_day(relays: int, appeals: int, seed: int = 0) -> Problem:
    """The real follow network: its most followed accounts as relays, all accounts as members.

    Nothing is known there of trades and places, nor of appeals: they are drawn by the seed.
    """
    rng = np.random.default_rng(seed)
    network = sorted(set(read_network()))
    counts = Counter(followed for _, followed in network)
    chosen = sorted(counts, key=lambda account: (-counts[account], account))[:relays]
    number = {name: place for place, name in enumerate(sorted({follower for follower, _ in network}))}
    followers: dict[str, list[int]] = {account: [] for account in chosen}
    for follower, followed in network:
        if followed in followers:
            followers[followed].append(number[follower])
    family, region = _people(rng, len(number))
    audiences = [np.array(followers[account], dtype=np.uint32) for account in chosen]
    return _day(rng, audiences, _known(rng, family, region), relays, appeals)


def read_network() -> list[tuple[str, str]]:
    """Pairs (follower, followed) of the real network, graphs/follows.csv.gz under COLIBRI_REFERENCE_DATA."""
    folder = os.environ.get("COLIBRI_REFERENCE_DATA")
    if not folder:
        sys.exit("COLIBRI_REFERENCE_DATA is not set: it names the folder that holds graphs/follows.csv.gz")
    with gzip.open(Path(folder) / "graphs" / "follows.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return [(row["follower"], row["followed"]) for row in csv.DictReader(file)]


def _sizes(rng: np.random.Generator, relays: int, follows: int, members: int) -> list[int]:
    size = rng.lognormal(0.0, 1.3, relays)
    found: list[int] = np.clip((size / size.sum() * follows).astype(int), 1, members // 3).tolist()
    return found


def _people(rng: np.random.Generator, members: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return rng.integers(1, len(FAMILIES) + 1, members), rng.integers(1, len(REGIONS) + 1, members)


def _known(
    rng: np.random.Generator, family: NDArray[np.int64], region: NDArray[np.int64]
) -> NDArray[np.int32]:
    members = family.size
    known_family, known_region = rng.random(members) < 0.4, rng.random(members) < 0.4
    return pack(family * known_family, region * known_region, rng.random(members) < 0.03)


def _day(
    rng: np.random.Generator,
    audiences: list[NDArray[np.uint32]],
    member_class: NDArray[np.int32],
    relays: int,
    appeals: int,
) -> Problem:
    return Problem(
        audience_start=np.cumsum([0, *[one.size for one in audiences]]),
        audience_member=np.concatenate(audiences),
        member_class=member_class,
        relevance=relevance(
            RelevanceTable(),
            rng.integers(1, len(FAMILIES) + 1, appeals),
            rng.integers(1, len(REGIONS) + 1, appeals),
        ),
        attention=np.clip(rng.gamma(4.0, 0.015, relays), 0.005, 0.35).astype(np.float32),
        budget=np.full(relays, BUDGET, dtype=np.int32),
        appeal_cap=np.full(appeals, relays, dtype=np.int32),
        prior=np.ones(appeals),
    )
