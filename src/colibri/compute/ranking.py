"""Who is listened to: interactions per post and follower, with their uncertainty, hard to inflate."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from colibri.compute.engagement import engagement

__all__ = [
    "ALIKE",
    "INSIDE_MOST",
    "INSIDE_WEIGHT",
    "LEVEL",
    "TOGETHER_LEAST",
    "Heard",
    "Ranking",
    "heard",
    "ranking",
]

INSIDE_WEIGHT = 0.25
"""What a reaction from an account that is itself ranked counts, beside one from outside."""
INSIDE_MOST = 0.25
"""All reactions from ranked accounts together count at most so much of what came from outside."""
TOGETHER_LEAST, ALIKE = 4, 0.75
"""Accounts that reacted to at least so many posts of somebody, and to the same ones in this share (Jaccard's
index), go together: n of them count as √n on each post."""
LEVEL = 0.9
"""How often an interval holds the true rate."""
SHAPE_LARGE = 1_000.0
TERMS = 500
HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Heard:
    """What each post counts for (float64, P), and how many reacted before anything was weighed (int64, P)."""

    counted: NDArray[np.float64]
    given: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What `ranking` found, each array one value per account (n).

    `rate` is interactions per post and follower, shrunk; `low` and `high` bound it at `LEVEL`. `place` is by
    rate (1 is first, equal rates share a place); `first` and `last` are the best and the worst place the
    intervals allow. `dispersion` is how many times posts of one account differ more than chance alone would
    have it (at least 1), `mean` the rate of all together.
    """

    rate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    place: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    dispersion: float
    mean: float


def heard(author: ArrayLike, members: ArrayLike, post: ArrayLike, reactor: ArrayLike) -> Heard:
    """What reactions to each post count for.

    `author` (int, P) is whose post it is, an index into `members` (int, n): the label each ranked account has
    where it reacts itself. `post` and `reactor` (int, m) are the reactions: which post, which account. One
    account counts once a post, and never on its own. Accounts that always react together count as the square
    root of their number (`TOGETHER_LEAST`, `ALIKE`); ranked accounts count less (`INSIDE_WEIGHT`), and all
    of them together no more than a part of what came from outside (`INSIDE_MOST`): whoever is only boosted
    by other ranked accounts counts for nothing. Raises ValueError for an index out of range.
    """
    authors, ranked = np.asarray(author, dtype=np.int64), np.asarray(members, dtype=np.int64)
    posts, reactors = np.asarray(post, dtype=np.int64), np.asarray(reactor, dtype=np.int64)
    if posts.shape != reactors.shape:
        raise ValueError(f"post and reactor: {posts.size} and {reactors.size} values, not one each")
    for name, values, most in (("author", authors, ranked.size), ("post", posts, authors.size)):
        if np.any((values < 0) | (values >= most)):
            raise ValueError(f"{name}: an index is not between 0 and {most - 1}")
    pairs = (
        np.unique(np.stack([posts, reactors], axis=1), axis=0) if posts.size else np.zeros((0, 2), np.int64)
    )
    pairs = pairs[pairs[:, 1] != ranked[authors[pairs[:, 0]]]] if pairs.size else pairs
    given = np.bincount(pairs[:, 0], minlength=authors.size).astype(np.int64)
    inside = np.isin(pairs[:, 1], ranked)
    counted = np.zeros(authors.size)
    for one in range(ranked.size):
        own = authors == one
        mine = own[pairs[:, 0]]
        together = _together(pairs[mine])
        outer = _counted(pairs[mine], together, ~inside[mine], authors.size)[own]
        inner = _counted(pairs[mine], together, inside[mine], authors.size)[own] * INSIDE_WEIGHT
        room, asked = INSIDE_MOST * outer.sum(), inner.sum()
        counted[own] = outer + inner * (min(1.0, room / asked) if asked > 0 else 0.0)
    return Heard(counted, given)


def _counted(
    pairs: NDArray[np.int64], together: NDArray[np.int64], kept: NDArray[np.bool_], posts: int
) -> NDArray[np.float64]:
    """The sum over groups of the root of how many of each reacted, by post (float64, `posts`)."""
    if not np.any(kept):
        return np.zeros(posts)
    seen, size = np.unique(np.stack([pairs[kept, 0], together[kept]], axis=1), axis=0, return_counts=True)
    return np.bincount(seen[:, 0], weights=np.sqrt(size), minlength=posts).astype(np.float64)


def _together(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """The group of each reaction's account: those alike, directly or through others, share a label."""
    names, who, often = np.unique(pairs[:, 1], return_inverse=True, return_counts=True)
    labels = np.arange(names.size)
    loyal = np.flatnonzero(often >= TOGETHER_LEAST)
    if loyal.size > 1:
        columns = np.unique(pairs[:, 0], return_inverse=True)[1]
        present = np.zeros((names.size, int(columns.max()) + 1), dtype=np.float32)
        present[who, columns] = 1.0
        present = present[loyal]
        common = present @ present.T
        size = present.sum(axis=1)
        alike = common >= ALIKE * (size[:, None] + size[None, :] - common)
        labels[loyal] = _components(alike, loyal)
    return labels[who]


def _components(alike: NDArray[np.bool_], labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """The least label among those connected with each."""
    while True:
        least: NDArray[np.int64] = np.where(alike, labels[None, :], np.iinfo(np.int64).max).min(axis=1)
        if np.array_equal(least, labels):
            return least
        labels = least


def ranking(author: ArrayLike, counted: ArrayLike, followers: ArrayLike) -> Ranking:
    """Accounts by interactions per post and follower.

    `author` (int, P) says whose each post is, `counted` (P) what it counts for (`heard`), `followers` (n).
    Interactions are taken as Poisson with a rate for each account, rates from one gamma distribution
    fitted to all of them (empirical Bayes; `compute.engagement`); what posts of one account differ more than
    that (Pearson's statistic) widens every interval (quasi-likelihood, Wedderburn 1974). Where accounts
    differ no more than chance, all have the mean and share the first place. Raises ValueError as `engagement`
    does.
    """
    authors, each = np.asarray(author, dtype=np.int64), np.asarray(counted, dtype=np.float64)
    count = np.asarray(followers).size
    posts = np.bincount(authors, minlength=count).astype(np.float64)
    total = np.bincount(authors, weights=each, minlength=count).astype(np.float64)
    dispersion = _dispersion(authors, each, posts, total)
    measured = engagement(total / dispersion, posts / dispersion, followers)
    if not math.isfinite(measured.prior_weight) or measured.mean == 0.0:
        low = high = measured.rate
    else:
        shape = total / dispersion + measured.prior_weight * measured.mean
        scale = posts / dispersion * np.asarray(followers, dtype=np.float64) + measured.prior_weight
        low, high = (_quantile(shape, side) / scale for side in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    ordered, surely = np.sort(measured.rate), (np.sort(low), np.sort(high))
    return Ranking(
        rate=measured.rate,
        low=low,
        high=high,
        place=1 + count - np.searchsorted(ordered, measured.rate, side="right"),
        first=1 + count - np.searchsorted(surely[0], high, side="right"),
        last=count - np.searchsorted(surely[1], low, side="left"),
        dispersion=dispersion,
        mean=measured.mean,
    )


def _dispersion(
    authors: NDArray[np.int64],
    each: NDArray[np.float64],
    posts: NDArray[np.float64],
    total: NDArray[np.float64],
) -> float:
    expected = np.divide(total, posts, out=np.zeros_like(total), where=posts > 0)
    known = expected > 0
    degrees = float(np.maximum(posts[known] - 1, 0).sum())
    if degrees == 0.0:
        return 1.0
    of_post = expected[authors]
    told = of_post > 0
    pearson = float(np.sum((each[told] - of_post[told]) ** 2 / of_post[told]))
    return max(1.0, pearson / degrees)


def _quantile(shape: NDArray[np.float64], side: float) -> NDArray[np.float64]:
    """The quantile of gamma distributions of scale 1 by their shape.

    Wilson and Hilferty's cube (1931) where the shape is large, else halving between bounds around it.
    """
    normal = _normal(side)
    guess: NDArray[np.float64] = (
        shape * np.maximum(1 - 1 / (9 * shape) + normal / (3 * np.sqrt(shape)), 1e-3) ** 3
    )
    small = shape < SHAPE_LARGE
    if not np.any(small):
        return guess
    asked = shape[small]
    low, high = np.full(asked.size, -700.0), np.log(asked + 4 * np.sqrt(asked) + 10)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        below = _gamma_share(asked, np.exp(middle)) < side
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    found: NDArray[np.float64] = guess.copy()
    found[small] = np.exp((low + high) / 2)
    return found


def _gamma_share(shape: NDArray[np.float64], x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The regularised lower incomplete gamma function, by its series of positive terms (DLMF 8.11.4)."""
    term = np.ones_like(x)
    total = np.ones_like(x)
    for step in range(1, TERMS + 1):
        term = term * x / (shape + step)
        total += term
    front = shape * np.log(x) - x - np.array([math.lgamma(one + 1) for one in shape])
    share: NDArray[np.float64] = np.minimum(np.exp(front) * total, 1.0)
    return share


def _normal(side: float) -> float:
    """The normal quantile, by halving of the error function."""
    low, high = -10.0, 10.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if math.erf(middle / math.sqrt(2)) < 2 * side - 1 else (low, middle)
    return (low + high) / 2
