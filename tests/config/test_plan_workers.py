"""`colibri plan --workers`: the same tables, planned in parts."""

import csv

import pytest
from click.testing import CliRunner

from colibri.compute.planning import check
from colibri.config.plan import command as plan_command
from colibri.config.plan.command import plan
from colibri.config.plan.files import read_inputs
from tests.config.plan_tables_made import fill


def test_without_ray_workers_are_refused(tmp_path, monkeypatch):
    """--workers says what to install, before anything is read."""
    monkeypatch.setattr(plan_command, "find_spec", lambda name: None)
    done = CliRunner().invoke(
        plan, [str(tmp_path), "--out", str(tmp_path / "out"), "--workers", "2", "--language", "en"]
    )
    assert done.exit_code == 1
    assert "pip install 'colibri[cluster]'" in done.stderr


@pytest.mark.server
def test_workers_of_a_cluster_plan_the_tables(tmp_path):
    """With Ray the plan keeps to the same rules; what parts cannot keep is said in one line."""
    ray = pytest.importorskip("ray", reason="Ray is not installed: pip install 'colibri[cluster]'")
    source = fill(tmp_path / "in")
    asked = [str(source), "--out", str(tmp_path / "out"), "--workers", "2", "--language", "en"]
    narrow = CliRunner().invoke(plan, [*asked, "--member-cap", "1"])
    assert "--member-cap has to be at least --workers" in narrow.stderr
    try:
        done = CliRunner().invoke(plan, [*asked, "--json"])
    finally:
        ray.shutdown()
    assert done.exit_code == 0, done.output
    with (tmp_path / "out" / "plan.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    inputs = read_inputs(source)
    relay = [inputs.relays.index(row["relay"]) for row in rows]
    check(inputs.problem, relay, [inputs.appeals.index(row["appeal"]) for row in rows])
    assert rows
