"""What one likes: families by the answers, and trades in the order of knowing and liking."""

from hypothesis import given
from hypothesis import strategies as st

from colibri.compute.assessing import Closeness
from colibri.compute.classes import FAMILIES
from colibri.compute.liking import ANSWERS, QUESTIONS, fits, likings

answers = st.dictionaries(st.sampled_from(sorted(QUESTIONS)), st.sampled_from(ANSWERS))


def test_each_family_is_asked_about_twice_at_least():
    asked = [family for families in QUESTIONS.values() for family in families]
    assert {family: asked.count(family) for family in FAMILIES if asked.count(family) < 2} == {}
    assert set(asked) == set(FAMILIES)


def test_a_family_is_liked_as_its_questions_are_and_says_which():
    found = {one.family: one for one in likings({"outdoors": 2, "living": 1, "build": 0, "unheard_of": 2})}

    assert (found["A"].share, found["A"].because) == (0.75, ("outdoors", "living"))
    assert (found["F"].share, found["F"].because) == (0.5, ("outdoors",))
    assert set(found) == {"A", "F"}


@given(answers)
def test_shares_are_shares_in_order_and_reasons_are_what_was_liked(answers):
    found = likings(answers)

    assert all(0 <= one.share <= 1 for one in found)
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
    for one in found:
        assert all(answers[each] > 0 and one.family in QUESTIONS[each] for each in one.because)


@given(answers, st.sampled_from(sorted(QUESTIONS)))
def test_liking_something_more_lowers_none_of_its_families(answers, question):
    less = {one.family: one.share for one in likings({**answers, question: 1})}
    more = {one.family: one.share for one in likings({**answers, question: 2})}

    assert all(more[family] > less[family] for family in QUESTIONS[question])


def near(trade: str, share: float) -> Closeness[str, str]:
    return Closeness(trade, share, ("a",), ())


def test_liking_moves_trades_and_without_answers_nothing_moves():
    close = [near("H1", 0.5), near("A1", 0.3), near("N1", 0.29)]
    family = lambda trade: trade[0]  # noqa: E731

    assert [one.near.trade for one in fits(close, {}, family)] == ["H1", "A1", "N1"]
    liked = fits(close, {"living": 2, "outdoors": 2, "machines": 0, "repair": 0, "flow": 0}, family)
    assert [one.near.trade for one in liked] == ["A1", "H1", "N1"]
    assert [one.weight for one in liked] == [0.3 * 1.5, 0.5 * 0.5, 0.29 * 0.5]
    assert liked[0].liked.because == ("outdoors", "living")


@given(answers)
def test_what_somebody_can_do_is_never_turned_upside_down(answers):
    found = fits([near("H1", 0.9), near("A1", 0.29)], answers, lambda trade: trade[0])
    assert found[0].near.trade == "H1"
