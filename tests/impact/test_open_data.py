"""What is told as open data: once, of ten and more, the same in each form."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from colibri.common.work import sweep
from colibri.impact.actions import plan_editions
from colibri.impact.models import Edition, Outcome, Told
from colibri.impact.queries.open_data import COLUMNS
from tests.impact.crowd import collective_named, searches_of

pytestmark = pytest.mark.django_db

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
