"""Few threads of a process wait for somebody else's server at once, so that the others serve visitors."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from colibri.networks.errors import Retryable

__all__ = ["Busy", "Turns"]


class Busy(Retryable):
    """As many threads as may wait are waiting already."""


class Turns:
    """So many threads of this process may be inside at once; nobody queues."""

    def __init__(self, most: int) -> None:
        self._free = threading.BoundedSemaphore(most)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Raises `Busy` where no turn is free."""
        if not self._free.acquire(blocking=False):
            raise Busy("others are waiting already", after=5)
        try:
            yield
        finally:
            self._free.release()
