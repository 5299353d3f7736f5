"""A share with its interval as positions on a line; it has a table beside it and reads well in grey."""

from dataclasses import dataclass

from colibri.common.charts import WIDTH

__all__ = ["Span", "span_of"]

EDGE = 12.0


@dataclass(frozen=True, slots=True)
class Span:
    """A share with its interval and both extremes, as positions on a line from 0 to 100 %."""

    share: float
    low: float
    high: float
    none: float
    all: float


def span_of(shares: dict[str, float]) -> Span:
    """Where a headline's shares stand on the line."""
    room = WIDTH - 2 * EDGE
    places = {name: round(EDGE + room * shares[name], 1) for name in ("share", "low", "high", "none", "all")}
    return Span(**places)
