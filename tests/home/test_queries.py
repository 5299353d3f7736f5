"""Figures and drawings of the joined pages, as plain values."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.common.charts import BASE, ROOM, TOP, WIDTH, bars_by_day, bars_of
from colibri.home.queries import certificate
from colibri.relays.models import Plan


@pytest.mark.parametrize(
    ("ratio", "per_cent"), [(1.0, 0.0), (0.8, 25.0), (0.994218745404598, 0.6), (0.5, 100.0), (0.9999, 0.1)]
)
def test_the_certificate_is_rounded_up_so_that_it_never_claims_too_much(ratio, per_cent):
    assert certificate(Plan(ratio=ratio)) == per_cent


def test_without_a_solved_plan_there_is_no_certificate():
    assert certificate(None) is None
    assert certificate(Plan(ratio=None)) is None


@given(st.lists(st.tuples(st.text(max_size=8), st.integers(0, 10**7)), max_size=60))
def test_every_bar_stands_inside_the_drawing(values):
    bars = bars_of(values)

    assert len(bars) == len(values)
    for bar in bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH + 0.1
        assert TOP - 0.1 <= bar.y <= BASE
        assert bar.y + bar.height == pytest.approx(BASE, abs=0.11)
    assert sum(bar.named for bar in bars) <= 8


def test_heights_are_in_proportion_to_people():
    low, high = bars_of([("2026-11-20", 50), ("2026-11-21", 100)])

    assert high.height == pytest.approx(2 * low.height, abs=0.1)
    assert bars_of([]) == []


@given(st.lists(st.integers(0, 10**5), min_size=1, max_size=60))
def test_a_number_covers_no_bar_and_no_other_number_and_the_highest_is_told(values):
    bars = bars_of([("", value) for value in values])
    told = [bar for bar in bars if bar.told]

    assert max(values) in [bar.value for bar in told]
    for one in told:
        near = [bar for bar in bars if abs(bar.x - one.x) < ROOM]
        assert max(bar.value for bar in near) == one.value
    places = [bar.x for bar in told]
    assert all(later - earlier > 2 * ROOM - 0.2 for earlier, later in pairwise(places))


def test_days_without_anything_draw_nothing():
    assert bars_by_day([(date(2026, 11, 20), 0)]) == []
    assert [bar.label for bar in bars_by_day([(date(2026, 11, 20), 0), (date(2026, 11, 21), 3)])] == [
        "20/11",
        "21/11",
    ]
