"""How good any plan could be, by Lagrangian duality: any prices give a proven bound.

Let v_a ≤ base_a + Σ_r slope_ra x_ra and v_a ≤ top_a hold for every plan x, and f be what α-fairness makes of
visibility. For a price y of visibility, let φ(z) be the most of f(v) − y (v − z) with z ≤ v ≤ top: what z is
worth where more of it can be bought at y. φ ≥ f, and φ is concave, so together boosts bring no more than the
sum of what each would bring alone, Δ_ra = φ(base_a + slope_ra) − φ(base_a). With a price μ_a ≥ 0 of the cap
k_a of an appeal,

    Σ_a f(v_a) ≤ Σ_a [φ_a(base_a) + μ_a k_a] + Σ_r (the b_r largest positive Δ_ra − μ_a).

Δ is y slope where one boost does not lift its appeal beyond what is bought at y, as in any linear bound; a
relay with a very large audience lifts it beyond, where only f counts, and is not shared out as there.

Where members have a cap K, relays that one member follows show K appeals at most together. For such a group,
with a price π_r ≥ 0 of each relay's budget, the last sum is at most

    Σ_r b_r π_r + the K largest over appeals a of Σ_r max(0, Δ_ra − μ_a − π_r).

For α = ∞, with a level T no plan's least visibility exceeds and prices that sum to 1, min_a v_a is at most
Σ_a y_a base_a + Σ_a μ_a k_a and the same sums with Δ_ra = y_a min(slope_ra, T − base_a).

The prices are looked for by subgradient steps (Polyak 1969; Goffin and Kiwiel 1999); stopping early is safe.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.fairness import SHARPEST, rise, worth
from colibri.compute.planning.kernel import kernel

__all__ = ["Market", "descend"]

FARTHEST, DEAREST = 10.0, 1e6
"""Prices stay in a range where rounding is no matter: log y this near its start, μ k at most this."""

PATIENCE = 6
"""Rounds without progress after which a step becomes half as long."""


class Market(NamedTuple):
    """What prices are sought for: A appeals, R relays, and groups of relays that share a follower."""

    base: NDArray[np.float64]
    slope: NDArray[np.float64]  # R×A
    top: NDArray[np.float64]
    budget: NDArray[np.int64]
    cap: NDArray[np.float64]
    group_start: NDArray[np.int64]  # group -> its relays, in two-array form
    group_relay: NDArray[np.int64]
    alone: NDArray[np.int64]  # relays in no group
    most_shown: int  # the members' cap
    alpha: float  # infinity included


class Prices(NamedTuple):
    """One set of prices, or one set of slopes of the bound in them."""

    visibility: NDArray[np.float64]  # log y, A
    cap: NDArray[np.float64]  # μ k, A
    relay: NDArray[np.float64]  # π as a share of `unit`, R; of relays in groups only


@kernel
def _prices(appeals: int, relays: int) -> Any:
    return Prices(np.zeros(appeals), np.zeros(appeals), np.zeros(relays))


@kernel
def _copy(source: Any, target: Any) -> None:
    target.visibility[:] = source.visibility
    target.cap[:] = source.cap
    target.relay[:] = source.relay


@kernel
def descend(market: Any, visibility: Any, level: float, target: float, rounds: int) -> float:
    """The least bound on Σ f (on the least visibility for α = ∞) met from the prices f′(visibility) on.

    `level` is the T of α = ∞; a step aims between the least bound so far and `target`, a plan's own sum.
    """
    appeals, relays = market.base.size, market.budget.size
    now, best_at, slope = _prices(appeals, relays), _prices(appeals, relays), _prices(appeals, relays)
    sharp = SHARPEST if np.isinf(market.alpha) else market.alpha
    for appeal in range(appeals):
        now.visibility[appeal] = -sharp * np.log(min(visibility[appeal], market.top[appeal]))
    now.relay[:] = 1.0
    first = now.visibility.copy()
    unit = _relay_units(market, now, level)
    best, ahead, idle = np.inf, np.inf, 0
    for _ in range(rounds):
        value = _value(market, now, unit, level, slope)
        idle += 1
        if value < best:
            if value < best - 0.1 * ahead or best == np.inf:
                idle = 0
            best = value
            _copy(now, best_at)
            ahead = min(ahead, 0.5 * (best - target))
        elif idle >= PATIENCE:
            idle = 0
            ahead *= 0.5
            _copy(best_at, now)
            continue
        length = np.sum(slope.visibility**2) + np.sum(slope.cap**2) + np.sum(slope.relay**2)
        if length <= 0.0 or ahead <= 0.0:
            break
        step = (value - best + ahead) / length
        for appeal in range(appeals):
            moved = now.visibility[appeal] - step * slope.visibility[appeal]
            now.visibility[appeal] = min(max(moved, first[appeal] - FARTHEST), first[appeal] + FARTHEST)
            now.cap[appeal] = min(max(0.0, now.cap[appeal] - step * slope.cap[appeal]), DEAREST)
        for relay in market.group_relay:
            now.relay[relay] = min(max(0.0, now.relay[relay] - step * slope.relay[relay]), DEAREST)
    return float(best)


@kernel
def _value(market: Any, now: Any, unit: Any, level: float, slope: Any) -> float:
    """The bound at some prices; `slope` is filled with its slopes in them."""
    appeals = market.base.size
    price, held, toll = np.empty(appeals), np.empty(appeals), np.empty(appeals)
    reply, count = market.base.copy(), np.zeros(appeals)
    _read(market, now, level, price, held, toll)
    value = 0.0
    for appeal in range(appeals):
        value += toll[appeal] * market.cap[appeal] + price[appeal] * market.base[appeal]
        if not np.isinf(market.alpha):
            value += worth(market.alpha, held[appeal]) - price[appeal] * held[appeal]
    value += _answer(market, price, held, toll, reply, count)
    value += _answer_in_groups(market, price, held, toll, now, unit, reply, count, slope)
    seen = np.sum(price * reply)
    for appeal in range(appeals):
        aim = seen if np.isinf(market.alpha) else held[appeal]
        slope.visibility[appeal] = price[appeal] * (reply[appeal] - aim)
        if market.alpha == 0.0:
            slope.visibility[appeal] = 0.0
        slope.cap[appeal] = (market.cap[appeal] - count[appeal]) / max(1.0, market.cap[appeal])
        if now.cap[appeal] <= 0.0 and slope.cap[appeal] > 0.0:
            slope.cap[appeal] = 0.0
    return value


@kernel
def _read(market: Any, now: Any, level: float, price: Any, held: Any, toll: Any) -> None:
    """Prices as numbers, and the visibility up to which each appeal buys; for α = ∞ prices sum to 1."""
    highest = np.max(now.visibility) if np.isinf(market.alpha) else 0.0
    together = 0.0
    for appeal in range(price.size):
        price[appeal] = np.exp(now.visibility[appeal] - highest)
        together += price[appeal]
        toll[appeal] = now.cap[appeal] / max(1.0, market.cap[appeal])
        if np.isinf(market.alpha):
            held[appeal] = max(level, market.base[appeal])
        elif market.alpha == 0.0:
            held[appeal] = market.base[appeal]
        else:
            bought = np.exp(-now.visibility[appeal] / market.alpha)
            held[appeal] = max(min(bought, market.top[appeal]), market.base[appeal])
    if np.isinf(market.alpha):
        for appeal in range(price.size):
            price[appeal] /= together


@kernel
def _brings(market: Any, relay: int, appeal: int, price: Any, held: Any) -> float:
    """Δ: the most a boost brings at these prices."""
    there = market.base[appeal] + market.slope[relay, appeal]
    if there <= held[appeal] or market.alpha == 0.0:
        return float(price[appeal] * market.slope[relay, appeal])
    linear = price[appeal] * (held[appeal] - market.base[appeal])
    if np.isinf(market.alpha):
        return float(linear)
    return float(linear + rise(market.alpha, held[appeal], there))


@kernel
def _count(market: Any, relay: int, appeal: int, held: Any, reply: Any, count: Any) -> None:
    there = market.slope[relay, appeal]
    if market.alpha != 0.0:
        there = min(there, held[appeal] - market.base[appeal])
    reply[appeal] += there
    count[appeal] += 1.0


@kernel
def _answer(market: Any, price: Any, held: Any, toll: Any, reply: Any, count: Any) -> float:
    """The best boosts of each relay that is in no group: their value, and the visibility they would make."""
    most = 0
    for relay in market.alone:
        most = max(most, market.budget[relay])
    value, which = np.empty(most), np.empty(most, dtype=np.int64)
    total = 0.0
    for relay in market.alone:
        room = market.budget[relay]
        if room == 0:
            continue
        held_now = 0
        least = 0.0
        row = market.slope[relay]
        for appeal in range(price.size):
            if price[appeal] * row[appeal] - toll[appeal] <= least:
                continue
            bring = _brings(market, relay, appeal, price, held) - toll[appeal]
            if bring > least:
                place = held_now if held_now < room else room - 1
                while place > 0 and value[place - 1] < bring:
                    value[place] = value[place - 1]
                    which[place] = which[place - 1]
                    place -= 1
                value[place] = bring
                which[place] = appeal
                held_now = min(held_now + 1, room)
                if held_now == room:
                    least = value[room - 1]
        for place in range(held_now):
            total += value[place]
            _count(market, relay, which[place], held, reply, count)
    return total


@kernel
def _relay_units(market: Any, now: Any, level: float) -> Any:
    """Where π starts: what the last boost of each relay in a group brings at the first prices."""
    appeals = market.base.size
    price, held, toll = np.empty(appeals), np.empty(appeals), np.empty(appeals)
    _read(market, now, level, price, held, toll)
    unit = np.zeros(market.budget.size)
    brought = np.empty(appeals)
    for relay in market.group_relay:
        for appeal in range(appeals):
            brought[appeal] = _brings(market, relay, appeal, price, held)
        brought.sort()
        if 0 < market.budget[relay] <= appeals:
            unit[relay] = max(brought[appeals - market.budget[relay]], 0.0)
    return unit


@kernel
def _answer_in_groups(
    market: Any, price: Any, held: Any, toll: Any, now: Any, unit: Any, reply: Any, count: Any, slope: Any
) -> float:
    """What each group brings with its K best appeals; slopes in the relays' prices."""
    appeals = price.size
    total = 0.0
    brought = np.empty(appeals)
    for group in range(market.group_start.size - 1):
        members = market.group_relay[market.group_start[group] : market.group_start[group + 1]]
        brought[:] = 0.0
        for relay in members:
            paid = now.relay[relay] * unit[relay]
            total += market.budget[relay] * paid
            slope.relay[relay] = market.budget[relay]
            for appeal in range(appeals):
                over = price[appeal] * market.slope[relay, appeal] - toll[appeal] - paid
                if over > 0.0:
                    over = _brings(market, relay, appeal, price, held) - toll[appeal] - paid
                    brought[appeal] += max(0.0, over)
        for appeal in np.argsort(-brought)[: market.most_shown]:
            if brought[appeal] <= 0.0:
                break
            total += brought[appeal]
            for relay in members:
                paid = now.relay[relay] * unit[relay]
                if _brings(market, relay, appeal, price, held) - toll[appeal] > paid:
                    _count(market, relay, appeal, held, reply, count)
                    slope.relay[relay] -= 1.0
        for relay in members:
            slope.relay[relay] *= unit[relay]
            if now.relay[relay] <= 0.0 and slope.relay[relay] > 0.0:
                slope.relay[relay] = 0.0
    return total
