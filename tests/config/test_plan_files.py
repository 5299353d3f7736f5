"""`colibri plan`: tables in, a plan and its report out, or one line that says what is wrong."""

import csv
import gzip
import json
import math
import os
import re
import statistics
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pa_parquet
import pytest
from click.testing import CliRunner
from django.utils import translation

from colibri.compute.classes import family_of, pack, region_of
from colibri.compute.planning import Shortfall, check, evaluate
from colibri.config.plan import files as plan_files
from colibri.config.plan.command import plan
from colibri.config.plan.files import plan_directory, read_inputs
from colibri.config.plan.shortfall import why_short
from colibri.config.plan.tables import BadInput
from tests.config.plan_tables_made import TABLES, fill


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_become_a_plan_and_its_visibility(tmp_path):
    """The files written agree with each other, with `evaluate` and with the figures handed back."""
    source = fill(tmp_path / "in")
    figures = plan_directory(source, tmp_path / "out")
    inputs = read_inputs(source)
    rows = read(tmp_path / "out" / "plan.csv")
    relay = [inputs.relays.index(row["relay"]) for row in rows]
    appeal = [inputs.appeals.index(row["appeal"]) for row in rows]
    check(inputs.problem, relay, appeal)
    expected = evaluate(inputs.problem, relay, appeal)
    written = read(tmp_path / "out" / "visibility.csv")
    assert [float(row["visibility"]) for row in written] == pytest.approx(expected, abs=1e-4)
    assert [row["appeal"] for row in written] == inputs.appeals
    assert figures["boosts_planned"] == len(rows) > 0
    assert figures["visibility_least"] == pytest.approx(expected.min())
    assert 0 < figures["ratio"] <= 1
    assert figures["unaided"]["visibility_least"] <= figures["visibility_least"] + 1e-9
    assert sorted(os.listdir(tmp_path / "out")) == ["plan.csv", "report.html", "visibility.csv"]


def test_columns_mean_what_the_reference_says(tmp_path):
    """Budgets, caps, priors, attention and classes arrive where they belong; usual values fill the gaps."""
    problem = read_inputs(fill(tmp_path)).problem
    assert problem.budget.tolist() == [2, 3, 1]
    assert problem.appeal_cap.tolist() == [2, 3]
    assert problem.prior.tolist() == [1.5, 1.0]
    assert problem.attention.tolist() == pytest.approx([0.2, 0.05, 0.05])
    assert [problem.audience(relay).size for relay in range(3)] == [2, 2, 0]
    lea, ali, zoe = pack(
        [family_of("J"), 0, 0], [region_of("11"), region_of("01"), 0], [1, 0, 0]
    )  # fmt: skip
    assert sorted(problem.member_class.tolist()) == sorted([lea, ali, zoe])


def test_a_french_spreadsheet_is_read_as_it_comes(tmp_path):
    """Semicolons, decimal commas, a byte order mark and Windows line ends change nothing."""
    plain = read_inputs(fill(tmp_path / "plain")).problem
    french = {
        name: "\ufeff" + "\r\n".join(
            line.replace(".", ",") if name != "follows.csv" else line
            for line in text.replace(",", ";").splitlines()
        )
        for name, text in TABLES.items()
    }  # fmt: skip
    assert (
        read_inputs(fill(tmp_path / "french", **french)).problem.attention.tolist()
        == plain.attention.tolist()
    )


def test_parquet_gives_the_same_problem_as_csv(tmp_path):
    """follows.parquet stands for follows.csv, numbers as names included."""
    source = fill(tmp_path / "csv")
    other = fill(tmp_path / "parquet")
    rows = read(source / "follows.csv")
    (other / "follows.csv").unlink()
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    columns["recruiter"] = [int(value or 0) for value in columns["recruiter"]]
    pa_parquet.write_table(pa.table(columns), other / "follows.parquet")
    first, second = read_inputs(source).problem, read_inputs(other).problem
    assert np.array_equal(first.audience_member, second.audience_member)
    assert np.array_equal(first.member_class, second.member_class)


def test_attention_comes_from_interactions_where_they_are_given(tmp_path):
    """A relay whose followers react more gets more attention."""
    relays = "id,budget,interactions,posts\nr1,2,900,10\nr2,2,10,10\nr3,1,,\n"
    chances = read_inputs(fill(tmp_path, **{"relays.csv": relays})).problem.attention
    assert chances[0] > chances[1]


def test_only_listed_pairs_are_planned(tmp_path):
    """allowed.csv narrows who may carry what."""
    source = fill(tmp_path / "in", **{"allowed.csv": "relay,appeal\nr1,a2\nr2,a2\n"})
    plan_directory(source, tmp_path / "out")
    assert {row["appeal"] for row in read(tmp_path / "out" / "plan.csv")} == {"a2"}
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "aucun relais disponible ne peut le porter vers quelqu’un" in report


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("relays.csv", "id,budget\nr1,two\n", 2, "two"),
        ("relays.csv", "id,budget\nr1,1\nr2,1.5\n", 3, "1.5"),
        ("relays.csv", "id,budget\nr1,-1\n", 2, "-1"),
        ("relays.csv", "id,attention\nr1,nan\n", 2, "nan"),
        ("relays.csv", "id,attention\nr1,1.2\n", 2, "1.2"),
        ("relays.csv", "id,budget\nr1,1\n\nr1,1\n", 4, "r1"),
        ("relays.csv", "id,budget\nr1,1,5\n", 2, "3"),
        ("relays.csv", 'id,budget\nr1,1\n"r2,1\n', 3, ""),
        ("relays.csv", "name,budget\nr1,1\n", 1, "id"),
        ("relays.csv", "id,id\nr1,1\n", 1, "id"),
        ("relays.csv", "id,budget\n,1\n", 2, "id"),
        ("relays.csv", "id,budget\n", 0, ""),
        ("relays.csv", "", 1, "id"),
        ("appeals.csv", "id,family\na1,Q\n", 2, "Q"),
        ("appeals.csv", "id,prior\na1,\na2,inf\n", 3, "inf"),
        ("follows.csv", "relay,member\nr1,lea\nr9,ali\n", 3, "r9"),
        ("follows.csv", "relay,member\nr1,lea\nr2,lea\nr1,lea\n", 4, "lea"),
        ("follows.csv", "relay,member\nr1\n", 2, "2"),
        ("follows.csv", "relay,member\nr1,lea\nr1,\n", 3, "member"),
        ("follows.csv", "relay,member,region\nr1,lea,11\nr1,ali,99\n", 3, "99"),
        ("follows.csv", "relay,member,recruiter\nr1,lea,yes\n", 2, "yes"),
        ("follows.csv", "relay,account\nr1,lea\n", 1, "member"),
        ("follows.csv", b"relay,member\nr1,lea\nr1,\xff\xfe\n", 3, "UTF-8"),
        ("allowed.csv", "relay,appeal\nr1,a1\nr1,a9\n", 3, "a9"),
        ("allowed.csv", "relay,appeal\nr1,a1\nr1,a1\n", 3, "2"),
        ("follows.parquet", "no parquet at all", 0, ""),
    ],
)
def test_the_wrong_line_is_named_and_nothing_is_written(tmp_path, name, text, line, words):
    """Every malformed table ends with its file, its line and what stands there; no folder is left behind."""
    source = fill(tmp_path / "in", **{name: text})
    if name == "follows.parquet":
        (source / "follows.csv").unlink()
    with pytest.raises(BadInput) as caught:
        plan_directory(source, tmp_path / "out")
    assert (caught.value.path.name, caught.value.line) == (name, line)
    assert words in caught.value.what
    assert name in str(caught.value)
    assert os.listdir(tmp_path) == ["in"]


@pytest.mark.parametrize("missing", sorted(TABLES))
def test_a_missing_table_is_named(tmp_path, missing):
    """Without relays, follows or appeals there is nothing to plan from."""
    source = fill(tmp_path)
    (source / missing).unlink()
    with pytest.raises(BadInput, match=missing):
        read_inputs(source)


def test_two_tables_of_follows_are_one_too_many(tmp_path):
    """Colibri does not guess which one is meant."""
    with pytest.raises(BadInput, match=r"follows\.csv.*follows\.parquet"):
        read_inputs(fill(tmp_path, **{"follows.parquet": "x"}))


def test_a_failure_while_writing_leaves_an_earlier_plan_alone(tmp_path, monkeypatch):
    """The three files replace the earlier ones together, once all are complete."""
    source, out = fill(tmp_path / "in"), tmp_path / "out"
    plan_directory(source, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def full_disk(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(plan_files, "_write_visibility", full_disk)
    with pytest.raises(OSError, match="No space"):
        plan_directory(source, out, seed=5)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert sorted(os.listdir(tmp_path)) == ["in", "out"]


def test_an_existing_folder_keeps_its_other_files(tmp_path):
    """Planning into the folder of the tables adds three files to it."""
    source = fill(tmp_path)
    plan_directory(source, source)
    assert {"relays.csv", "report.html", "plan.csv"} <= set(os.listdir(source))


class Page(HTMLParser):
    """Notes what a page loads, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"src", "href"} and value]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_report_is_one_file_that_runs_nothing(tmp_path, language):
    """No script, nothing loaded, names from the tables escaped, every drawing with words."""
    evil = '<script>alert(1)</script>&"'
    appeals = TABLES["appeals.csv"] + '"' + evil.replace('"', '""') + '",,1,,\n'
    source = fill(tmp_path / "in", **{"appeals.csv": appeals})
    with translation.override(language):
        figures = plan_directory(source, tmp_path / "out")
    text = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    page = Page()
    page.feed(text)
    assert "script" not in page.tags
    assert page.links == []
    assert f'<html lang="{language}">' in text
    assert "&lt;script&gt;alert(1)" in text
    assert "url(" not in text
    assert not re.search(r"{[a-z_]+}", text.split("</style>")[1])
    assert text.count('role="img" aria-label=') == text.count('role="img"') == 3
    percent = re.search(r"(?:au moins|at least) ([\d.,]+)\s?%", text)
    if percent:
        assert float(percent[1].replace(",", ".")) <= 100 * figures["ratio"]


def test_the_report_promises_no_more_than_was_proven(tmp_path):
    """The share is rounded down and what could be missing is rounded up."""
    rng = np.random.default_rng(0)
    follows = {(f"r{rng.integers(12)}", f"m{rng.integers(80)}") for _ in range(300)}
    tables = {
        "relays.csv": "id,budget\n" + "".join(f"r{number},2\n" for number in range(12)),
        "follows.csv": "relay,member\n" + "".join(f"{r},{m}\n" for r, m in sorted(follows)),
        "appeals.csv": "id\n" + "".join(f"a{number}\n" for number in range(7)),
    }
    with translation.override("en"):
        figures = plan_directory(fill(tmp_path / "in", **tables), tmp_path / "out")
    text = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    more = float(re.search(r"at most ([\d.]+)% more", text)[1])
    reached = float(re.search(r"at least ([\d.]+)% of the best", text)[1])
    assert figures["ratio"] < 1
    assert 0 <= figures["ratio"] * 100 - reached < 0.1
    assert 0 <= more - 100 * (1 / figures["ratio"] - 1) < 0.1


@pytest.mark.parametrize("member_cap", [None, 2])
def test_the_report_says_how_many_messages_readers_are_shown(tmp_path, member_cap):
    """Half of the readers and the busiest one, counted here in plain Python from plan.csv."""
    source = fill(tmp_path / "in")
    with translation.override("en"):
        figures = plan_directory(source, tmp_path / "out", member_cap=member_cap)
    follows = read(source / "follows.csv")
    shown = {}
    for line in read(tmp_path / "out" / "plan.csv"):
        for follow in follows:
            if follow["relay"] == line["relay"]:
                shown.setdefault(follow["member"], set()).add(line["appeal"])
    counts = sorted(len(appeals) for appeals in shown.values())
    text = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")

    assert figures["shown_most"] == counts[-1]
    assert figures["shown_median"] == statistics.median(counts)
    assert f"{len(counts)} people may see at least one" in text
    assert f"nobody more than {counts[-1]}." in text
    assert ("At most 2 a day were wanted" in text) == (member_cap == 2)


def test_the_command_prints_figures_as_json_alone(tmp_path):
    """With --json there is nothing but the figures on the output."""
    source = fill(tmp_path / "in")
    done = CliRunner().invoke(plan, [str(source), "--out", str(tmp_path / "out"), "--json"])
    assert done.exit_code == 0
    figures = json.loads(done.stdout)
    assert figures["relays"] == 3
    assert figures["seconds"] > 0


def test_the_command_says_what_is_wrong_in_one_line(tmp_path):
    """A malformed table ends with code 1 and its line, without a traceback."""
    source = fill(tmp_path / "in", **{"relays.csv": "id,budget\nr1,x\n"})
    done = CliRunner().invoke(plan, [str(source), "--out", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "relays.csv" in done.stderr
    assert "2" in done.stderr
    assert "Traceback" not in done.output + done.stderr
    nothing = CliRunner().invoke(plan, [str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")])
    assert nothing.exit_code == 1
    assert "nowhere" in nothing.stderr


def test_the_command_tells_the_certificate(tmp_path):
    """Without --json it says how many boosts, who is seen least, and what is proven."""
    source = fill(tmp_path / "in", **{"relays.csv": "id,budget,mood\nr1,2,good\nr2,1,\nr3,1,\n"})
    done = CliRunner().invoke(plan, [str(source), "--out", str(tmp_path / "out"), "--language", "en"])
    assert done.exit_code == 0
    assert "at least" in done.stdout
    assert "Columns not used: mood." in done.stdout
    assert "report.html" in done.stdout


def test_the_real_follow_network_can_be_planned(tmp_path):
    """200 accounts of a real network as relays: every budget is spent, the certificate above .95."""
    folder = os.environ.get("COLIBRI_REFERENCE_DATA")
    if not folder:
        pytest.skip("COLIBRI_REFERENCE_DATA is not set: it names the folder with graphs/follows.csv.gz")
    with gzip.open(Path(folder) / "graphs" / "follows.csv.gz", "rt") as file:
        assert file.readline().strip() == "follower,followed"
    script = Path(__file__).parents[2] / "bench" / "real_follows.py"
    subprocess.run([sys.executable, str(script), str(tmp_path / "in")], check=True, timeout=120)
    figures = plan_directory(tmp_path / "in", tmp_path / "out")
    assert (figures["relays"], figures["follows"], figures["boosts_planned"]) == (200, 32009, 600)
    assert figures["ratio"] > 0.95
    assert figures["visibility_least"] > 3 * figures["unaided"]["visibility_least"]


def test_past_boosts_give_a_second_figure_with_its_interval(tmp_path):
    boosts = "by,of,times\nlea,r1,3\nlea,r2,1\nzoe,lea,\nali,zoe,2\nr3,lea,1\n"
    with translation.override("en"):
        figures = plan_directory(fill(tmp_path / "in", **{"boosts.csv": boosts}), tmp_path / "out")

    turned = figures["boosts_in_turn"]
    assert turned["low"] < turned["mean"] < turned["high"]
    rows = list(csv.DictReader((tmp_path / "out" / "visibility.csv").read_text().splitlines()))
    plan_rows = list(csv.DictReader((tmp_path / "out" / "plan.csv").read_text().splitlines()))
    for row in rows:
        relays = {one["relay"] for one in plan_rows if one["appeal"] == row["appeal"]}
        moved = 1 - (1 - 0.75 * ("r1" in relays)) * (1 - 0.25 * ("r2" in relays))
        others = moved * (3 - ("r3" in relays))  # Léa moves Zoé, Ali and r3 for certain
        assert float(row["in_turn"]) == pytest.approx(moved + others, abs=0.02)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Beyond the first circle: an estimate" in page


@pytest.mark.parametrize(
    ("boosts", "said"),
    [
        ("by,of\nlea,\n", "boosts.csv, line 2: of is empty"),
        ("by,of,times\nlea,r1,many\n", "boosts.csv, line 2: times"),
        ("by,of,times\nlea,r1,0\n", "boosts.csv: counts no boost"),
    ],
)
def test_past_boosts_that_make_no_sense_are_named(tmp_path, boosts, said):
    with translation.override("en"), pytest.raises(BadInput, match=said):
        plan_directory(fill(tmp_path / "in", **{"boosts.csv": boosts}), tmp_path / "out")


def test_a_minimum_is_kept_or_said_to_be_impossible(tmp_path):
    """The column `minimum` is read; what cannot be has its reason in words."""
    appeals = "id,minimum\na1,1\na2,9\n"
    with translation.override("en"):
        figures = plan_directory(fill(tmp_path / "in", **{"appeals.csv": appeals}), tmp_path / "out")
    (short,) = figures["short_of_minimum"]
    assert (short["appeal"], short["wanted"]) == ("a2", 9)
    assert short["why"] == "It may not have more: its own cap is lower."


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("cap", "It may not have more: its own cap is lower."),
        ("relays", "Only 1 relay may carry it."),
        ("budgets", "Its relays offer 3 boosts together, and 4 messages need them."),
        ("member_cap", "One more boost would show somebody more messages than they may be shown."),
    ],
)
def test_every_reason_has_its_sentence(why, sentence):
    with translation.override("en"):
        assert why_short(Shortfall(0, 5, 1, why, relays=1, boosts=3, appeals=4)) == sentence


def test_how_fair_is_told_with_the_figures(tmp_path):
    figures = plan_directory(fill(tmp_path / "in"), tmp_path / "out", alpha=math.inf)
    assert figures["alpha"] == "inf"
    assert 0.0 < figures["ratio"] <= 1.0
