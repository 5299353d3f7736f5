"""What is told as open data, and an attacker who compares all of it and learns of no group under ten."""

import csv
import io
import itertools
import json
from datetime import UTC, date, datetime

import numpy as np
import pytest
import time_machine
from django.test import Client
from scipy.optimize import linprog

from colibri.appeals.models import Appeal
from colibri.common.work import sweep
from colibri.impact.actions import plan_editions
from colibri.impact.models import Edition, Outcome, Told
from colibri.impact.queries.open_data import COLUMNS
from colibri.impact.queries.searches import told_until
from tests.impact.crowd import collective_named, searches_of

pytestmark = pytest.mark.django_db

REGIONS = ["84", "11", "53", "28", "76", ""]
TRADES = ["K1202", "M1203", "F1604", "H2913", ""]
KINDS = ["found_here", "found_elsewhere", "business", "training", "stopped"]
MONTHS = [date(2026, month, 1) for month in range(1, 10)]


def edition_after(month: date) -> None:
    """What the clock does some days after a month, and the worker."""
    following = MONTHS[MONTHS.index(month) + 1] if month != MONTHS[-1] else date(2026, 10, 1)
    with time_machine.travel(datetime(following.year, following.month, 4, 6, tzinfo=UTC), tick=False):
        plan_editions(now=datetime.now(UTC))
        sweep(now=datetime.now(UTC), only={"impact.Edition"})


def read(form: str = "csv"):
    return Client().get(f"/c/hirondelles/figures/open.{form}")


def rows_told() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read().content.decode())))


def a_year(seed: int) -> tuple[dict, list[dict[str, str]]]:
    """A small collective's months, an edition after each; while outcomes are corrected and people leave.

    Returns the true number of searches by month, region and trade, and every row ever told.
    """
    rng = np.random.default_rng(seed)
    collective = collective_named()
    truth: dict[tuple[date, str, str], int] = {}
    told: list[dict[str, str]] = []
    for month in MONTHS:
        rows = []
        for _one in range(int(rng.integers(0, 45))):
            region = str(rng.choice(REGIONS, p=[0.4, 0.25, 0.15, 0.1, 0.05, 0.05]))
            trade = str(rng.choice(TRADES, p=[0.35, 0.3, 0.2, 0.1, 0.05]))
            kind = str(rng.choice(KINDS)) if rng.random() < 0.5 else ""
            rows.append((region, trade, kind, int(rng.integers(1, 90))))
            atom = (month, region or "unknown", trade[:1] or "unknown")
            truth[atom] = truth.get(atom, 0) + 1
        searches_of(collective, month, rows)
        edition_after(month)
        told += [row for row in rows_told() if row not in told]
        for outcome in Outcome.objects.order_by("pk")[:2]:
            Outcome.objects.filter(pk=outcome.pk).update(kind=str(rng.choice(KINDS)))
        gone = Appeal.objects.order_by("pk")[int(rng.integers(0, 5))] if len(truth) > 10 else None
        if gone is not None and told_until(collective, "searches"):
            gone.delete()
    return truth, told


def all_atoms() -> list[tuple[date, str, str]]:
    """The finest groups: month, region, trade."""
    return list(itertools.product(MONTHS, [*REGIONS[:-1], "unknown"], ["K", "M", "F", "H", "unknown"]))


def group_of(row: dict[str, str], told: list[dict[str, str]], atoms: list) -> np.ndarray:
    """Which atoms a row of searches speaks of, as anybody who reads the dictionary knows."""
    first, last = (date.fromisoformat(f"{row[end]}-01") for end in ("first_month", "last_month"))
    inside = np.array([first <= month <= last for month, _region, _trade in atoms])
    if not row["dimension"]:
        return inside
    place = {"region": 1, "family": 2}[row["dimension"]]
    same = [
        one["label"]
        for one in told
        if one["measure"] == "searches"
        and (one["dimension"], one["first_month"]) == (row["dimension"], row["first_month"])
    ]
    if row["label"] == "others":
        return inside & np.array([atom[place] not in same for atom in atoms])
    return inside & np.array([atom[place] == row["label"] for atom in atoms])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_difference_of_two_figures_is_about_fewer_than_ten(seed):
    """Every row, and every sum of up to three rows of one table, less every other where it lies inside."""
    truth, told = a_year(seed)
    searches = [row for row in told if row["measure"] == "searches"]
    atoms = all_atoms()
    counts = np.array([truth.get(atom, 0) for atom in atoms])
    groups = [group_of(row, told, atoms) for row in searches]
    for row, group in zip(searches, groups, strict=True):
        assert int(row["number"]) == counts[group].sum() >= 10

    tables: dict[tuple[str, str], list[np.ndarray]] = {}
    for row, group in zip(searches, groups, strict=True):
        tables.setdefault((row["dimension"], row["first_month"]), []).append(group)
    sums = [
        np.logical_or.reduce(chosen)
        for table in tables.values()
        for many in (1, 2, 3)
        for chosen in itertools.combinations(table, many)
    ]
    assert len(sums) > 20
    assert breaches(np.array(sums), counts) == []


def breaches(sums: np.ndarray, counts: np.ndarray) -> list[int]:
    """Sizes under ten, but not nobody, that one sum less another inside it gives away."""
    found = []
    for one in sums:
        inside = sums[~np.any(sums & ~one, axis=1)]
        found += [int(counts[rest].sum()) for rest in one & ~inside if 0 < counts[rest].sum() < 10]
    return found


def test_the_attacker_finds_what_plain_tables_give_away():
    """A total of 30 and its regions above ten, 23: seven people live elsewhere."""
    counts = np.array([12, 11, 7])
    told = np.array([[True, True, True], [True, False, False], [False, True, False], [True, True, False]])
    assert breaches(told, counts) == [7]


@pytest.mark.parametrize("seed", [4, 5])
def test_no_equation_of_all_figures_shows_that_a_group_under_ten_is_there(seed):
    """All figures at once, as an attacker would solve them: for each month, region of a month and trade of a
    month, the least and the most it can be. Never is it certain to be there and certain to be under ten.
    """
    _truth, told = a_year(seed)
    searches = [row for row in told if row["measure"] == "searches"]
    atoms = all_atoms()
    equations = np.array([group_of(row, told, atoms) for row in searches], dtype=float)
    numbers = np.array([int(row["number"]) for row in searches], dtype=float)
    asked = {(place, month, label) for month, *labels in atoms for place, label in enumerate(labels, start=1)}
    asked |= {(0, month, month) for month in MONTHS}
    for place, month, label in sorted(asked, key=str):
        target = np.array([atom[0] == month and atom[place] == label for atom in atoms], dtype=float)
        lowest, highest = (linprog(sign * target, A_eq=equations, b_eq=numbers) for sign in (1, -1))
        least = lowest.fun
        most = -highest.fun if highest.status == 0 else np.inf
        assert not (least > 1e-6 and most < 10 - 1e-6), (place, month, label, least, most)


def test_what_was_told_is_never_told_differently():
    """Outcomes corrected, people gone: each later file begins with the one before."""
    collective = collective_named()
    before: list[dict[str, str]] = []
    for month in MONTHS[:4]:
        searches_of(collective, month, [("84", "K1202", "found_here", 20)] * 14)
        edition_after(month)
        now = [row for row in rows_told() if row["unit"] == "count"]
        assert now[: len(before)] == before
        assert len(now) > len(before)
        before = now
        Outcome.objects.all()[:3][0].appeal.delete()
        Outcome.objects.update(kind="training")


def test_nine_wait_for_the_tenth():
    collective = collective_named()
    searches_of(collective, MONTHS[0], [("84", "K1202", "", 0)] * 9)
    edition_after(MONTHS[0])
    assert rows_told() == []

    searches_of(collective, MONTHS[1], [("84", "K1202", "", 0)])
    edition_after(MONTHS[1])
    whole = [row for row in rows_told() if not row["dimension"]]
    assert [(row["first_month"], row["last_month"], row["number"]) for row in whole] == [
        ("2026-01", "2026-02", "10")
    ]


def test_small_regions_are_told_together_and_not_named():
    collective = collective_named()
    people = [("84", "K1202", "", 0)] * 20 + [("53", "K1202", "", 0)] * 7 + [("28", "K1202", "", 0)] * 4
    searches_of(collective, MONTHS[0], people)
    edition_after(MONTHS[0])
    regions = {row["label"]: row["number"] for row in rows_told() if row["dimension"] == "region"}

    assert regions == {"84": "20", "others": "11"}


def test_an_edition_is_made_once():
    collective = collective_named()
    searches_of(collective, MONTHS[0], [("84", "K1202", "", 0)] * 12)
    edition_after(MONTHS[0])
    count = Told.objects.count()
    edition_after(MONTHS[0])

    assert (Edition.objects.count(), Told.objects.count()) == (1, count)


def test_the_headline_needs_a_hundred_searches_and_its_steps_are_ten_people():
    """Ninety-nine tell no share; two hundred tell one by steps of 5 %, which are ten people."""
    collective = collective_named()
    few = [("84", "K1202", "found_here", 10)] * 40 + [("84", "K1202", "", 0)] * 59
    searches_of(collective, MONTHS[0], few)
    edition_after(MONTHS[0])
    assert Edition.objects.get().headline == {}

    more = [("11", "M1203", "found_elsewhere", 10)] * 50 + [("11", "M1203", "", 0)] * 51
    searches_of(collective, MONTHS[1], more)
    edition_after(MONTHS[1])
    headline = Edition.objects.get(month=MONTHS[1]).headline
    assert (headline["people"], headline["step"]) == (200, 0.05)
    for name in ("share", "low", "high", "none", "all", "silence"):
        assert headline[name] * 20 == pytest.approx(round(headline[name] * 20))
    assert headline["low"] <= headline["share"] <= headline["high"]


def test_csv_json_and_dictionary_say_the_same():
    searches_of(collective_named(), MONTHS[0], [("84", "K1202", "found_here", 10)] * 30)
    edition_after(MONTHS[0])
    told = json.loads(read("json").content)

    assert tuple(told["dictionary"]) == COLUMNS
    assert [{name: str(row[name]) for name in COLUMNS} for row in told["rows"]] == rows_told()
    meanings = list(csv.DictReader(io.StringIO(read("dictionary.csv").content.decode())))
    assert [row["column"] for row in meanings] == list(COLUMNS)
    assert read()["Access-Control-Allow-Origin"] == "*"
    assert read("xml").status_code == 404
