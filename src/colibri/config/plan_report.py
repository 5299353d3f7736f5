"""The report of a plan: one page, one file, no script, readable on a phone and in print."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.template import Context, Engine
from numpy.typing import NDArray

from colibri.config.plan_report_words import LANGUAGES, WORDS

__all__ = ["Figures", "report_page"]

SHOWN = 10
WIDTH, HEIGHT = 400, 190
LEFT, RIGHT, TOP, BOTTOM = 34, 8, 10, 24


@dataclass(frozen=True, slots=True)
class Figures:
    """What the report tells: A appeals (visibility before, planned, unaided), R relays (boosts), people."""

    appeals: list[str]
    prior: NDArray[np.float64]
    planned: NDArray[np.float64]
    unaided: NDArray[np.float64]
    boosts: NDArray[np.int64]
    reach: NDArray[np.int64]
    reach_unaided: NDArray[np.int64]
    carried: NDArray[np.bool_]
    capped: NDArray[np.bool_]
    offered: NDArray[np.int64]
    given: NDArray[np.int64]
    members: int
    follows: int
    unknown: int
    ratio: float


def report_page(figures: Figures, *, language: str = "fr") -> str:
    """The page, in French or English. Raises ValueError for another language."""
    if language not in LANGUAGES:
        raise ValueError(f"language: {language!r} is not one of {', '.join(LANGUAGES)}")
    engine = Engine(dirs=[str(Path(__file__).parent / "templates")])
    words = WORDS[language]
    if language == "fr":
        words = {name: _french_spaces(text) for name, text in words.items()}
    context = {
        "language": language,
        "words": words,
        "promise": _promise(figures, words, language),
        "cards": _cards(figures, words, language),
        "spread": _spread(figures, words, language),
        "budget": _budget(figures, words, language),
        "boosts": _boosts(figures, words, language),
        "least": _least(figures, language),
        "unserved": _unserved(figures, words, language),
        "known": words["known"].format(
            members=_number(figures.members, language),
            follows=_number(figures.follows, language),
            unknown=_percent(figures.unknown / max(1, figures.members), language, 0),
        ),
    }
    return engine.get_template("config/plan_report.html").render(Context(context, use_l10n=False))


def _french_spaces(text: str) -> str:
    return text.replace(" %", "\u202f%").replace(" :", "\u00a0:")


def _number(value: float, language: str, digits: int = 0) -> str:
    """A number as it is written in the language: 12 345,6 or 12,345.6."""
    written = f"{value:,.{digits}f}"
    if language == "fr":
        return written.replace(",", "\u202f").replace(".", ",")
    return written


def _amount(value: float, language: str) -> str:
    """A visibility: three figures are enough."""
    return _number(value, language, 0 if value >= 100 else 1 if value >= 10 else 2)


def _percent(share: float, language: str, digits: int = 1) -> str:
    return _number(100.0 * share, language, digits)


def _promise(figures: Figures, words: dict[str, str], language: str) -> list[str]:
    """The certificate in sentences; rounded so that nothing more is promised than was proven."""
    if not figures.carried.any():
        return [words["promise_empty"]]
    gain = figures.planned - figures.prior
    today = words["promise_gain"].format(
        least=_amount(float(gain.min()), language), median=_amount(float(np.median(gain)), language)
    )
    more = math.ceil(1000.0 * (1.0 / figures.ratio - 1.0) - 1e-6) / 10.0
    if more <= 0:
        return [words["promise_best"], today]
    reached = math.floor(1000.0 * figures.ratio) / 10.0
    proof = words["promise_proof"].format(ratio=_number(reached, language, 1))
    return [words["promise"].format(more=_number(more, language, 1)), f"{proof} {today}"]


def _cards(figures: Figures, words: dict[str, str], language: str) -> list[dict[str, str]]:
    rows = [
        ("least", float(figures.planned.min()), float(figures.unaided.min()), "table_visibility"),
        ("median", float(np.median(figures.planned)), float(np.median(figures.unaided)), "table_visibility"),
    ]
    cards = [
        {
            "label": words[name],
            "value": _amount(planned, language),
            "unit": words[unit],
            "compared": words["compared"].format(value=_amount(unaided, language)),
        }
        for name, planned, unaided, unit in rows
    ]
    without = words["compared"].format(value=_number(int(figures.reach_unaided.min()), language))
    cards.append({
        "label": words["reached"], "value": _number(int(figures.reach.min()), language),
        "unit": words["people"], "compared": without,
    })  # fmt: skip
    return cards


def _nice_top(value: float) -> float:
    """The least of 1, 2, 4, 5 or 10 times a power of ten that is not below the value."""
    power = 10.0 ** math.floor(math.log10(value)) if value > 0 else 1.0
    return next(step * power for step in (1.0, 2.0, 4.0, 5.0, 10.0) if step * power >= value * (1 - 1e-12))


def _spread(figures: Figures, words: dict[str, str], language: str) -> dict[str, Any]:
    top = _nice_top(max(float(figures.planned.max()), float(figures.unaided.max())))

    def line(values: NDArray[np.float64]) -> str:
        ordered = np.sort(values)
        if ordered.size > 300:
            ordered = ordered[np.linspace(0, ordered.size - 1, 300).round().astype(int)]
        if ordered.size == 1:
            ordered = np.repeat(ordered, 2)
        across = np.linspace(LEFT, WIDTH - RIGHT, ordered.size)
        return " ".join(f"{x:.1f},{_height(y, top):.1f}" for x, y in zip(across, ordered, strict=True))

    return {
        "alt": words["spread_alt"].format(
            least=_amount(float(figures.planned.min()), language),
            unaided=_amount(float(figures.unaided.min()), language),
        ),
        "planned": line(figures.planned),
        "unaided": line(figures.unaided),
        "prior": line(figures.prior),
        "ticks": [
            {"y": round(_height(part * top, top), 1), "label": _tick(part * top, language)}
            for part in (0.0, 0.25, 0.5, 0.75, 1.0)
        ],
    }


def _height(value: float, top: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - value / top)


def _tick(value: float, language: str) -> str:
    digits = 0 if value == int(value) else 1 if round(value, 1) == value else 2
    return _number(value, language, digits)


def _budget(figures: Figures, words: dict[str, str], language: str) -> dict[str, Any]:
    given, offered = int(figures.given.sum()), int(figures.offered.sum())
    idle = int(np.count_nonzero((figures.given == 0) & (figures.offered > 0)))
    share = given / offered if offered else 0.0
    return {
        "text": words["budget_text"].format(
            given=_number(given, language),
            offered=_number(offered, language),
            relays=_number(int(np.count_nonzero(figures.offered)), language),
        ),
        "alt": words["budget_alt"].format(share=_percent(share, language, 0)),
        "width": round(WIDTH * share, 1),
        "idle": words["idle"].format(count=_number(idle, language)) if idle else "",
    }


def _boosts(figures: Figures, words: dict[str, str], language: str) -> dict[str, Any]:
    """Columns: how many appeals received how many boosts, at most some twenty columns."""
    low, high = int(figures.boosts.min()), int(figures.boosts.max())
    wide = max(1, math.ceil((high - low + 1) / 20))
    count = (high - low) // wide + 1
    heights = np.bincount((figures.boosts - low) // wide, minlength=count)
    step = (WIDTH - LEFT - RIGHT) / count
    width = min(0.8 * step, 44.0)
    floor = HEIGHT - BOTTOM
    scale = (floor - TOP - 14) / max(1, int(heights.max()))
    every = max(1, math.ceil(count / 10))
    values = {"low": _number(low, language), "high": _number(high, language)}
    return {
        "text": words["boosts_text"].format(**values),
        "alt": words["boosts_alt"].format(**values),
        "columns": [
            {
                "x": round(LEFT + (place + 0.5) * step - width / 2, 1),
                "y": round(floor - scale * number, 1),
                "width": round(width, 1),
                "height": round(scale * number, 1),
                "middle": round(LEFT + (place + 0.5) * step, 1),
                "label": _number(low + place * wide, language) if place % every == 0 else "",
                "number": _number(number, language) if count <= 12 and number else "",
            }
            for place, number in enumerate(heights.tolist())
        ],
    }


def _least(figures: Figures, language: str) -> list[dict[str, str]]:
    return [
        {
            "name": figures.appeals[row],
            "visibility": _amount(float(figures.planned[row]), language),
            "boosts": _number(int(figures.boosts[row]), language),
            "reach": _number(int(figures.reach[row]), language),
        }
        for row in np.argsort(figures.planned, kind="stable")[:SHOWN].tolist()
    ]


def _unserved(figures: Figures, words: dict[str, str], language: str) -> dict[str, Any]:
    missing = np.flatnonzero(figures.boosts == 0).tolist()

    def reason(row: int) -> str:
        if figures.capped[row]:
            return words["reason_capped"]
        return words["reason_room"] if figures.carried[row] else words["reason_nobody"]

    more = len(missing) - SHOWN
    return {
        "rows": [{"name": figures.appeals[row], "reason": reason(row)} for row in missing[:SHOWN]],
        "more": words["unserved_more"].format(count=_number(more, language)) if more > 0 else "",
    }
