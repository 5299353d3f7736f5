"""Groups beside others: intervals that hold their rate, and nothing said of fewer than ten."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from colibri.compute.inclusion import Contrast, Estimate, apart, below, contrast, part, student, typical
from colibri.compute.survival import known_until


def crowd(seed: int, sizes: tuple[int, int], parity: float = 1.0, unseen: float = 0.03):
    """(member, seen, helped, known) of a group, seen `parity` as much, and of others."""
    rng = np.random.default_rng(seed)
    number = sum(sizes)
    member = np.arange(number) < sizes[0]
    seen = rng.lognormal(7.0, 1.0, number) * np.where(member, parity, 1.0)
    seen[rng.random(number) < unseen] = 0.0
    helped = rng.random(number) < 0.3
    met = rng.random(number) < 0.4
    known = known_until(np.full(number, 250.0), np.full(number, 250.0), np.where(met, 100.0, np.nan), met * 1)
    return member, seen, helped, known


def beside(member, seen, helped, known, *, draw: int = 1, least: int = 10) -> Contrast | None:
    return contrast(member, seen, helped, known, {1}, chance=np.random.default_rng(draw), least=least)


@pytest.mark.parametrize("level", [0.95, 0.99, 0.999])
@pytest.mark.parametrize("freedom", [9, 12, 30, 200])
def test_the_quantile_is_student_s(level, freedom):
    assert student(level, freedom) == pytest.approx(stats.t.ppf(0.5 + level / 2, freedom), rel=2e-3)


@given(st.integers(1, 400), st.data())
def test_the_share_has_wilson_s_interval(number, data):
    yes = data.draw(st.integers(0, number))
    found = part(np.arange(number) < yes)
    same = stats.binomtest(yes, number).proportion_ci(method="wilson")

    assert (found.low, found.high) == pytest.approx((same.low, same.high), abs=1e-9)


def test_the_difference_of_two_shares_has_newcombe_s_interval():
    """The example of Newcombe's paper: 56 of 70 against 48 of 80."""
    found = apart(part(np.arange(70) < 56), part(np.arange(80) < 48))

    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)


@pytest.mark.parametrize(("unseen", "least"), [(0.0, 0.015), (0.03, 0.002)])
def test_where_all_fare_alike_a_group_seems_seen_less_as_rarely_as_promised(unseen, least):
    """1,000 crowds: below parity in at most about 2.5 %; more rarely where some are seen by nobody at all."""
    alarms = [beside(*crowd(seed, (25, 60), unseen=unseen)).less for seed in range(1_000)]

    assert least <= np.mean(alarms) <= 0.037


def test_a_group_that_is_seen_half_as_much_is_noticed():
    found = beside(*crowd(3, (80, 300), parity=0.4))

    assert found.less
    assert found.ratio.high < 1
    assert found.seen[0] < found.seen[1]


def test_nobody_seen_at_all_is_noticed_too():
    member, seen, helped, known = crowd(4, (40, 100))
    seen[member] = 0.0

    assert beside(member, seen, helped, known).less


@pytest.mark.parametrize("sizes", [(9, 200), (200, 9), (0, 50)])
def test_nothing_is_said_where_one_side_is_under_ten(sizes):
    assert beside(*crowd(1, sizes)) is None


def test_work_is_not_told_where_fewer_than_ten_answers_are_known_on_a_side():
    member, seen, helped, _known = crowd(1, (30, 90))
    heard = np.where(member & (np.arange(120) > 8), 0.0, 250.0)
    known = known_until(np.full(120, 250.0), heard, np.full(120, np.nan), np.zeros(120, dtype=int))
    found = beside(member, seen, helped, known)

    assert (found.back, found.back_apart) == (None, None)
    assert found.people == 30


@given(st.integers(10, 400))
def test_one_person_more_shows_in_one_count_of_ten(number):
    assert below(number) <= number < below(number) + 10


def numbers(found: Contrast) -> dict[str, float]:
    """Each number that is told."""
    spans = {
        f"{name} {end}": getattr(getattr(found, name), end)
        for name in ("ratio", "helped_apart", "back_apart")
        for end in ("value", "low", "high")
    }
    pairs = {
        f"{name} {side}": getattr(found, name)[side] for name in ("seen", "helped", "back") for side in (0, 1)
    }
    return {"people": found.people, "others": found.others, **spans, **pairs}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("sizes", [(32, 70), (110, 240)])
def test_whoever_knows_all_answers_but_one_can_only_guess_the_last(seed, sizes):
    """The same crowd with one person, neither seen by most nor by fewest, in the group or beside it: the best
    guess from any one number is right less than two times in three, and no number is a proof.
    """
    member, seen, helped, known = crowd(seed, sizes)
    last = int(np.argsort(seen)[len(seen) // 2])
    drawn = []
    for inside in (True, False):
        member[last] = inside
        tables = [numbers(beside(member, seen, helped, known, draw=draw, least=30)) for draw in range(150)]
        drawn.append({name: Counter(one[name] for one in tables) for name in tables[0]})
    for name, often in drawn[0].items():
        other = drawn[1][name]
        right = sum(max(often[value], other[value]) for value in often | other) / 300
        assert right < 0.67, name


def test_a_few_seen_by_very_many_do_not_speak_for_all():
    seen = np.full(50, 200.0)
    seen[0] = 2_000_000.0

    assert np.expm1(typical(seen).value) < 300


def test_alike_is_no_difference():
    same = Estimate(0.3, 0.2, 0.4)
    assert apart(same, same).value == 0
    assert apart(same, same).low == -apart(same, same).high
