"""A malformed problem is refused with the field and the first place that is wrong."""

import dataclasses

import numpy as np
import pytest

from colibri.compute.planning import Problem
from tests.compute.planning_problems import random_problem

GOOD = {
    "audience_start": [0, 2, 3],
    "audience_member": [0, 1, 2],
    "member_class": [0, 1, 0],
    "relevance": [[1.0, 2.0], [0.5, 0.0]],
    "attention": [0.1, 0.2],
    "budget": [1, 2],
    "appeal_cap": [3, 3],
    "prior": [1.0, 1.0],
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"relevance": [[1, 2], [-0.5, 0]]}, r"relevance\[1, 0\]: -0.5 is negative"),
        ({"relevance": [[1, np.nan], [1, 1]]}, r"relevance\[0, 1\]: nan is not a finite"),
        ({"relevance": [[1, 1e300], [1, 1]]}, r"relevance\[0, 1\]: 1e\+300 is not a finite"),
        ({"relevance": [1, 2]}, "relevance: expected 2 dimension"),
        ({"member_class": [0, 1, 2]}, r"member_class\[2\]: 2 is not one of the 2 classes"),
        ({"member_class": [0, -1, 2]}, r"member_class\[1\]: -1 is not one"),
        ({"member_class": [0, 0.5, 1]}, r"member_class\[1\]: 0.5 is not a whole number"),
        ({"attention": [0.1, 1.5]}, r"attention\[1\]: 1.5 is not between 0 and 1"),
        ({"attention": [np.nan, 0.5]}, r"attention\[0\]: nan is not a finite"),
        ({"attention": ["a", "b"]}, "attention: expected numbers"),
        ({"budget": [1, -1]}, r"budget\[1\]: -1 is negative"),
        ({"budget": [1]}, "budget: expected 2 values, found 1"),
        ({"budget": [1, 2**40]}, r"budget\[1\]: 1099511627776 does not fit in 32 bits"),
        ({"appeal_cap": [-3, 1]}, r"appeal_cap\[0\]: -3 is negative"),
        ({"prior": [1, -1]}, r"prior\[1\]: -1.0 is negative"),
        ({"prior": [np.inf, 1]}, r"prior\[0\]: inf is not a finite"),
        ({"audience_start": [1, 2, 3]}, r"audience_start\[0\]: 1 is not 0"),
        ({"audience_start": [0, 4, 3]}, r"audience_start\[2\]: 3 is less than the one before"),
        ({"audience_start": [0, 1, 2]}, r"audience_start\[2\]: 2 is not the number of audience_member, 3"),
        ({"audience_start": [0, 3]}, "audience_start: expected 3 values, found 2"),
        ({"audience_member": [0, 1, 3]}, r"audience_member\[2\]: 3 is not below 3"),
        ({"audience_member": [0, -1, 2]}, r"audience_member\[1\]: -1 is not below 3"),
        ({"audience_member": [1, 1, 2]}, r"audience_member\[1\]: 1 comes twice in the audience of relay 0"),
        ({"allowed": ([0, 1, 2], [0, 2])}, r"allowed\[1\]\[1\]: 2 is not below 2"),
        ({"allowed": ([0, 2, 2], [1, 1])}, r"allowed\[1\]\[1\]: 1 comes twice in the allowed of relay 0"),
        ({"allowed": ([0, 1], [0])}, r"allowed\[0\]: expected 3 values"),
        ({"member_cap": -1}, "member_cap: -1 is not a count"),
        ({"member_cap": 1.5}, "member_cap: 1.5 is not a count"),
        ({"minimum": [1]}, "minimum: expected 2 values, found 1"),
        ({"minimum": [1, -2]}, r"minimum\[1\]: -2 is negative"),
        ({"minimum": [0.5, 1]}, r"minimum\[0\]: 0.5 is not a whole number"),
        ({"alpha": -1}, "alpha: -1 is not a number from 0 to infinity"),
        ({"alpha": float("nan")}, "alpha: nan is not a number"),
        ({"alpha": "much"}, "alpha: 'much' is not a number"),
        ({"block": 1}, r"member_class\[1\]: 1 is not the class of its block"),
        ({"block": -1}, "block: -1 is not a count of bits"),
        ({"block": 31}, "block: 31 is not a count of bits, 0 to 30"),
        ({"block": True}, "block: True is not a count of bits"),
    ],
)
def test_what_is_wrong_is_named(change, message):
    """The error says which field, which index, and what stands there."""
    with pytest.raises(ValueError, match=message):
        Problem(**(GOOD | change))


def test_a_relay_with_nobody_and_one_with_everybody_are_fine():
    """Empty audiences, a full one and budgets of zero are ordinary."""
    problem = Problem(**(GOOD | {"audience_start": [0, 0, 3], "budget": [0, 0]}))
    assert problem.audience(0).size == 0
    assert problem.audience(1).tolist() == [0, 1, 2]


def test_one_member_may_follow_two_relays():
    """Only a repeat inside one audience is refused."""
    assert Problem(**(GOOD | {"audience_member": [0, 1, 1]})).audience(1).tolist() == [1]


def test_a_problem_cannot_be_changed():
    """Its fields are frozen and its arrays read-only, while the caller's own arrays stay writable."""
    budget = np.array([1, 2], dtype=np.int32)
    problem = Problem(**(GOOD | {"budget": budget}))
    with pytest.raises(dataclasses.FrozenInstanceError):
        problem.budget = budget
    with pytest.raises(ValueError, match="read-only"):
        problem.budget[0] = 5
    budget[0] = 1


def test_large_arrays_of_the_right_kind_are_not_copied():
    """An audience that already is uint32 is used as it is."""
    problem = random_problem(5, 2, 40, seed=1)
    again = dataclasses.replace(problem)
    assert np.shares_memory(problem.audience_member, again.audience_member)
