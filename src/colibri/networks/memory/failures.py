"""Faults to order: what a network may do to us, done by the network in memory when it is told to."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from colibri.networks.errors import Gone, Refused, Retryable, Unauthorised

__all__ = ["KINDS", "Failures"]

KINDS = ("rate_limit", "expired_token", "gone_post", "refused", "server_fault", "slow", "answer_lost")


@dataclass(slots=True)
class _Failure:
    verb: str
    kind: str
    left: int | None
    where: str
    seconds: float


class Failures:
    """Faults waiting for the calls they are meant for."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self._waiting: list[_Failure] = []
        self._lock = threading.Lock()
        self._sleep = sleep

    def add(self, verb: str, kind: str, times: int | None, where: str, seconds: float) -> None:
        """Order `kind` for the next `times` calls of `verb` ("*": any; None: every call) by handle `where`.

        `seconds` is the pause a rate limit asks for, or how long a slow answer takes.
        Raises `ValueError` for a kind that does not exist.
        """
        if kind not in KINDS:
            raise ValueError(f"no such fault: {kind!r}")
        with self._lock:
            self._waiting.append(_Failure(verb, kind, times, where, seconds))

    def clear(self) -> None:
        """Forget every fault still waiting."""
        with self._lock:
            self._waiting.clear()

    def before(self, verb: str, handle: str) -> bool:
        """Raise or wait as ordered; returns whether the answer of this call is to be lost after it acted."""
        fault = self._take(verb, handle)
        if fault is None:
            return False
        match fault.kind:
            case "rate_limit":
                raise Retryable(f"{verb}: rate limited", after=fault.seconds)
            case "expired_token":
                raise Unauthorised(f"{verb}: token expired")
            case "gone_post":
                raise Gone(f"{verb}: gone")
            case "refused":
                raise Refused(f"{verb}: refused")
            case "server_fault":
                raise Retryable(f"{verb}: server fault")
            case "slow":
                self._sleep(fault.seconds)
        return fault.kind == "answer_lost"

    def _take(self, verb: str, handle: str) -> _Failure | None:
        with self._lock:
            for fault in self._waiting:
                if fault.verb in (verb, "*") and fault.where in ("", handle):
                    if fault.left is not None:
                        fault.left -= 1
                        if fault.left <= 0:
                            self._waiting.remove(fault)
                    return fault
        return None
