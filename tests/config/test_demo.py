"""The demonstration: alone in its folder, and with figures that promise no more than was proven."""

import fcntl
import json
import stat
from pathlib import Path

import click
import pytest
from django.utils import translation

from colibri.config.demo.command import MARK, alone_in
from colibri.config.demo.day import summary
from tests.config.served import call

READMES = {"en": "README.md", "fr": "README.fr.md"}
FIGURES = {
    "appeals_read": 40,
    "accepted": 31,
    "refused": {},
    "waiting": 3,
    "no_answer": 1,
    "boosts_planned": 180,
    "boosts_given": 160,
    "boosts_retried": 6,
    "boosts_failed": 4,
    "boosts_ended": 3,
    "boosts_declined": 3,
    "reach_distinct": 4045,
    "reach_unknown_share": 0.3,
    "visibility_least": 4.6,
    "visibility_median": 5.1,
    "unaided": {"visibility_least": 0.0, "visibility_median": 4.1},
    "seconds": 20.0,
}


def test_a_folder_is_emptied_of_the_demonstration_before(tmp_path):
    folder = tmp_path / "demo"
    with alone_in(folder):
        (folder / "mail").mkdir()
        (folder / "mail" / "one.log").touch()

    with alone_in(folder):
        assert [left.name for left in folder.iterdir()] == [MARK]


def test_a_folder_in_which_a_demonstration_runs_is_left_as_it_is(tmp_path):
    folder = tmp_path / "demo"
    with alone_in(folder), translation.override("en"):
        (folder / "colibri.sqlite3").touch()

        with pytest.raises(click.ClickException, match=r"runs in .*--folder"), alone_in(folder):
            pytest.fail("two demonstrations in one folder")

        assert (folder / "colibri.sqlite3").exists()


def test_a_folder_that_holds_something_else_is_never_emptied(tmp_path):
    (tmp_path / "thesis.odt").touch()

    with pytest.raises(click.ClickException), alone_in(tmp_path):
        pytest.fail("somebody's folder")

    assert (tmp_path / "thesis.odt").exists()


@pytest.mark.server
def test_the_command_refuses_a_folder_that_is_held(tmp_path):
    folder = tmp_path / "demo"
    folder.mkdir()
    with (folder / MARK).open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        ended = call(tmp_path / "own", "demo", "--once", "--folder", str(folder))

    assert ended.returncode == 1
    assert "--folder" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(("ratio", "said"), [(0.9939, "0.7"), (0.9901, "1.0"), (1.0, "0.0"), (None, "0.0")])
def test_the_certificate_is_rounded_up_never_down(ratio, said):
    with translation.override("en"):
        assert f"more than {said} % more" in summary({**FIGURES, "ratio": ratio})


@pytest.mark.server
def test_a_fresh_installation_is_its_owners_alone_and_needs_no_command_before_another(tmp_path):
    folder = tmp_path / "own"

    ended = call(folder, "operator", "grace@example.org")

    assert ended.returncode == 0, ended.stderr
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    open_to_others = [one.name for one in folder.iterdir() if stat.S_IMODE(one.stat().st_mode) & 0o077]
    assert open_to_others == []


@pytest.mark.server
def test_a_process_alone_does_not_start_on_a_database_without_tables(tmp_path):
    ended = call(tmp_path / "own", "run", "clock")

    assert ended.returncode == 1
    assert "colibri migrate" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.server
def test_what_the_readmes_print_is_what_the_demonstration_says(tmp_path):
    ended = call(tmp_path / "own", "demo", "--once", "--json", "--folder", str(tmp_path / "demo"))
    assert ended.returncode == 0, ended.stderr
    root = Path(__file__).parents[2]

    for language, name in READMES.items():
        with translation.override(language):
            *lines, _seconds = summary(json.loads(ended.stdout)).replace("\xa0", " ").splitlines()
        printed = (root / name).read_text().replace("\xa0", " ")
        assert [line for line in lines if line not in printed] == [], name
