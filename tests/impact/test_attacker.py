"""An attacker who compares all that is told and learns of no group under ten.

They read every edition of the open data, every report of a month and of the year, as a page and as a table;
they know how each is counted, and what animators read of inclusion.
"""

import csv
import io
import itertools
import re
from collections import Counter
from datetime import date

import numpy as np
import pytest
from django.test import Client
from scipy.optimize import linprog

from colibri.appeals.models import Appeal
from colibri.compute.inclusion import sides
from colibri.impact.models import Edition, Outcome
from colibri.impact.queries.open_data import label_words
from colibri.impact.queries.searches import told_until
from tests.impact.crowd import collective_named, searches_of
from tests.impact.test_open_data import MONTHS, edition_after, read, rows_told

pytestmark = pytest.mark.django_db

REGIONS = ["84", "11", "53", "28", "76", ""]
TRADES = ["K1202", "M1203", "F1604", "H2913", ""]
KINDS = ["found_here", "found_elsewhere", "business", "training", "stopped"]
PERIODS = ["2026", *(f"{month:%Y-%m}" for month in MONTHS)]
ROW = re.compile(r'<th scope="row">([^<]+)</th>\s*<td class="number">([^<]+)</td>')


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


def all_atoms(measure: str = "searches") -> list[tuple]:
    """The finest groups: month, region and trade of searches; month and kind of outcomes."""
    if measure == "outcomes":
        return list(itertools.product(MONTHS, KINDS))
    return list(itertools.product(MONTHS, [*REGIONS[:-1], "unknown"], ["K", "M", "F", "H", "unknown"]))


def group_of(row: dict[str, str], told: list[dict[str, str]], atoms: list) -> np.ndarray:
    """Which atoms a row speaks of, as anybody who reads the dictionary knows."""
    first, last = (date.fromisoformat(f"{row[end]}-01") for end in ("first_month", "last_month"))
    inside = np.array([first <= month <= last for month, *_labels in atoms])
    if not row["dimension"]:
        return inside
    place = {"region": 1, "family": 2, "kind": 1}[row["dimension"]]
    same = [
        one["label"]
        for one in told
        if one["measure"] == row["measure"]
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


def printed(period: str) -> Counter[tuple[str, str]]:
    """The numbers a report's page has beside each label; nothing where there is no such report."""
    page = Client(headers={"Accept-Language": "fr"}).get(f"/c/hirondelles/report/{period}/")
    found: Counter[tuple[str, str]] = Counter()
    for table in page.content.decode().split("<table>")[1:]:
        heading = re.search(r'<th scope="col">([^<]+)</th>', table)
        dimension = {"Région": "region", "Métier": "family", "Ce qu’elle est devenue": "kind"}
        if heading and heading.group(1) in dimension:
            for label, number in ROW.findall(table.partition("</table>")[0]):
                found[dimension[heading.group(1)], label] += int(re.sub(r"\D", "", number))
    return found


def rows_of(period: str) -> list[dict[str, str]]:
    """A report as a table."""
    answer = Client().get(f"/c/hirondelles/report/{period}.csv")
    rows = csv.DictReader(io.StringIO(answer.content.decode())) if answer.status_code == 200 else ()
    return [row for row in rows if row["unit"] == "count"]


@pytest.mark.parametrize("measure", ["searches", "outcomes"])
@pytest.mark.parametrize("seed", [4, 5])
def test_no_equation_of_all_figures_shows_that_a_group_under_ten_is_there(seed, measure):
    """All figures at once, as an attacker would solve them: for each month, and each part of one, the least
    and the most it can be. Never is it certain to be there and certain to be under ten.
    """
    _truth, told = a_year(seed)
    assert [row for row in told if row["unit"] == "count"] == [
        {name: str(value) for name, value in row.items()}
        for row in read("json").json()["rows"]
        if row["unit"] == "count"
    ]
    atoms = all_atoms(measure)
    equations, numbers = [], []
    for period in PERIODS:
        rows = [row for row in rows_of(period) if row["measure"] == measure]
        assert all(row in told for row in rows)
        groups = [group_of(row, told, atoms) for row in rows]
        equations += groups
        numbers += [int(row["number"]) for row in rows]
        page = printed(period)
        for dimension, label in {(row["dimension"], row["label"]) for row in rows if row["dimension"]}:
            chosen = [
                group
                for row, group in zip(rows, groups, strict=True)
                if (row["dimension"], row["label"]) == (dimension, label)
            ]
            equations.append(np.sum(chosen, axis=0))
            numbers.append(page[dimension, label_words(dimension, label)])
    assert len(equations) > 5
    asked = {(place, month, label) for month, *labels in atoms for place, label in enumerate(labels, start=1)}
    asked |= {(0, month, month) for month in MONTHS}
    for place, month, label in sorted(asked, key=str):
        target = np.array([atom[0] == month and atom[place] == label for atom in atoms], dtype=float)
        least, most = between(target, np.array(equations, dtype=float), np.array(numbers, dtype=float))
        assert not (least > 1e-6 and most < 10 - 1e-6), (place, month, label, least, most)


def between(target: np.ndarray, equations: np.ndarray, numbers: np.ndarray) -> tuple[float, float]:
    """The least and the most that a sum of atoms can be; all figures agree with each other."""
    lowest, highest = (linprog(sign * target, A_eq=equations, b_eq=numbers) for sign in (1, -1))
    assert lowest.status == 0
    assert highest.status in (0, 3)  # 3: without bound
    return lowest.fun, -highest.fun if highest.status == 0 else np.inf


@pytest.mark.parametrize("seed", [6, 7])
def test_no_share_beside_the_counts_tells_of_fewer_than_ten(seed):
    """Each share is a number of people between two bounds; so are its difference to every other, of the same
    edition or another, and what is missing from those counted month by month.
    """
    a_year(seed)
    shares = []
    for edition in Edition.objects.exclude(headline={}).order_by("month"):
        rows = [row for row in rows_told() if row["measure"] == "searches" and not row["dimension"]]
        counted = sum(int(row["number"]) for row in rows if row["last_month"] <= f"{edition.month:%Y-%m}")
        people, step = edition.headline["people"], edition.headline["step"]
        shares.append((counted - people - 9, counted - people))  # who left since they were counted
        for name in ("share", "none", "all", "silence"):
            low, high = (max(edition.headline[name] + off * step, 0) for off in (-0.5, 0.5))
            shares.append((low * people, high * (people + 9)))
    assert len(shares) >= 5
    for low, high in shares:
        assert not (low > 1e-6 and high < 10 - 1e-6), (low, high)
    for (low, high), (less, more) in itertools.permutations(shares, 2):
        assert not (low - more > 1e-6 and high - less < 10 - 1e-6), (low, high, less, more)


def told_by_tens(number: int) -> set[int]:
    """What a draw may make of a number of people."""
    return {number // 10 * 10, -(-number // 10) * 10}


def few_are_left(inside: int, outside: int, everybody: int) -> bool:
    """Whether the table on inclusion, beside the number of all, shows that one to nine are on no side."""
    for mine, theirs in itertools.product(told_by_tens(inside), told_by_tens(outside)):
        least = everybody - (mine + 9) - (theirs + 9)
        most = everybody - max(mine - 9, 10) - max(theirs - 9, 10)
        # Which tens are not known of whom the page says "0 or a few more" is known to be under ten.
        most = min(most, (everybody - inside - outside) // 10 * 10 + 9)
        if least > 0 and most < 10:
            return True
    return False


def test_both_sides_of_a_group_and_all_together_never_show_that_a_few_are_of_neither():
    """For all sizes and all draws; where the few were left as they are, some draws would."""
    shown = 0
    for inside, outside, neither in itertools.product(range(10, 32), range(10, 32), range(15)):
        everybody = inside + outside + neither
        shown += few_are_left(inside, outside, everybody)
        who = {place: place < inside for place in range(inside + outside)}
        counted = sides(who, everybody)
        left = everybody - len(counted)
        assert left == neither or left == 10
        mine = sum(counted.values())
        if mine >= 10 and len(counted) - mine >= 10:
            assert not few_are_left(mine, len(counted) - mine, everybody)
    assert shown > 0
