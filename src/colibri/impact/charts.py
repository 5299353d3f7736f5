"""Small drawings in SVG, from numbers to positions; each has a table beside it and reads well in grey."""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Bar", "Span", "bars_of", "span_of"]

WIDTH, TOP, BASE = 360.0, 22.0, 150.0
WIDEST = 44.0
NAMED_MOST = 6
EDGE = 12.0
ROOM = 24.0
"""Half the width of a bar's words: nearer to the right edge they end there."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One value in the drawing's own units. Where it is `named`, its words stand at `words_at` and grow from
    there by `anchor`, so that none is cut at an edge.
    """

    label: str
    value: float
    x: float
    y: float
    width: float
    height: float
    words_at: float
    anchor: str
    named: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A share with its interval and both extremes, as positions on a line from 0 to 100 %."""

    share: float
    low: float
    high: float
    none: float
    all: float


def bars_of(values: Sequence[tuple[str, float]]) -> list[Bar]:
    """Bars whose heights are in proportion to their values; at most six are named, the last always."""
    most = max((value for _label, value in values), default=0) or 1
    step = WIDTH / max(len(values), 1)
    width = min(step * 0.7, WIDEST)
    every = -(-len(values) // NAMED_MOST)
    bars = []
    for number, (label, value) in enumerate(values):
        height, middle = (BASE - TOP) * value / most, step * (number + 0.5)
        at_edge = middle > WIDTH - ROOM
        bars.append(
            Bar(
                label,
                value,
                round(middle - width / 2, 1),
                round(BASE - height, 1),
                round(width, 1),
                round(height, 1),
                WIDTH if at_edge else round(middle, 1),
                "end" if at_edge else "middle",
                (len(values) - 1 - number) % every == 0,
            )
        )
    return bars


def span_of(shares: dict[str, float]) -> Span:
    """Where a headline's shares stand on the line."""
    room = WIDTH - 2 * EDGE
    places = {name: round(EDGE + room * shares[name], 1) for name in ("share", "low", "high", "none", "all")}
    return Span(**places)
