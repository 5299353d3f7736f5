"""The supervisor alone, over parts that misbehave."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.config.served import alive
from tests.peers.process import wait_until

STORY = """
import logging, os, signal, subprocess, sys, time
from colibri.config.supervisor import Part, Supervisor
logging.basicConfig(level=logging.INFO, format="%(message)s")

def good():
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    while True: time.sleep(0.05)

def deaf():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print("deaf", flush=True)
    while True: time.sleep(0.05)

def parent():
    child = subprocess.Popen(["sleep", "1000"])
    print("grandchild", child.pid, flush=True)
    child.wait()

def raising(): raise ValueError("no such luck")
def leaving(): sys.exit(7)

parts = [Part(name, globals()[name]) for name in sys.argv[2:]]
late = Supervisor(parts, patience=float(sys.argv[1])).run()
print("late:", late, flush=True)
"""


@contextmanager
def supervising(log: Path, *parts: str, patience: float = 20) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", STORY, str(patience), *parts]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def says(log: Path, words: str, times: int = 1) -> bool:
    return wait_until(lambda: log.read_text().count(words) >= times)


def pid_after(log: Path, words: str) -> int:
    return int(log.read_text().split(words)[-1].split()[0])


def test_a_part_that_fails_is_named_with_its_reason_and_tried_later_each_time(tmp_path):
    log = tmp_path / "log"
    with supervising(log, "raising", "leaving", "good") as process:
        assert says(log, "leaving is process", times=3)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=90) == 0

    said = log.read_text()
    assert "ValueError: no such luck" in said
    assert ") ended with 7: started again in 0.5 s" in said
    assert ") ended with 7: started again in 1.0 s" in said
    assert said.count("good is process") == 1
    assert "late: 0" in said


def test_a_part_that_does_not_listen_is_killed_when_patience_ends(tmp_path):
    log = tmp_path / "log"
    with supervising(log, "deaf", "good", patience=1) as process:
        assert says(log, "deaf\n")
        deaf = pid_after(log, "deaf is process ")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=90) == 0

    assert "deaf did not stop in time and is killed" in log.read_text()
    assert "late: 1" in log.read_text()
    assert not alive(deaf)


def test_a_second_signal_ends_patience(tmp_path):
    log = tmp_path / "log"
    with supervising(log, "deaf", patience=1000) as process:
        assert says(log, "deaf\n")
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=90) == 0

    assert "late: 1" in log.read_text()


def test_what_a_part_started_goes_with_it(tmp_path):
    log = tmp_path / "log"
    with supervising(log, "parent") as process:
        assert says(log, "grandchild ")
        first = pid_after(log, "grandchild ")
        subprocess.run(["kill", "-9", str(pid_after(log, "parent is process "))], check=True)
        assert says(log, "grandchild ", times=2)
        assert wait_until(lambda: not alive(first))
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=90) == 0

    assert wait_until(lambda: not alive(pid_after(log, "grandchild ")))


def test_parts_end_with_a_killed_supervisor_even_those_that_do_not_listen(tmp_path):
    log = tmp_path / "log"
    with supervising(log, "good", "deaf", patience=1) as process:
        assert says(log, "deaf\n")
        parts = [pid_after(log, f"{name} is process ") for name in ("good", "deaf")]
        process.kill()
        process.wait()

        assert wait_until(lambda: not any(alive(pid) for pid in parts))
