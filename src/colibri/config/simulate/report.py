"""The page of a simulation: what each way of boosting brings, and what was assumed."""

from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from colibri.compute.simulation import Course, Summary, World
from colibri.compute.simulation.figures import STAYED
from colibri.config.reports import amount, nice_top, number, page, percent, tick

__all__ = ["names", "report_page"]

WIDTH, HEIGHT = 400, 220
LEFT, RIGHT, TOP, BOTTOM = 34, 8, 10, 24
DRAWN = 200
"""Points of a curve at most."""
CUT = 0.9
"""Curves end at this share of the appeals: the few that are seen most would flatten all the others."""
BAR = 26


def names() -> dict[str, str]:
    """What each way is called."""
    return {
        "plan": _("the plan"),
        "unaided": _("everyone boosts whom they see first"),
        "most_followed_first": _("the most followed relays first"),
        "round_robin": _("the messages in turn"),
        "least_shared_first": _("the least shared first"),
        "random": _("at random"),
        "min_cost_flow": _("the most in sum (min-cost flow)"),
    }


def report_page(world: World, courses: dict[str, Course], told: dict[str, Summary], weeks: int) -> str:
    """The page, in the language that is on."""
    words = names()
    first = next(iter(told.values()))
    context = {
        "size": {
            "weeks": weeks,
            "relays": number(world.relays),
            "follows": number(world.audience_member.size),
            "appeals": number(first.appeals),
        },
        "cards": _cards(told),
        "rows": [_row(words[name], one, told) for name, one in told.items()],
        "curves": _curves(world, courses, words),
        "waits": _waits(told, words),
    }
    return page("config/simulation.html", context)


def _cards(told: dict[str, Summary]) -> list[dict[str, str]]:
    plan, alone = told["plan"], told["unaided"]
    most = max(one.total for one in told.values()) or 1.0
    return [
        {
            "label": _("The message seen least, a day"),
            "value": amount(plan.least),
            "compared": _("without a plan: {value}").format(value=amount(alone.least)),
        },
        {
            "label": _("The tenth that waits longest waits"),
            "value": _("{days} days").format(days=number(plan.wait_worst, 1)),
            "compared": _("without a plan: {value}").format(value=number(alone.wait_worst, 1)),
        },
        {
            "label": _("What fairness costs in total"),
            "value": _("{share}%").format(share=percent(1.0 - plan.total / most)),
            "compared": _("of what the most generous of these ways gives"),
        },
    ]


def _row(name: str, one: Summary, told: dict[str, Summary]) -> dict[str, str]:
    return {
        "name": name,
        "least": amount(one.least),
        "median": amount(one.median),
        "total": percent(one.total / (told["plan"].total or 1.0)),
        "gini": number(one.gini, 3),
        "wait": number(one.wait, 1),
        "wait_worst": number(one.wait_worst, 1),
        "never": number(one.never),
    }


def _a_day(world: World, course: Course) -> NDArray[np.float64]:
    """Visibility a day of those who stayed a week, from least to most."""
    counted = world.arrival >= world.counted_from
    days = course.present[:, counted].sum(axis=0)
    gains = course.gain[:, counted].sum(axis=0)[days >= STAYED] / days[days >= STAYED]
    return np.sort(gains)


def _curves(world: World, courses: dict[str, Course], words: dict[str, str]) -> dict[str, Any]:
    lines = {}
    for name, course in courses.items():
        ordered = _a_day(world, course)
        ordered = ordered[: max(2, int(CUT * ordered.size))]
        lines[name] = ordered[np.linspace(0, ordered.size - 1, min(DRAWN, ordered.size)).round().astype(int)]
    top = nice_top(max(float(line.max()) for line in lines.values()))

    def drawn(line: NDArray[np.float64]) -> str:
        across = np.linspace(LEFT, WIDTH - RIGHT, line.size)
        height = TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - line / top)
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, height, strict=True))

    return {
        "lines": [
            {"name": words[name], "kind": name, "points": drawn(line)}
            for name, line in reversed(lines.items())
        ],
        "ticks": [
            {"y": round(TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - part), 1), "label": tick(part * top)}
            for part in (0.0, 0.25, 0.5, 0.75, 1.0)
        ],
    }


def _waits(told: dict[str, Summary], words: dict[str, str]) -> dict[str, Any]:
    most = max(one.wait_worst for one in told.values()) or 1.0
    bars = [
        {
            "name": words[name],
            "kind": name,
            "y": place * BAR * 2,
            "width": round((WIDTH - 50) * one.wait_worst / most, 1),
            "days": number(one.wait_worst, 1),
        }
        for place, (name, one) in enumerate(told.items())
    ]
    return {"bars": bars, "height": len(bars) * BAR * 2}
