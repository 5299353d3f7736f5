"""Numbers drawn as bars, for a template to put into an SVG; a table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

__all__ = ["Bar", "bars_by_day", "bars_of"]

WIDTH, TOP, BASE = 360.0, 22.0, 150.0
WIDEST = 44.0
NAMED_MOST = 6
ROOM = 24.0
"""Half the width of a bar's words: nearer to the right edge they end there."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One value in the drawing's own units. Where it is `named`, its words stand at `words_at` and grow from
    there by `anchor`, so that none is cut at an edge; its number stands above it where `told`.
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
    told: bool


def bars_of(values: Sequence[tuple[str, float]]) -> list[Bar]:
    """Bars whose heights are in proportion to their values; at most six are named, the last always.

    The highest tells its number, and so does each named one that covers no bar and no other number.
    """
    most = max((value for _label, value in values), default=0) or 1
    step = WIDTH / max(len(values), 1)
    width = min(step * 0.7, WIDEST)
    every = -(-len(values) // NAMED_MOST)
    told = _told([value for _label, value in values], step, every)
    bars = []
    for number, (label, value) in enumerate(values):
        height, middle = (BASE - TOP) * value / most, step * (number + 0.5)
        anchor = "end" if middle > WIDTH - ROOM else "start" if middle < ROOM else "middle"
        bars.append(
            Bar(
                label,
                value,
                round(middle - width / 2, 1),
                round(BASE - height, 1),
                round(width, 1),
                round(height, 1),
                {"end": WIDTH, "start": 0.0}.get(anchor, round(middle, 1)),
                anchor,
                (len(values) - 1 - number) % every == 0,
                number in told,
            )
        )
    return bars


def _told(values: Sequence[float], step: float, every: int) -> set[int]:
    """Which bars tell their number: of the named ones, those whose number covers nothing."""
    if not values:
        return set()
    highest, near = values.index(max(values)), int(ROOM / step)
    clear = {
        number
        for number in range((len(values) - 1) % every, len(values), every)
        if values[number] >= max(values[max(number - near, 0) : number + near + 1])
        and abs(number - highest) * step > 2 * ROOM
    }
    return {highest, *clear}


def bars_by_day(by_day: Sequence[tuple[date, int]]) -> list[Bar]:
    """A figure's history, a bar a day; none where there is nothing to draw."""
    if not any(value for _day, value in by_day):
        return []
    return bars_of([(date_format(day, "d/m"), value) for day, value in by_day])
