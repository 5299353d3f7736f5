"""How fair a plan shall be: one number, α, and what it makes of visibilities.

The aim is the generalised mean of exponent 1 − α of the appeals' visibilities (α-fairness: Atkinson 1970;
Mo and Walrand 2000): α = 0 is their total, 1 their product, 2 their harmonic mean, and as α grows the least
seen count more, until at infinity only the least one does, then the next.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.kernel import kernel

__all__ = ["SHARPEST", "log_mean", "log_mean_of_sum", "merit", "rise", "sharpness", "slant", "worth"]

SHARPEST = 64.0
"""The search takes a higher α, infinity included, as this one: the least of two that differ by a
hundredth then counts nearly twice as much."""


def sharpness(alpha: float) -> float:
    """The α the search and the sums work with."""
    return min(float(alpha), SHARPEST)


def log_mean(alpha: float, visibility: NDArray[np.float64]) -> float:
    """Logarithm of the generalised mean of exponent 1 − α; 0 of nothing."""
    if not visibility.size:
        return 0.0
    logs = np.log(visibility)
    if math.isinf(alpha):
        return float(logs.min())
    if alpha == 1.0:
        return float(logs.mean())
    power = 1.0 - alpha
    top = float((power * logs).max())
    return float((top + np.log(np.mean(np.exp(power * logs - top)))) / power)


def log_mean_of_sum(alpha: float, total: float, count: int) -> float:
    """Logarithm of the mean when Σ f is `total` over `count` appeals; infinite where no mean is so high."""
    if alpha == 1.0:
        return total / count
    power = 1.0 - alpha
    inside = power * total / count
    return math.log(inside) / power if inside > 0.0 else math.inf


@kernel
def slant(alpha: float, visibility: float) -> float:
    """What one more unit of visibility is worth, f′(v) = v^−α."""
    if alpha == 1.0:
        return 1.0 / visibility
    if alpha == 0.0:
        return 1.0
    worth: float = visibility ** (-alpha)
    return worth


@kernel
def worth(alpha: float, visibility: float) -> float:
    """f(v): log v for α = 1, v^(1 − α) / (1 − α) else."""
    if alpha == 1.0:
        return float(np.log(visibility))
    power = 1.0 - alpha
    return float(visibility**power / power)


@kernel
def rise(alpha: float, now: float, then: float) -> float:
    """f(then) − f(now)."""
    if alpha == 1.0:
        return float(np.log(then / now))
    if alpha == 0.0:
        return then - now
    power = 1.0 - alpha
    return float((then**power - now**power) / power)


@kernel
def merit(alpha: float, now: Any, gain: Any) -> float:
    """Logarithm of f(now + gain) − f(now), which neither over- nor underflows."""
    if gain <= 0.0:
        return -np.inf
    if alpha == 0.0:
        return float(np.log(gain))
    share = np.log1p(gain / now)
    if alpha == 1.0:
        return float(np.log(share))
    power = 1.0 - alpha
    return float(power * np.log(now) + np.log(np.expm1(power * share) / power))
