"""The report of a plan: one page, one file, no script, readable on a phone and in print."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colibri.config.plan.circles import InTurn
from colibri.config.plan.words import WORDS, say
from colibri.config.reports import amount, nice_top, number, page, percent, tick

__all__ = ["Figures", "report_page"]

SHOWN = 10
WIDTH, HEIGHT = 400, 190
LEFT, RIGHT, TOP, BOTTOM = 34, 8, 10, 24


@dataclass(frozen=True, slots=True)
class Figures:
    """What the report tells: A appeals (visibility before, planned, unaided), R relays (boosts), people, and
    how many appeals each of those who are shown any is `shown`."""

    appeals: list[str]
    prior: NDArray[np.float64]
    planned: NDArray[np.float64]
    unaided: NDArray[np.float64]
    boosts: NDArray[np.int64]
    reach: NDArray[np.int64]
    reach_unaided: NDArray[np.int64]
    shown: NDArray[np.int64]
    member_cap: int | None
    carried: NDArray[np.bool_]
    capped: NDArray[np.bool_]
    offered: NDArray[np.int64]
    given: NDArray[np.int64]
    members: int
    follows: int
    unknown: int
    ratio: float
    in_turn: InTurn | None = None
    in_turn_unaided: InTurn | None = None


def report_page(figures: Figures) -> str:
    """The page, in the language that is on."""
    context = {
        "words": WORDS,
        "promise": _promise(figures),
        "cards": _cards(figures),
        "spread": _spread(figures),
        "budget": _budget(figures),
        "boosts": _boosts(figures),
        "fatigue": _fatigue(figures),
        "least": _least(figures),
        "unserved": _unserved(figures),
        "in_turn": _in_turn(figures),
        "known": say(
            "known",
            members=number(figures.members),
            follows=number(figures.follows),
            unknown=percent(figures.unknown / max(1, figures.members), 0),
        ),
    }
    return page("config/plan_report.html", context)


def _promise(figures: Figures) -> list[str]:
    """The certificate in sentences; rounded so that nothing more is promised than was proven."""
    if not figures.carried.any():
        return [say("promise_empty")]
    gain = figures.planned - figures.prior
    today = say("promise_gain", least=amount(float(gain.min())), median=amount(float(np.median(gain))))
    more = math.ceil(1000.0 * (1.0 / figures.ratio - 1.0) - 1e-6) / 10.0
    if more <= 0:
        return [say("promise_best"), today]
    reached = math.floor(1000.0 * figures.ratio) / 10.0
    proof = say("promise_proof", ratio=number(reached, 1))
    return [say("promise", more=number(more, 1)), f"{proof} {today}"]


def _cards(figures: Figures) -> list[dict[str, str]]:
    rows = [
        ("least", float(figures.planned.min()), float(figures.unaided.min()), "table_visibility"),
        ("median", float(np.median(figures.planned)), float(np.median(figures.unaided)), "table_visibility"),
    ]
    cards = [
        {
            "label": say(name),
            "value": amount(planned),
            "unit": say(unit),
            "compared": say("compared", value=amount(unaided)),
        }
        for name, planned, unaided, unit in rows
    ]
    without = say("compared", value=number(int(figures.reach_unaided.min())))
    cards.append({
        "label": say("reached"), "value": number(int(figures.reach.min())),
        "unit": say("people"), "compared": without,
    })  # fmt: skip
    return cards


def _spread(figures: Figures) -> dict[str, Any]:
    top = nice_top(max(float(figures.planned.max()), float(figures.unaided.max())))

    def line(values: NDArray[np.float64]) -> str:
        ordered = np.sort(values)
        if ordered.size > 300:
            ordered = ordered[np.linspace(0, ordered.size - 1, 300).round().astype(int)]
        if ordered.size == 1:
            ordered = np.repeat(ordered, 2)
        across = np.linspace(LEFT, WIDTH - RIGHT, ordered.size)
        return " ".join(f"{x:.1f},{_height(y, top):.1f}" for x, y in zip(across, ordered, strict=True))

    return {
        "alt": say(
            "spread_alt",
            least=amount(float(figures.planned.min())),
            unaided=amount(float(figures.unaided.min())),
        ),
        "planned": line(figures.planned),
        "unaided": line(figures.unaided),
        "prior": line(figures.prior),
        "ticks": [
            {"y": round(_height(part * top, top), 1), "label": tick(part * top)}
            for part in (0.0, 0.25, 0.5, 0.75, 1.0)
        ],
    }


def _height(value: float, top: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - value / top)


def _budget(figures: Figures) -> dict[str, Any]:
    given, offered = int(figures.given.sum()), int(figures.offered.sum())
    idle = int(np.count_nonzero((figures.given == 0) & (figures.offered > 0)))
    share = given / offered if offered else 0.0
    return {
        "text": say(
            "budget_text",
            given=number(given),
            offered=number(offered),
            relays=number(int(np.count_nonzero(figures.offered))),
        ),
        "alt": say("budget_alt", share=percent(share, 0)),
        "width": round(WIDTH * share, 1),
        "idle": say("idle", count=number(idle)) if idle else "",
    }


def _boosts(figures: Figures) -> dict[str, Any]:
    """Columns: how many appeals received how many boosts, at most some twenty columns."""
    low, high = int(figures.boosts.min()), int(figures.boosts.max())
    wide = max(1, math.ceil((high - low + 1) / 20))
    columns = (high - low) // wide + 1
    heights = np.bincount((figures.boosts - low) // wide, minlength=columns)
    step = (WIDTH - LEFT - RIGHT) / columns
    width = min(0.8 * step, 44.0)
    floor = HEIGHT - BOTTOM
    scale = (floor - TOP - 14) / max(1, int(heights.max()))
    every = max(1, math.ceil(columns / 10))
    values = {"low": number(low), "high": number(high)}
    return {
        "text": say("boosts_text", **values),
        "alt": say("boosts_alt", **values),
        "columns": [
            {
                "x": round(LEFT + (place + 0.5) * step - width / 2, 1),
                "y": round(floor - scale * count, 1),
                "width": round(width, 1),
                "height": round(scale * count, 1),
                "middle": round(LEFT + (place + 0.5) * step, 1),
                "label": number(low + place * wide) if place % every == 0 else "",
                "number": number(count) if columns <= 12 and count else "",
            }
            for place, count in enumerate(heights.tolist())
        ],
    }


def _fatigue(figures: Figures) -> str:
    """How many messages readers are shown; nothing where nobody is shown any."""
    if not figures.shown.size:
        return ""
    text = say(
        "fatigue_text",
        readers=number(figures.shown.size),
        median=number(math.ceil(float(np.median(figures.shown)))),
        most=number(int(figures.shown.max())),
    )
    asked = figures.member_cap
    return text if asked is None else f"{text} {say('fatigue_cap', cap=number(asked))}"


def _in_turn(figures: Figures) -> str:
    """The second figure, with its interval and what it rests on; nothing where no past boosts were given."""
    if figures.in_turn is None or figures.in_turn_unaided is None:
        return ""
    turned, alone = figures.in_turn, figures.in_turn_unaided
    return say(
        "in_turn",
        mean=amount(float(turned.mean.mean())),
        low=amount(float(turned.low.mean())),
        high=amount(float(turned.high.mean())),
        unaided=amount(float(alone.mean.mean())),
    )


def _least(figures: Figures) -> list[dict[str, str]]:
    return [
        {
            "name": figures.appeals[row],
            "visibility": amount(float(figures.planned[row])),
            "boosts": number(int(figures.boosts[row])),
            "reach": number(int(figures.reach[row])),
        }
        for row in np.argsort(figures.planned, kind="stable")[:SHOWN].tolist()
    ]


def _unserved(figures: Figures) -> dict[str, Any]:
    missing = np.flatnonzero(figures.boosts == 0).tolist()
    left = bool(np.any(figures.given < figures.offered))

    def reason(row: int) -> str:
        if figures.capped[row]:
            return say("reason_capped")
        if not figures.carried[row]:
            return say("reason_nobody")
        return say("reason_tired" if left and figures.member_cap is not None else "reason_room")

    more = len(missing) - SHOWN
    return {
        "rows": [{"name": figures.appeals[row], "reason": reason(row)} for row in missing[:SHOWN]],
        "more": say("unserved_more", count=number(more)) if more > 0 else "",
    }
