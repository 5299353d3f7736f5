"""The carried tables: complete, consistent, and with codes that exist."""

import csv
import os
from pathlib import Path

import pytest

from colibri.compute.classes import FAMILIES, REGIONS
from colibri.reference import load_tables


def test_every_commune_department_and_region_of_france_is_there():
    """34,969 communes, 101 departments, 18 regions, each in the one above it."""
    tables = load_tables()
    assert (len(tables.communes), len(tables.departments), len(tables.regions)) == (34_969, 101, 18)
    regions = {region.code for region in tables.regions}
    assert regions == set(REGIONS)
    assert {department.region for department in tables.departments} == regions
    departments = {department.code for department in tables.departments}
    stray = [commune for commune in tables.communes if commune.department not in departments]
    assert all(commune.code.startswith(("975", "977", "978", "98")) for commune in stray)
    assert sum(commune.population for commune in tables.communes) > 68_000_000


def test_every_nickname_leads_to_a_place_that_exists():
    """Codes of nicknames are those of the tables."""
    tables = load_tables()
    known = {
        "region": {region.code for region in tables.regions},
        "department": {department.code for department in tables.departments},
        "commune": {commune.code for commune in tables.communes},
        "country": {
            name.code for name in tables.nicknames if name.level == "country" and len(name.code) == 2
        },
    }
    assert [name for name in tables.nicknames if name.code not in known[name.level]] == []


def test_trades_are_many_distinct_and_cover_all_families():
    """At least 600 wordings over 150 ROME codes, each with a label in both languages."""
    trades = load_tables().trades
    codes = [trade.code for trade in trades]
    wordings = [wording for trade in trades for wording in trade.wordings]
    assert len(codes) == len(set(codes)) >= 150
    assert len(wordings) == len(set(wordings)) >= 600
    assert {code[0] for code in codes} == set(FAMILIES)
    assert all(trade.label_fr and trade.label_en and trade.wordings for trade in trades)


def test_every_rome_code_exists_in_rome_4():
    """The official list of codes knows all of ours."""
    folder = os.environ.get("COLIBRI_REFERENCE_DATA")
    if not folder:
        pytest.skip("COLIBRI_REFERENCE_DATA is not set: ROME's own list of codes is not at hand")
    with (Path(folder) / "rome" / "codes_v460.csv").open(encoding="utf-8", newline="") as listed:
        official = {row["code_rome"] for row in csv.DictReader(listed)}
    assert {trade.code for trade in load_tables().trades} <= official


def test_tables_are_read_once():
    """A second call gives the same object."""
    assert load_tables() is load_tables()
