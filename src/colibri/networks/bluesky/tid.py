"""Record keys: timestamp identifiers, made here and not by the server, so that a second try is the same.

Format: https://atproto.com/specs/tid.
"""

import threading
from datetime import UTC, datetime, timedelta

__all__ = ["TidMaker", "moment_of"]

_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
_LENGTH = 13
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment_of(tid: str) -> datetime:
    """When an identifier was made. Raises `ValueError` where it is none."""
    if len(tid) != _LENGTH or tid[0] not in _DIGITS[:16] or any(digit not in _DIGITS for digit in tid):
        raise ValueError(f"not a timestamp identifier: {tid!r}")
    number = 0
    for digit in tid:
        number = number * 32 + _DIGITS.index(digit)
    return _EPOCH + timedelta(microseconds=number >> 10)


class TidMaker:
    """Makes identifiers that only grow; `clock_id` (0 to 1023) tells makers of one moment apart."""

    def __init__(self, clock_id: int) -> None:
        self._clock_id = clock_id
        self._last = 0
        self._lock = threading.Lock()

    def make(self, now: datetime) -> str:
        """The next identifier, of `now` or, where one was made then already, a microsecond later."""
        with self._lock:
            self._last = max(self._last + 1, (now - _EPOCH) // timedelta(microseconds=1))
            number = self._last << 10 | self._clock_id
        digits = [_DIGITS[number >> 5 * place & 31] for place in reversed(range(_LENGTH))]
        return "".join(digits)
