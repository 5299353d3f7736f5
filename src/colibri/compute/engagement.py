"""How attentive an audience is, from what its members do with recent posts."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["ATTENTION_LEAST", "ATTENTION_MOST", "ATTENTION_USUAL", "Engagement", "attention", "engagement"]

ATTENTION_USUAL = 0.05
"""The chance that one follower sees one boost of a relay with the collective's own engagement.

No open network counts views. Where views were counted, one post was seen by a few percent of an
account's followers: 1 to 3 % of a large account's (Twitter's own figures, told by Sullivan 2014),
8 % of one with 7,000 (Sablan 2014), about a third of one's friends on a network that ranks posts
for them (Bernstein, Bakshy, Burke and Karrer 2013). 5 % lies between; it is an assumption, and it
scales all figures of visibility alike.
"""

ATTENTION_LEAST = 0.005
ATTENTION_MOST = 0.35
"""No estimate goes below or above: the least and the most of the measurements above, rounded."""


@dataclass(frozen=True, slots=True)
class Engagement:
    """What `engagement` found.

    `rate` (float64, n) is interactions per post and follower of each identity, shrunk; `mean` the
    collective's; `prior_weight` how many posts × followers the mean counts for (infinite where the
    identities differ no more than chance, 0 where there is nothing to pool).
    """

    rate: NDArray[np.float64]
    mean: float
    prior_weight: float


def engagement(interactions: ArrayLike, posts: ArrayLike, followers: ArrayLike) -> Engagement:
    """Interactions per post and follower, shrunk towards the collective's mean where posts are few.

    Three arrays of one length (n): interactions received on recent posts, how many posts, and
    followers. With exposure e = posts × followers, interactions are taken as Poisson(e × rate) with
    rates from one gamma distribution; its mean m = Σ interactions / Σ e and its variance come from
    the identities themselves by moments (Clayton and Kaldor 1987; Marshall 1991), and each estimate
    is the posterior mean (interactions + k m) / (e + k) with k = m / variance. An identity without
    posts or followers gets the mean. Raises ValueError for a negative or unfinite value or two lengths.
    """
    counted = [
        _counts(name, values)
        for name, values in (("interactions", interactions), ("posts", posts), ("followers", followers))
    ]
    if len({one.size for one in counted}) > 1:
        raise ValueError(
            f"interactions, posts, followers: {[one.size for one in counted]} values, not one each"
        )
    exposure = counted[1] * counted[2]
    seen = np.where(exposure > 0, counted[0], 0.0)
    total = float(exposure.sum())
    if total == 0.0:
        return Engagement(rate=np.zeros(exposure.size), mean=0.0, prior_weight=0.0)
    mean = float(seen.sum()) / total
    raw = np.divide(seen, exposure, out=np.full(exposure.size, mean), where=exposure > 0)
    active = int(np.count_nonzero(exposure))
    spread = float(np.sum(exposure * (raw - mean) ** 2)) / total
    variance = spread - mean * active / total
    if variance <= 0.0:
        return Engagement(rate=np.full(exposure.size, mean), mean=mean, prior_weight=math.inf)
    weight = mean / variance
    return Engagement(rate=(seen + weight * mean) / (exposure + weight), mean=mean, prior_weight=weight)


def attention(rate: ArrayLike, mean: float, *, usual: float = ATTENTION_USUAL) -> NDArray[np.float32]:
    """The chance (float32, n) that one follower sees one boost, from shrunk engagement rates.

    attention = 1 − (1 − usual)^(rate / mean): a relay whose followers react twice as often as the
    collective's usual ones is taken to give each of them two usual chances to see. It assumes that
    those who see react alike everywhere, so that more reactions mean more who saw; friends' reactions
    tell little about one single post (Bernstein and others 2013), which is why rates are pooled over
    posts and shrunk first. Kept between `ATTENTION_LEAST` and `ATTENTION_MOST`; `usual` where the
    mean is 0, since nothing was measured. Raises ValueError for a rate that is negative or not
    finite, or `usual` not between 0 and 1.
    """
    rates = _counts("rate", rate)
    if not 0.0 < usual < 1.0:
        raise ValueError(f"usual: {usual} is not between 0 and 1")
    if not math.isfinite(mean) or mean < 0:
        raise ValueError(f"mean: {mean} is not a positive number")
    chances = rates / mean if mean > 0 else np.ones(rates.size)
    seen = -np.expm1(chances * math.log1p(-usual))
    clipped: NDArray[np.float32] = np.clip(seen, ATTENTION_LEAST, ATTENTION_MOST).astype(np.float32)
    return clipped


def _counts(name: str, values: ArrayLike) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        raise ValueError(f"{name}: expected one dimension, found {array.ndim}")
    wrong = ~np.isfinite(array) | (array < 0)
    if wrong.any():
        first = int(np.argmax(wrong))
        raise ValueError(f"{name}[{first}]: {array[first]} is not a count")
    return array
