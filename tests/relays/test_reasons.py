"""What decided each boost, counted as one would by hand."""

from types import SimpleNamespace

import numpy as np

from colibri.compute.classes import family_of, pack, region_of
from colibri.compute.planning import Problem
from colibri.relays.actions.reasons import reasons_of

NURSE, PARIS = family_of("J1506"), region_of("11")


def test_reasons_count_followers_by_what_decided():
    # Members 0 to 4: a nurse in Paris who recruits, a nurse elsewhere, somebody in Paris, two unknown.
    classes = pack([NURSE, NURSE, 0, 0, 0], [PARIS, region_of("53"), PARIS, 0, 0], [1, 0, 0, 0, 0])
    audiences = [[0, 1, 2, 3], [2, 3, 4], [4]]
    problem = Problem(
        audience_start=np.cumsum([0, *map(len, audiences)]),
        audience_member=np.concatenate(audiences).astype(np.uint32),
        member_class=classes,
        relevance=np.ones((2, int(classes.max()) + 1), dtype=np.float32),
        attention=np.full(3, 0.1, dtype=np.float32),
        budget=np.ones(3, dtype=np.int32),
        appeal_cap=np.full(2, 3, dtype=np.int32),
        prior=np.array([1.0, 5.0]),
    )
    plan = SimpleNamespace(relay=np.array([0, 1, 2]), appeal=np.array([0, 0, 1]))
    followers = [SimpleNamespace(kinds=classes[one]) for one in audiences]
    appeals = [
        SimpleNamespace(family=NURSE, region_number=PARIS),
        SimpleNamespace(family=0, region_number=0),
    ]

    first, second, third = reasons_of(problem, plan, followers, appeals)

    assert first == {
        "followers": 4, "same_trade": 2, "same_region": 2, "recruiters": 1, "alone": 2, "seen_little": True,
    }  # fmt: skip
    assert (second["alone"], second["same_trade"], second["same_region"]) == (1, 0, 1)
    assert third == {
        "followers": 1, "same_trade": 0, "same_region": 0, "recruiters": 0, "alone": 1, "seen_little": False,
    }  # fmt: skip
