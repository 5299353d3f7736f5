"""Several processes as one: started together, restarted when they die, stopped together.

Each child leads a process group of its own, so that what it started goes with it, and holds the reading
end of a pipe: when the supervisor is gone, however it went, the pipe ends and the child stops (`orphaned`).
"""

import contextlib
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

__all__ = ["Part", "Supervisor", "stop_when_orphaned"]

log = logging.getLogger(__name__)

LOOK_EVERY = 0.1
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STEADY_AFTER = 60.0
"""A part that lived this long, in seconds, is restarted with the first pause again."""


@dataclass(frozen=True, slots=True)
class Part:
    """One process to keep alive: its name in the log, its command, and descriptors handed to it."""

    name: str
    command: tuple[str, ...]
    descriptors: tuple[int, ...] = ()


@dataclass(slots=True)
class _Child:
    part: Part
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    again_at: float = 0.0


@dataclass
class Supervisor:
    """Keeps parts alive until SIGTERM or SIGINT; a second signal stops them at once.

    A part's command is given `--pipe N`, the descriptor for `stop_when_orphaned`. `patience` is how
    many seconds the parts have to finish what they do before they are killed.
    """

    parts: Sequence[Part]
    patience: float = 25.0
    clock: Callable[[], float] = time.monotonic
    _children: list[_Child] = field(default_factory=list, init=False)
    _signals: int = field(default=0, init=False)

    def run(self) -> int:
        """Start everything, watch, stop everything; returns how many parts had to be killed."""
        reading, writing = os.pipe()
        before = {number: signal.signal(number, self._note) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            self._children = [_Child(part) for part in self.parts]
            while not self._signals:
                for child in self._children:
                    self._watch(child, reading)
                # A sleep and not an event: a signal's handler must never wait for a lock.
                time.sleep(LOOK_EVERY)
            return self._stop()
        finally:
            self._kill()
            os.close(reading)
            os.close(writing)
            for number, handler in before.items():
                signal.signal(number, handler)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._signals += 1

    def _watch(self, child: _Child, pipe: int) -> None:
        if child.process is None:
            if self.clock() >= child.again_at:
                self._start(child, pipe)
        elif child.process.poll() is not None:
            self._bury(child)

    def _start(self, child: _Child, pipe: int) -> None:
        command = [*child.part.command, "--pipe", str(pipe)]
        try:
            child.process = subprocess.Popen(  # noqa: S603 our own commands
                command,
                stdin=subprocess.DEVNULL,
                pass_fds=(pipe, *child.part.descriptors),
                process_group=0,
            )
        except OSError as fault:
            log.error("%s cannot be started: %s", child.part.name, fault)
            self._put_off(child)
            return
        child.started = self.clock()
        log.info("%s is process %d", child.part.name, child.process.pid)

    def _bury(self, child: _Child) -> None:
        process = child.process
        if process is None:
            return
        _signal_group(process, signal.SIGTERM)
        child.process = None
        if self.clock() - child.started >= STEADY_AFTER:
            child.pause = FIRST_PAUSE
        log.error(
            "%s (process %d) %s; it is started again in %.1f s",
            child.part.name,
            process.pid,
            _how_it_ended(process.returncode),
            child.pause,
        )
        self._put_off(child)

    def _put_off(self, child: _Child) -> None:
        child.again_at = self.clock() + child.pause
        child.pause = min(child.pause * 2, LONGEST_PAUSE)

    def _stop(self) -> int:
        living = self._living()
        for process in living:
            # The leader alone: gunicorn tells its own workers, a group's signal would interrupt them twice.
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        end = self.clock() + self.patience
        asked = self._signals
        while self.clock() < end and self._signals == asked and self._living():
            time.sleep(LOOK_EVERY)
        return self._kill()

    def _living(self) -> list[subprocess.Popen[bytes]]:
        found = [child.process for child in self._children if child.process is not None]
        return [process for process in found if process.poll() is None]

    def _kill(self) -> int:
        """Whatever is left of every child's group; returns how many leaders were still there."""
        late = self._living()
        for child in self._children:
            if child.process is None:
                continue
            if child.process in late:
                log.warning("%s did not stop in time and is killed", child.part.name)
            _signal_group(child.process, signal.SIGKILL)
            child.process.wait()
            child.process = None
        return len(late)


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _how_it_ended(code: int) -> str:
    if code >= 0:
        return f"ended with {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"


def stop_when_orphaned(pipe: int, *, patience: float) -> None:
    """Stop this process when the other end of the pipe is closed, at the latest `patience` seconds after."""

    def wait() -> None:
        with contextlib.suppress(OSError):
            os.read(pipe, 1)
        log.warning("the supervisor is gone: stopping")
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(patience)
        os._exit(1)

    threading.Thread(target=wait, daemon=True, name="orphaned").start()
