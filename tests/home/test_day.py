"""The animator's day: what was decided and by whom, and a plan that could not be made."""

from datetime import timedelta

import pytest

from colibri.appeals.models import Answer, Appeal
from colibri.relays.models import Plan
from tests.sample_world import World, sample_world

pytestmark = pytest.mark.django_db

DAY = "/c/hirondelles/day/"


@pytest.fixture
def world() -> World:
    return sample_world()


@pytest.fixture
def waiting(world: World) -> Appeal:
    """A submitted appeal."""
    return Appeal.objects.get(state="submitted")


def test_a_refusal_says_who_refused_and_can_be_looked_at_again(client, world, waiting):
    client.force_login(world.people["animator"])

    client.post(DAY, {"do": "refuse", "row": waiting.pk, "reason": "rules"})
    shown = client.get(DAY, headers={"accept-language": "en"}).content.decode()
    assert "not relayed, against the rules" in shown
    client.post(DAY, {"do": "back", "row": waiting.pk})

    waiting.refresh_from_db()
    assert waiting.state == "submitted"
    assert list(waiting.decisions.values_list("kind", "by__name")) == [
        ("sent_back", "animator"),
        ("refused", "animator"),
    ]


def test_a_plan_that_could_not_be_made_is_shown_and_can_be_tried_again(client, world):
    plan = Plan.objects.get()
    plan.state, plan.fault, plan.problem, plan.day = (
        "due",
        "ours",
        "MemoryError: secret",
        plan.day + timedelta(days=1),
    )
    plan.pk = None
    plan.save()
    client.force_login(world.people["animator"])

    shown = client.get(DAY, headers={"accept-language": "en"}).content.decode()
    assert "could not be made" in shown
    assert "MemoryError" not in shown
    client.post(DAY, {"do": "plan"})

    assert Plan.objects.get(pk=plan.pk).due_at is not None


def test_words_whose_writer_never_proved_their_address_cannot_be_released(client, world):
    client.force_login(world.people["animator"])
    unproven = Answer.objects.get(state="unverified")

    assert client.post(DAY, {"do": "release", "row": unproven.pk}).status_code == 404
    held = Answer.objects.get(state="held")
    client.post(DAY, {"do": "release", "row": held.pk})
    states = {one.pk: one.state for one in Answer.objects.all()}
    assert (states[unproven.pk], states[held.pk]) == ("unverified", "forwarding")


def test_nothing_is_refused_without_a_reason_of_ones_own_choosing(client, world, waiting):
    client.force_login(world.people["animator"])

    answer = client.post(DAY, {"do": "refuse", "row": waiting.pk, "reason": ""}, follow=True)

    waiting.refresh_from_db()
    assert waiting.state == "submitted"
    assert "choisissez d’abord une raison" in answer.content.decode()
