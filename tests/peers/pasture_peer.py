"""Objects as servers of the Fediverse really send them, collected by the Fediverse Pasture.

Fixture: `pasture`. `python -m tests.peers.pasture_peer install` brings them into `.colibri/peers`.
"""

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.peers.process import PeerFailed

__all__ = ["install", "pasture"]

ROOT = Path(__file__).parents[2]
SOURCE = Path(__file__).parent / "pasture"


def install(seconds: float = 300) -> Path:
    """Install what `pasture/requirements.txt` names, alone; returns that folder. Safe to run at once."""
    folder = ROOT / ".colibri" / "peers" / "pasture"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = SOURCE / "requirements.txt"
    stamp = folder / "installed"
    with (folder / "lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text() == wanted.read_text():
            return folder
        command = [str(Path(sys.executable).parent / "uv"), "pip", "install", "--quiet", "--no-deps"]
        command += [
            "--python",
            sys.executable,
            "--require-hashes",
            "--target",
            str(folder),
            "-r",
            str(wanted),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
        if done.returncode != 0:
            raise PeerFailed(f"the pasture could not be installed:\n{(done.stdout + done.stderr)[-3000:]}")
        stamp.write_text(wanted.read_text())
    return folder


@pytest.fixture(scope="session")
def pasture() -> list[tuple[str, dict[str, Any]]]:
    """Each input: the name of its group, and what it sets in an object."""
    env = {**os.environ, "PYTHONPATH": str(install())}
    command = [sys.executable, str(SOURCE / "show.py")]
    shown = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)
    if shown.returncode != 0:
        raise PeerFailed(f"the pasture cannot be read:\n{shown.stderr[-3000:]}")
    return [(group, example) for group, example in map(json.loads, shown.stdout.splitlines())]


if __name__ == "__main__" and sys.argv[1:] == ["install"]:
    install()
