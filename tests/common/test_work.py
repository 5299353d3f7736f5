"""The queue is a doorbell: whatever happens to it, the row is worked on, once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from huey import RedisHuey, SqliteHuey

from colibri.common import work
from colibri.people.models import Collective
from colibri.relays.models import Plan
from tests.peers.process import free_port

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@pytest.fixture
def plan(db) -> Plan:
    collective = Collective.objects.create(
        slug="hirondelles", name="Hirondelles", supporters_hashtag="h", seekers_hashtag="hR"
    )
    return Plan.objects.create(collective=collective, day=date(2026, 11, 20), due_at=NOW)


@pytest.fixture(autouse=True)
def fresh_bell(monkeypatch):
    """No test hears of another's unreachable queue."""
    monkeypatch.setattr(work, "_bell", work._Bell())


def queue_of(huey, monkeypatch) -> None:
    """Let the bell ring in this queue."""
    monkeypatch.setattr(work, "HUEY", huey)
    monkeypatch.setattr(work, "_answer_bell", huey.task()(work._answer_bell.call_local))


@pytest.fixture
def nowhere(monkeypatch) -> None:
    """The queue is a Redis that is down."""
    queue_of(RedisHuey("colibri", url=f"redis://127.0.0.1:{free_port()}/0"), monkeypatch)


@pytest.fixture
def file_queue(tmp_path, monkeypatch) -> SqliteHuey:
    huey = SqliteHuey("colibri", filename=str(tmp_path / "queue.sqlite3"))
    queue_of(huey, monkeypatch)
    return huey


def state(plan: Plan) -> str:
    plan.refresh_from_db()
    return plan.state


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_is_down_fails_no_page_and_loses_no_row(plan, nowhere, caplog):
    with transaction.atomic():
        work.ring(plan)

    assert "the queue cannot be reached" in caplog.text
    assert state(plan) == "due"
    assert work.wake(now=NOW) == 1
    assert state(plan) == "empty"


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_is_down_is_left_alone_for_a_while(plan, nowhere, caplog):
    for _ in range(3):
        work.ring(plan)

    assert caplog.text.count("the queue cannot be reached") == 1


@pytest.mark.django_db(transaction=True)
def test_a_bell_rung_in_vain_is_found_by_the_clock(plan, file_queue):
    """A worker killed with the bell in its hand loses the bell, not the row."""
    work.ring(plan)
    assert file_queue.dequeue() is not None
    assert file_queue.dequeue() is None

    assert work.wake(now=NOW) == 1

    file_queue.execute(file_queue.dequeue())
    assert state(plan) == "empty"


def test_what_waits_longest_is_rung_for_first_and_the_queue_never_overflows(plan, file_queue):
    days = [date(2026, 10, day) for day in range(1, 11)]
    Plan.objects.bulk_create(
        Plan(collective=plan.collective, day=day, due_at=NOW - timedelta(days=index))
        for index, day in enumerate(days, start=1)
    )

    assert work.wake(now=NOW, most=4) == 4
    assert work.wake(now=NOW, most=4) == 0

    rung = [file_queue.dequeue().args for _ in range(file_queue.pending_count())]
    oldest = Plan.objects.order_by("due_at").values_list("pk", flat=True)[:4]
    assert rung == [("relays.Plan", pk) for pk in oldest]


def test_what_is_not_due_yet_is_not_rung_for(plan, file_queue):
    assert work.wake(now=NOW - timedelta(minutes=1)) == 0
    assert file_queue.pending_count() == 0


def test_two_bells_for_one_row_do_its_work_once(plan, file_queue):
    assert work.work_on("relays.Plan", plan.pk, now=NOW)
    assert not work.work_on("relays.Plan", plan.pk, now=NOW)


def test_every_process_knows_every_kind_of_work():
    assert {
        "appeals.Note",
        "appeals.Publication",
        "audiences.Audience",
        "relays.Plan",
        "relays.Boost",
    } <= set(work.kinds())
