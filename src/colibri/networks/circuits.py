"""Manners towards hosts: few requests at once, and none for a while to one that does not answer."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from colibri.networks.errors import Retryable

__all__ = ["Circuits"]

FAILURES = 5
"""So many requests in a row without any answer open the circuit."""
FIRST_REST, LONGEST_REST = 5.0, 900.0
AT_ONCE = 8
"""Requests to one host at the same time; more of them wait their turn."""


@dataclass(slots=True)
class _Host:
    places: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))
    failures: int = 0
    rest: float = FIRST_REST
    open_until: float = 0.0


class Circuits:
    """A circuit breaker for each host, shared by the threads of one process.

    After `FAILURES` requests in a row that no answer came to, a host is left alone for a while, twice as
    long each time; then one request tries. Any answer, an error's too, closes the circuit.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._now = now

    @contextmanager
    def through(self, authority: str, *, patience: float) -> Iterator[None]:
        """Ask a host within this block; `Retryable` out of it counts as no answer.

        Raises `Retryable` at once while the host is left alone, or where no place comes free within
        `patience` seconds.
        """
        host = self._host(authority)
        self._enter(host, authority)
        if not host.places.acquire(timeout=patience):
            raise Retryable(f"too many requests to {authority} at once")
        try:
            yield
        except Retryable:
            self._failed(host)
            raise
        except BaseException:
            self._answered(host)
            raise
        else:
            self._answered(host)
        finally:
            host.places.release()

    def _host(self, authority: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(authority, _Host())

    def _enter(self, host: _Host, authority: str) -> None:
        with self._lock:
            left = host.open_until - self._now()
            if left > 0:
                raise Retryable(f"{authority} did not answer: it is left alone for now", after=left)
            if host.failures >= FAILURES:  # whoever comes first tries for all
                host.open_until = self._now() + host.rest

    def _failed(self, host: _Host) -> None:
        with self._lock:
            host.failures += 1
            if host.failures >= FAILURES:
                host.open_until = self._now() + host.rest
                host.rest = min(host.rest * 2, LONGEST_REST)

    def _answered(self, host: _Host) -> None:
        with self._lock:
            host.failures, host.rest, host.open_until = 0, FIRST_REST, 0.0
