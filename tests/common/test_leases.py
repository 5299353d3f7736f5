"""A row that waits for work is worked on by one worker at a time, tried again, and given up visibly."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.common import work
from colibri.common.states import LIVES, Life, WrongMove
from colibri.networks.errors import NetworkError, Refused, Retryable
from colibri.people.models import Collective
from colibri.relays.models import PLAN, Plan

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LABEL = "relays.Plan"


@pytest.fixture
def plan(db: None) -> Plan:
    collective = Collective.objects.create(slug="a", supporters_hashtag="a", seekers_hashtag="aR")
    return Plan.objects.create(collective=collective, day=NOW.date(), due_at=NOW)


def doing(monkeypatch: pytest.MonkeyPatch, do, give_up=lambda row, error: None) -> None:
    """From now on this is what a plan waits for."""
    monkeypatch.setitem(work._kinds, LABEL, work.Kind(Plan, do, give_up))


def failing(fault: Exception):
    def do(row: Plan) -> None:
        raise fault

    return do


def test_while_one_worker_is_at_it_another_finds_nothing_to_do(plan, monkeypatch):
    found = []
    doing(monkeypatch, lambda row: found.append(work.work_on(LABEL, row.pk, now=NOW)))

    assert work.work_on(LABEL, plan.pk, now=NOW)
    assert found == [False]


def test_what_a_dead_worker_left_is_taken_up_once_its_lease_is_over(plan, monkeypatch):
    doing(monkeypatch, failing(SystemExit()))
    with pytest.raises(SystemExit):
        work.work_on(LABEL, plan.pk, now=NOW)
    done = []
    doing(monkeypatch, lambda row: done.append(row.tries))

    assert not work.work_on(LABEL, plan.pk, now=work.lease_over(NOW) - timedelta(seconds=1))
    assert work.work_on(LABEL, plan.pk, now=work.lease_over(NOW))
    assert done == [2]


def test_what_others_ask_of_a_row_meanwhile_is_kept(plan, monkeypatch):
    sooner = NOW + timedelta(seconds=5)
    doing(monkeypatch, lambda row: Plan.objects.update(due_at=sooner) and None)
    work.work_on(LABEL, plan.pk, now=NOW)

    plan.refresh_from_db()
    assert plan.due_at == sooner


@pytest.mark.parametrize(
    ("asked", "waited"),
    [(None, timedelta(seconds=30)), (5.0, timedelta(seconds=30)), (900.0, timedelta(minutes=15))],
)
def test_a_passing_fault_is_waited_for_and_never_less_than_asked(plan, monkeypatch, asked, waited):
    doing(monkeypatch, failing(Retryable("busy", after=asked)))
    assert not work.work_on(LABEL, plan.pk, now=NOW)

    plan.refresh_from_db()
    assert (plan.due_at, plan.attempts, plan.problem) == (NOW + waited, 1, "busy")


@given(st.integers(1, 40))
def test_pauses_grow_and_end_growing(attempts):
    assert timedelta(seconds=30) <= work.pause(attempts, None) <= work.pause(attempts + 1, None)
    assert work.pause(attempts, None) <= timedelta(hours=6)


@pytest.mark.parametrize("fault", [Refused("no"), Retryable("busy"), KeyError("a fault of ours")], ids=repr)
def test_what_does_not_pass_is_given_up_with_its_reason(plan, monkeypatch, fault):
    given_up: list[NetworkError] = []
    doing(monkeypatch, failing(fault), lambda row, error: given_up.append(error))
    now = NOW
    for _try in range(work.ATTEMPTS_MOST):
        work.sweep(now=now, only={LABEL})
        now += timedelta(hours=7)

    plan.refresh_from_db()
    assert len(given_up) == 1
    assert (plan.due_at, plan.attempts) == (None, 0)
    assert str(fault).strip("'") in plan.problem


def test_giving_up_what_somebody_else_moved_is_no_fault(plan, monkeypatch):
    def moved(row: Plan, error: NetworkError) -> None:
        raise WrongMove(row, "given up")

    doing(monkeypatch, failing(Refused("no")), moved)
    work.work_on(LABEL, plan.pk, now=NOW)

    plan.refresh_from_db()
    assert plan.due_at is None


def test_one_row_that_fails_does_not_stop_the_others(plan, monkeypatch):
    other = Plan.objects.create(collective=plan.collective, day=NOW.date() + timedelta(days=1), due_at=NOW)
    done = []

    def do(row: Plan) -> None:
        if row.pk == plan.pk:
            raise ZeroDivisionError
        done.append(row.pk)

    doing(monkeypatch, do)
    work.sweep(now=NOW, only={LABEL})

    assert done == [other.pk]


def test_of_two_who_move_one_row_the_second_learns_where_it_is(plan):
    one, other = Plan.objects.get(), Plan.objects.get()
    PLAN.move(one, "solved")
    with pytest.raises(WrongMove):
        PLAN.move(other, "empty")

    assert other.state == "solved"


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_every_life_has_a_name_for_each_state_and_a_way_to_it(life):
    assert life.reachable() == set(life.moves) == set(life.labels)


@pytest.mark.parametrize(
    ("moves", "labels", "why"),
    [
        ({"new": ("lost",)}, {"new": "new"}, "not declared"),
        ({"new": (), "lost": ()}, {"new": "new", "lost": "lost"}, "nothing leads to lost"),
        ({"new": ()}, {}, "labels and states differ"),
    ],
)
def test_a_life_that_makes_no_sense_cannot_be_declared(moves, labels, why):
    with pytest.raises(ValueError, match=why):
        Life("drop", start="new", moves=moves, labels=labels)
