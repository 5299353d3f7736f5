"""`make test` tries once more what failed, says so, and stays red where it fails twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "run_tests.sh"
SUITE = """
from pathlib import Path

import pytest


def test_green(): ...


@pytest.mark.parametrize("number", range({races}))
def test_lost_a_race(number):
    seen = Path(f"seen{{number}}")
    was = seen.exists()
    seen.touch()
    assert was


def test_red():
    assert not {red}
"""


def tried(folder: Path, *, races: int = 0, red: bool = False) -> subprocess.CompletedProcess[str]:
    (folder / "test_suite.py").write_text(SUITE.format(races=races, red=red), encoding="utf-8")
    return run(folder, "-q")


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SCRIPT, sys.executable, "-m", "pytest", *options],
        cwd=folder,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_lost_a_race_is_tried_again_and_said(tmp_path):
    ended = tried(tmp_path, races=1)
    assert ended.returncode == 0
    assert "1 failed" in ended.stdout, "the first failure stays in the output"
    assert "1 failed" in ended.stderr
    assert "1 passed" in ended.stdout.splitlines()[-1], "nothing else is run again"


@pytest.mark.parametrize("what", [{"red": True}, {"races": 1, "red": True}, {"races": 6}])
def test_what_fails_twice_or_in_numbers_is_red(tmp_path, what):
    assert tried(tmp_path, **what).returncode == 1


def test_what_passes_is_not_run_again(tmp_path):
    ended = tried(tmp_path)
    assert ended.returncode == 0
    assert ended.stderr == ""


def test_what_is_not_a_failed_test_is_red_at_once(tmp_path):
    assert run(tmp_path, "nowhere").returncode == 4
