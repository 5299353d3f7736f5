"""Small planning problems and their naive twins, shared by the tests of the planner."""

import itertools
import math

import numpy as np
from hypothesis import strategies as st

from colibri.compute.planning import Plan, Problem


def problem_from(audiences, member_class, relevance, attention, budget, appeal_cap, prior, **more) -> Problem:
    """A problem from plain lists: one list of members per relay."""
    start = np.cumsum([0, *[len(audience) for audience in audiences]])
    member = np.array([one for audience in audiences for one in audience], dtype=np.int64)
    return Problem(start, member, member_class, relevance, attention, budget, appeal_cap, prior, **more)


def random_problem(relays: int, appeals: int, members: int, seed: int, **more) -> Problem:
    """A problem by a seed: uneven audiences that overlap, four classes."""
    rng = np.random.default_rng(seed)
    audiences = [
        rng.choice(members, size=int(min(members, 1 + rng.pareto(1.2) * members / 20)), replace=False)
        for _ in range(relays)
    ]
    values = {
        "member_class": rng.integers(0, 4, members),
        "relevance": rng.uniform(0.1, 2.0, (appeals, 4)),
        "attention": rng.uniform(0.02, 0.4, relays),
        "budget": np.full(relays, 3),
        "appeal_cap": np.full(appeals, relays),
        "prior": np.ones(appeals),
    }
    return problem_from(audiences, **(values | more))


def pairs_of(plan: Plan) -> list[tuple[int, int]]:
    """Who relays what, in the plan's order."""
    return list(zip(plan.relay.tolist(), plan.appeal.tolist(), strict=True))


@st.composite
def tiny_problems(draw, allow_member_cap: bool = True, allow_shown: bool = False) -> Problem:
    """Problems small enough to try every plan."""
    relays = draw(st.integers(1, 3))
    appeals = draw(st.integers(1, 3))
    members = draw(st.integers(1, 5))
    whole = st.integers(0, members - 1)
    chance = st.sampled_from([0.0, 0.05, 0.3, 0.5, 0.9, 1.0])
    worth = st.sampled_from([0.0, 0.2, 1.0, 5.0])
    audiences = draw(st.lists(st.lists(whole, unique=True), min_size=relays, max_size=relays))
    more = {}
    if draw(st.booleans()):
        each = st.lists(st.integers(0, appeals - 1), unique=True)
        allowed = draw(st.lists(each, min_size=relays, max_size=relays))
        more["allowed"] = (
            np.cumsum([0, *[len(one) for one in allowed]]),
            np.array([appeal for one in allowed for appeal in one], dtype=np.int32),
        )
    if allow_member_cap and draw(st.booleans()):
        more["member_cap"] = draw(st.integers(0, 2))
        if allow_shown and draw(st.booleans()):
            more["shown"] = draw(st.lists(st.integers(0, 3), min_size=members, max_size=members))
    return problem_from(
        audiences,
        draw(st.lists(st.integers(0, 1), min_size=members, max_size=members)),
        np.array(draw(st.lists(worth, min_size=appeals * 2, max_size=appeals * 2))).reshape(appeals, 2),
        draw(st.lists(chance, min_size=relays, max_size=relays)),
        draw(st.lists(st.integers(0, 3), min_size=relays, max_size=relays)),
        draw(st.lists(st.integers(0, 3), min_size=appeals, max_size=appeals)),
        draw(st.lists(st.sampled_from([0.0, 0.1, 1.0, 7.0]), min_size=appeals, max_size=appeals)),
        **more,
    )


def naive_visibility(problem: Problem, pairs) -> list[float]:
    """Visibility member by member, in plain Python."""
    visibility = []
    for appeal in range(problem.appeals):
        total = float(problem.prior[appeal])
        for one in range(problem.members):
            miss = 1.0
            for relay, carried in pairs:
                if carried == appeal and one in problem.audience(relay):
                    miss *= 1.0 - float(problem.attention[relay])
            total += float(problem.relevance[appeal, problem.member_class[one]]) * (1.0 - miss)
        visibility.append(total)
    return visibility


def naive_objective(problem: Problem, pairs) -> float:
    """Σ log visibility, in plain Python."""
    return sum(math.log(value) for value in naive_visibility(problem, pairs))


def naive_mean(alpha: float, values) -> float:
    """The generalised mean of exponent 1 − α, in plain Python."""
    values = [float(value) for value in values]
    if math.isinf(alpha):
        return min(values)
    if alpha == 1.0:
        return math.prod(value ** (1.0 / len(values)) for value in values)
    return (sum(value ** (1.0 - alpha) for value in values) / len(values)) ** (1.0 / (1.0 - alpha))


def keeps_the_rules(problem: Problem, pairs) -> bool:
    """Whether a plan breaks no budget, cap or forbidden pair, rule by rule in plain Python."""
    for relay in range(problem.relays):
        carried = [appeal for one, appeal in pairs if one == relay]
        if len(carried) > problem.budget[relay]:
            return False
        if problem.allowed is not None:
            start, item = problem.allowed
            if not set(carried) <= set(item[start[relay] : start[relay + 1]].tolist()):
                return False
    for appeal in range(problem.appeals):
        if sum(one == appeal for _, one in pairs) > problem.appeal_cap[appeal]:
            return False
    if problem.member_cap is not None:
        for one in range(problem.members):
            shown = {appeal for relay, appeal in pairs if one in problem.audience(relay)}
            before = 0 if problem.shown is None else int(problem.shown[one])
            if shown and before + len(shown) > problem.member_cap:
                return False
    return True


def every_plan(problem: Problem):
    """Every set of distinct pairs that keeps the rules."""
    pairs = list(itertools.product(range(problem.relays), range(problem.appeals)))
    for count in range(len(pairs) + 1):
        for chosen in itertools.combinations(pairs, count):
            if keeps_the_rules(problem, chosen):
                yield chosen
