"""Closeness of trades: laws that hold whatever the table, and a small one by hand."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.compute.assessing import close_trades

SKILLS = st.sampled_from("abcdefgh")
TRADES = st.dictionaries(st.sampled_from("TUVW"), st.frozensets(SKILLS, min_size=1), max_size=4)
KNOWN = st.dictionaries(SKILLS, st.integers(1, 3))


def spread_of(trades) -> dict[str, int]:
    return {skill: sum(skill in asked for asked in trades.values()) for skill in "abcdefgh"}


def test_by_hand():
    trades = {"T": {"a", "b"}, "U": {"b", "c"}, "V": {"c"}}
    (first, second) = close_trades({"a": 3, "b": 1}, trades, {"a": 1, "b": 2, "c": 2}, 3)
    rare, common = 1 + log(3), 1 + log(3 / 2)

    assert first.trade == "T"
    assert first.share == pytest.approx((rare + common / 3) / (rare + common))
    assert (first.shared, first.missing) == (("a", "b"), ())
    assert second.share == pytest.approx(1 / 6)
    assert (second.shared, second.missing) == (("b",), ("c",))


@given(KNOWN, TRADES)
def test_what_is_there_and_what_is_missing_are_all_a_trade_asks(known, trades):
    found = close_trades(known, trades, spread_of(trades), len(trades))

    assert {one.trade for one in found} == {name for name, asked in trades.items() if asked & set(known)}
    for one in found:
        assert set(one.shared) | set(one.missing) == trades[one.trade]
        assert set(one.shared) == trades[one.trade] & set(known)
        assert 0 < one.share <= 1 + 1e-12
        assert (one.share > 1 - 1e-9) == (not one.missing and all(known[skill] == 3 for skill in one.shared))
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)


@given(KNOWN, TRADES, SKILLS)
def test_learning_more_never_takes_one_further_away(known, trades, learnt):
    spread = spread_of(trades)
    before = {one.trade: one.share for one in close_trades(known, trades, spread, len(trades))}
    after = {one.trade: one.share for one in close_trades({**known, learnt: 3}, trades, spread, len(trades))}

    assert all(after[trade] >= share - 1e-12 for trade, share in before.items())
