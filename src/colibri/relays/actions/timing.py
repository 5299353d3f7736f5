"""The moments of automatic boosts: within the relay's hours, when their readers are awake."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from colibri.audiences.models import Audience
from colibri.compute.planning import Plan as Solution
from colibri.compute.timing import HOURS, active_hours, choices, schedule
from colibri.relays.models import Offer, Plan

__all__ = ["PAUSE", "moment_at", "moments_of"]

PAUSE = 0.5
"""Hours between two boosts of one message, by whichever relays, where their hours allow it."""


def moments_of(
    plan: Plan, offers: Sequence[Offer], audiences: Sequence[Audience], solution: Solution, *, now: datetime
) -> dict[tuple[int, int], datetime]:
    """When each automatic boost of a plan is due, by (relay, appeal) of the solution."""
    appeals: dict[int, list[int]] = defaultdict(list)
    for relay, appeal in zip(solution.relay.tolist(), solution.appeal.tolist(), strict=True):
        if offers[relay].automatic:
            appeals[relay].append(appeal)
    spans = {relay: _span(offers[relay], plan, now) for relay in appeals}
    shift = _midnight(plan)
    moments = [
        choices(_active(audiences[relay], plan), *spans[relay], len(wanted))
        for relay, wanted in appeals.items()
    ]
    times = schedule(moments, list(appeals.values()), pause=PAUSE)
    return {
        (relay, appeal): shift + timedelta(hours=hour)
        for (relay, wanted), hours in zip(appeals.items(), times, strict=True)
        for appeal, hour in zip(wanted, hours, strict=True)
    }


def moment_at(plan: Plan, hour: float) -> datetime:
    """An hour of the plan's day (24: its midnight), by the collective's clocks."""
    zone = ZoneInfo(plan.collective.time_zone)
    wall = datetime.combine(plan.day, time(), tzinfo=zone) + timedelta(hours=hour)
    return wall.astimezone(UTC)


def _midnight(plan: Plan) -> datetime:
    return moment_at(plan, 0)


def _span(offer: Offer, plan: Plan, now: datetime) -> tuple[float, float]:
    """What is left of the relay's hours, from the plan's midnight on; hours over today are tomorrow's."""
    midnight = _midnight(plan)
    first, last = (
        (moment_at(plan, hour) - midnight) / timedelta(hours=1)
        for hour in (offer.first_hour, offer.last_hour)
    )
    reached = (now - midnight) / timedelta(hours=1)
    if last <= reached:
        first, last = first + HOURS, last + HOURS
    return max(first, reached), last


def _active(audience: Audience, plan: Plan) -> NDArray[np.float64]:
    """How active an audience is at each hour from the plan's midnight on, as measured by UTC's hours."""
    counts = np.array(audience.hours or [(0, 0)] * HOURS)
    hours = np.roll(counts, -_midnight(plan).hour, axis=0)
    return active_hours(hours[:, 0], hours[:, 1])
