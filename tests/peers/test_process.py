import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.peers.process import PeerFailed, PeerMissing, find_program, running, wait_until

ROOT = Path(__file__).parents[2]


def words_of(process: Path) -> str:
    """What it runs, empty once it is over."""
    try:
        return (process / "cmdline").read_text().replace("\0", " ").strip()
    except FileNotFoundError:
        return ""


def test_a_missing_program_is_named_with_the_package_that_brings_it():
    with pytest.raises(PeerMissing, match="apt-get install the-package"):
        find_program("a-program-nobody-has", package="the-package")


def test_the_newest_of_several_versions_is_taken(tmp_path):
    for version in ("9", "15", "14"):
        (tmp_path / version).mkdir()
        (tmp_path / version / "program-of-versions").touch()

    found = find_program("program-of-versions", package="x", folders=(f"{tmp_path}/*",))

    assert found.parent.name == "15"


def test_a_program_that_stops_at_once_fails_with_what_it_said(tmp_path):
    command = [sys.executable, "-c", "print('no such luck'); raise SystemExit(3)"]

    with (
        pytest.raises(PeerFailed, match="no such luck"),
        running(command, ready=lambda: False, log=tmp_path / "log"),
    ):
        pass


def test_a_program_ends_with_the_block_even_when_the_block_fails(tmp_path):
    command = [sys.executable, "-c", "import time; time.sleep(60)"]

    with (
        pytest.raises(RuntimeError, match="the test broke"),
        running(command, ready=lambda: True, log=tmp_path / "log") as process,
    ):
        raise RuntimeError("the test broke")

    assert process.poll() is not None


def test_a_program_ends_even_when_we_are_killed(tmp_path):
    """Nothing of a killed test run stays behind on the machine."""
    outer = f"""
from pathlib import Path
from tests.peers.process import running
with running(["sleep", "60"], ready=lambda: True, log=Path({str(tmp_path / "log")!r})) as process:
    print(process.pid, flush=True)
    input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", outer], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as killed:
        assert killed.stdout is not None
        inner = Path("/proc") / killed.stdout.readline().strip()
        assert wait_until(lambda: words_of(inner) == "sleep 60")
        killed.kill()

    assert wait_until(lambda: words_of(inner) == "")


def test_waiting_says_no_when_the_time_is_over():
    assert not wait_until(lambda: False, seconds=0.01, pause=0.001)


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_no_test_reaches_beyond_this_machine():
    with socket.socket() as outside:
        outside.settimeout(0.01)
        with pytest.raises(SocketConnectBlockedError):
            outside.connect(("192.0.2.1", 80))
