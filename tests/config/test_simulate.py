"""`colibri simulate`: every way in figures and on a page, and what cannot be replayed said clearly."""

import csv
import json

import pytest
from click.testing import CliRunner

from colibri.config.simulate import command
from colibri.config.simulate.command import simulate
from tests.config.plan_tables_made import fill

SMALL = ["--arrivals", "30", "--weeks", "2"]


def told(*options: str):
    return CliRunner().invoke(simulate, list(options))


@pytest.fixture
def tables(tmp_path):
    return str(fill(tmp_path / "in"))


def test_every_way_is_told_in_a_table_and_on_a_page(tmp_path, tables):
    out = tmp_path / "out"
    done = told("--from", tables, "--out", str(out), *SMALL, "--json")

    assert done.exit_code == 0, done.output
    figures = json.loads(done.output)
    ways = ["plan", "unaided", "most_followed_first", "round_robin", "least_shared_first", "random"]
    assert list(figures) == [*ways, "min_cost_flow", "out"]
    rows = list(csv.DictReader((out / "simulation.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["policy"] for row in rows] == list(figures)[:-1]
    assert {float(row["least"]) for row in rows if row["policy"] == "plan"} == {figures["plan"]["least"]}
    page = (out / "simulation.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http" not in page
    assert page.count("<polyline") == page.count('class="bar') == 7


@pytest.mark.parametrize(("language", "words"), [("fr", "à tour de rôle"), ("en", "the messages in turn")])
def test_it_speaks_the_language_asked_for(tmp_path, tables, language, words):
    done = told("--from", tables, "--out", str(tmp_path / "out"), *SMALL, "--language", language)

    assert done.exit_code == 0, done.output
    page = (tmp_path / "out" / "simulation.html").read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in page
    assert words in page


def test_without_or_tools_the_flow_is_said_to_be_left_out(tmp_path, tables, monkeypatch):
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    done = told("--from", tables, "--out", str(tmp_path / "out"), *SMALL, "--language", "en")

    assert "needs OR-tools" in done.stderr
    assert "min_cost_flow" not in (tmp_path / "out" / "simulation.csv").read_text(encoding="utf-8")


def test_what_cannot_be_replayed_is_said(tmp_path, tables):
    broken = str(fill(tmp_path / "bad", **{"relays.csv": "id,budget\nr1,many\n"}))
    assert (
        "relays.csv, line 2"
        in told("--from", broken, "--out", str(tmp_path / "o"), "--language", "en").output
    )

    (tmp_path / "file").write_text("here", encoding="utf-8")
    taken = told("--from", tables, "--out", str(tmp_path / "file"), "--language", "en")
    assert taken.exit_code == 1
    assert "cannot be used" in taken.output

    few = ["--arrivals", "1", "--weeks", "1", "--seed", "3", "--language", "en"]
    nobody = told("--from", tables, "--out", str(tmp_path / "o"), *few)
    assert nobody.exit_code == 1
    assert "no appeal stayed 7 days" in nobody.output
