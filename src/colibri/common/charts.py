"""Days drawn as bars, for a template to put into an SVG."""

from dataclasses import dataclass
from datetime import date

__all__ = ["Bar", "bars_of"]

WIDTH, HEIGHT, TOP, BASE = 360, 200, 24, 172
WIDEST = 44.0
NAMED_MOST = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One day in the drawing's own units: x, y, width and height of its bar, and the middle for its words."""

    day: date
    people: int
    x: float
    y: float
    width: float
    height: float
    middle: float
    named: bool


def bars_of(by_day: list[tuple[date, int]]) -> list[Bar]:
    """Days as bars whose heights are in proportion to people; at most six are named below."""
    most = max((people for _day, people in by_day), default=0) or 1
    step = WIDTH / max(len(by_day), 1)
    width = min(step * 0.7, WIDEST)
    every = -(-len(by_day) // NAMED_MOST) if by_day else 1
    bars = []
    for number, (day, people) in enumerate(by_day):
        height = (BASE - TOP) * people / most
        middle = step * (number + 0.5)
        last = number == len(by_day) - 1
        bars.append(
            Bar(
                day,
                people,
                round(middle - width / 2, 1),
                round(BASE - height, 1),
                round(width, 1),
                round(height, 1),
                round(middle, 1),
                last or ((len(by_day) - 1 - number) % every == 0),
            )
        )
    return bars
