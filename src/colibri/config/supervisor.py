"""Several processes as one: started together, restarted when they die, stopped together.

Each part is forked from the supervisor, which has read the whole program in: a part is there at once and
shares its memory. It leads a process group of its own, so that what it started goes with it, and holds the
reading end of a pipe: when the supervisor is gone, however it went, the pipe ends and the part stops.
"""

import contextlib
import gc
import logging
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

__all__ = ["Part", "Supervisor"]

log = logging.getLogger(__name__)

LOOK_EVERY = 0.1
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STEADY_AFTER = 60.0
"""A part that lived this long, in seconds, is restarted with the first pause again."""


@dataclass(frozen=True, slots=True)
class Part:
    """One process to keep alive: its name in the log, and what it does until SIGTERM."""

    name: str
    work: Callable[[], None]


@dataclass(slots=True)
class _Child:
    part: Part
    pid: int = 0
    started: float = 0.0
    pause: float = FIRST_PAUSE
    again_at: float = 0.0


@dataclass
class Supervisor:
    """Keeps parts alive until SIGTERM or SIGINT; a second signal stops them at once.

    `patience` is how many seconds the parts have to finish what they do before they are killed.
    Whoever calls `run` has no threads and no open connections: both go wrong in a fork.
    """

    parts: Sequence[Part]
    patience: float = 25.0
    _children: list[_Child] = field(default_factory=list, init=False)
    _signals: int = field(default=0, init=False)
    _pipe: tuple[int, int] = field(default=(-1, -1), init=False)

    def run(self) -> int:
        """Start everything, watch, stop everything; returns how many parts had to be killed."""
        self._pipe = os.pipe()
        before = {number: signal.signal(number, self._note) for number in (signal.SIGTERM, signal.SIGINT)}
        gc.collect()
        gc.freeze()  # what was read in so far stays in pages that all processes share
        try:
            self._children = [_Child(part) for part in self.parts]
            while not self._signals:
                for child in self._children:
                    self._watch(child)
                # A sleep and not an event: a signal's handler must never wait for a lock.
                time.sleep(LOOK_EVERY)
            return self._stop()
        finally:
            self._kill()
            for descriptor in self._pipe:
                os.close(descriptor)
            for number, handler in before.items():
                signal.signal(number, handler)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._signals += 1

    def _watch(self, child: _Child) -> None:
        if not child.pid:
            if time.monotonic() >= child.again_at:
                self._start(child)
        elif (status := _ended(child.pid)) is not None:
            self._bury(child, status)

    def _start(self, child: _Child) -> None:
        try:
            pid = os.fork()
        except OSError as fault:
            log.error("%s cannot be started: %s", child.part.name, fault)
            self._put_off(child)
            return
        if pid == 0:
            _be(child.part, self._pipe, self.patience)
        with contextlib.suppress(OSError):  # the child does the same: whoever is first
            os.setpgid(pid, pid)
        child.pid, child.started = pid, time.monotonic()
        log.info("%s is process %d", child.part.name, pid)

    def _bury(self, child: _Child, status: int) -> None:
        _signal_group(child.pid, signal.SIGTERM)
        if time.monotonic() - child.started >= STEADY_AFTER:
            child.pause = FIRST_PAUSE
        how = _in_words(os.waitstatus_to_exitcode(status))
        log.error("%s (process %d) %s: started again in %.1f s", child.part.name, child.pid, how, child.pause)
        child.pid = 0
        self._put_off(child)

    def _put_off(self, child: _Child) -> None:
        child.again_at = time.monotonic() + child.pause
        child.pause = min(child.pause * 2, LONGEST_PAUSE)

    def _stop(self) -> int:
        for child in self._living():
            # The leader alone: gunicorn tells its own workers, and would be told twice.
            with contextlib.suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGTERM)
        end = time.monotonic() + self.patience
        while self._living() and time.monotonic() < end and self._signals < 2:
            time.sleep(LOOK_EVERY)
        return self._kill()

    def _living(self) -> list[_Child]:
        for child in self._children:
            if child.pid and _ended(child.pid) is not None:
                _signal_group(child.pid, signal.SIGKILL)
                child.pid = 0
        return [child for child in self._children if child.pid]

    def _kill(self) -> int:
        late = self._living()
        for child in late:
            log.warning("%s did not stop in time and is killed", child.part.name)
            _signal_group(child.pid, signal.SIGKILL)
            os.waitpid(child.pid, 0)
            child.pid = 0
        return len(late)


def _be(part: Part, pipe: tuple[int, int], patience: float) -> None:
    """Be this part, from the fork to the end of the process."""
    code = 1
    try:
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        reading, writing = pipe
        os.close(writing)
        _stop_when_orphaned(reading, patience)
        part.work()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # the process ends here, and says why
        traceback.print_exc()
        raise
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _stop_when_orphaned(pipe: int, patience: float) -> None:
    """Stop this process when the other end of the pipe is closed, at the latest `patience` seconds after."""

    def wait() -> None:
        with contextlib.suppress(OSError):
            os.read(pipe, 1)
        log.warning("the supervisor is gone: stopping")
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(patience)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=wait, daemon=True, name="orphaned").start()


def _ended(pid: int) -> int | None:
    """The status of a child that has ended, None while it lives."""
    found, status = os.waitpid(pid, os.WNOHANG)
    return status if found else None


def _signal_group(leader: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, number)


def _in_words(code: int) -> str:
    if code >= 0:
        return f"ended with {code}"
    known = {one.value: one.name for one in signal.Signals}
    return f"was ended by {known.get(-code, -code)}"
