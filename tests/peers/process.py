"""Programs the tests start for real: found, started on a free port, waited for, and never left behind."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["PeerFailed", "PeerMissing", "find_program", "free_port", "running", "wait_until"]


class PeerMissing(Exception):
    """A program the tests need is not on this machine; the message says which package brings it."""


class PeerFailed(Exception):
    """A program started but did not become ready; the message ends with what it said."""


def find_program(*names: str, package: str, folders: tuple[str, ...] = ()) -> Path:
    """The first of these programs found on the path or in the folders (globs, newest last).

    Raises `PeerMissing`, naming the Debian package.
    """
    for name in names:
        if found := shutil.which(name):
            return Path(found)
        places = [place for glob in folders for place in Path("/").glob(f"{glob.lstrip('/')}/{name}")]
        if places:
            return max(places, key=lambda place: [int(part) for part in place.parts if part.isdigit()])
    raise PeerMissing(
        f"{names[0]} is not on this machine. On Debian or Ubuntu: sudo apt-get install {package} "
        "(scripts/system_packages.sh installs all of them)."
    )


def free_port() -> int:
    """A port nobody listens on at this moment, on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(ready: Callable[[], bool], *, seconds: float = 120, pause: float = 0.05) -> bool:
    """Ask `ready` until it says yes; False when the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        time.sleep(pause)
    return False


def dying_with_us(*, user: str = "", stop_signal: str = "TERM") -> list[str]:
    """The words before a command that end it when we are killed, and give it another user where asked."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        if user:
            raise PeerMissing(
                "setpriv is not on this machine. On Debian or Ubuntu: apt-get install util-linux"
            )
        return []
    as_user = [f"--reuid={user}", f"--regid={user}", "--clear-groups"] if user else []
    return [setpriv, *as_user, f"--pdeathsig={stop_signal}", "--"]


@contextmanager
def running(
    command: list[str],
    *,
    ready: Callable[[], bool],
    log: Path,
    user: str = "",
    stop_signal: signal.Signals = signal.SIGTERM,
    seconds: float = 120,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command until the block ends, from the moment it is ready.

    Its output goes to `log`. Raises `PeerFailed` with the end of it where the command stops or is not
    ready in time.
    """
    words = dying_with_us(user=user, stop_signal=stop_signal.name.removeprefix("SIG")) + command
    with log.open("wb") as output:
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            cwd=cwd,
        )
    try:
        wait_until(lambda: process.poll() is not None or ready(), seconds=seconds)
        if process.poll() is not None or not ready():
            said = log.read_text(errors="replace")[-2000:]
            raise PeerFailed(f"{command[0]} did not become ready in {seconds} s. It said:\n{said}")
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(stop_signal)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
