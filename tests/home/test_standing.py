"""Where a seeker stands: their message, who helps, what could come next, what the week brought."""

from datetime import timedelta

import pytest
from django.utils import timezone

from colibri.appeals.models import Answer, Appeal
from colibri.helping.actions import accept_request, write_remark
from colibri.helping.models import HelpRequest, Proposal
from colibri.home.standing import STEPS_MOST, WORKSHOPS_MOST, standing_of
from colibri.people.models import Account
from colibri.programme.actions import close_cohort, mark_step
from colibri.programme.models import Cohort, Registration, Walk, Workshop
from colibri.relays.models import Boost
from tests.sample_world import World, sample_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return sample_world()


def seen(client, account: Account) -> str:
    client.force_login(account)
    return client.get("/me/", headers={"accept-language": "en"}).content.decode()


def stands(account: Account):
    return standing_of(account, list(Appeal.objects.filter(account=account)), now=timezone.now())


def test_a_seeker_sees_their_message_and_their_request(client, world):
    seeker = world.people["seeker"]
    text = seen(client, seeker)

    appeal, asked = Appeal.objects.get(account=seeker), HelpRequest.objects.get()
    assert f"/a/{appeal.public_id}" in text
    assert asked.get_absolute_url() in text
    assert "Where I stand" in text
    assert "What would you like to do?" not in text


def test_who_has_not_said_yes_yet_is_led_to_their_message(client, world):
    seeker = world.people["stranger"]
    Appeal.objects.filter(account=seeker).update(state="draft")
    client.force_login(seeker)
    assert client.get("/me/").url.startswith("/a/")
    assert "see what we understood" in seen(client, seeker).lower() or client.get("/me/").status_code == 302


def test_the_week_tells_what_happened_and_a_quiet_one_blames_nobody(client, world):
    seeker = world.people["seeker"]
    Boost.objects.update(given_at=timezone.now() - timedelta(days=8))
    Answer.objects.update(written_at=timezone.now() - timedelta(days=8))
    assert stands(seeker).quiet
    assert "says nothing about you" in seen(client, seeker)

    Boost.objects.update(given_at=timezone.now() - timedelta(days=2))
    Answer.objects.update(written_at=timezone.now())
    found = stands(seeker)
    assert (found.relays, found.answers, found.remarks) == (1, 1, 0)
    assert "carry your message" in seen(client, seeker)


def test_what_is_over_is_not_said_to_be_found(client, world):
    seeker = world.people["seeker"]
    Boost.objects.update(given_at=timezone.now() - timedelta(days=8))
    Answer.objects.update(written_at=timezone.now() - timedelta(days=8))
    assert "where people can find it" in seen(client, seeker)

    Appeal.objects.filter(account=seeker).update(state="closed", ending="stopped")

    assert "A quiet week" in seen(client, seeker)
    assert "where people can find it" not in seen(client, seeker)


def test_a_word_from_a_helper_is_the_next_step(client, world):
    seeker, helper = world.people["seeker"], world.people["relay"]
    accept_request(Proposal.objects.select_related("request", "giving").get(), now=timezone.now())
    write_remark(HelpRequest.objects.get(), helper, "Un titre plus court.", now=timezone.now())

    found = stands(seeker)
    assert found.helps[0].my_turn
    assert found.helps[0].helper == "relay"
    assert found.steps[0].link == HelpRequest.objects.get().get_absolute_url()
    assert "Un titre plus court." not in seen(client, seeker)


@pytest.mark.parametrize("state", ["draft", "refused", "expired", "paused", "active"])
def test_steps_fit_what_is_and_are_few(world, state):
    seeker = world.people["seeker"]
    Appeal.objects.filter(account=seeker).update(state=state)
    HelpRequest.objects.all().delete()
    steps = stands(seeker).steps
    assert 0 < len(steps) <= STEPS_MOST
    leads_to_message = f"/a/{Appeal.objects.get(account=seeker).public_id}" in steps[0].link
    assert leads_to_message == (state != "active")


def test_who_neither_searches_nor_asks_stands_nowhere(world):
    assert stands(world.people["animator"]) is None


def test_the_step_before_somebody_in_their_cohort_is_told(client, world):
    seeker, cohort = world.people["seeker"], Cohort.objects.get()
    first, second = cohort.programme.steps.all()[:2]
    text = seen(client, seeker)
    assert cohort.get_absolute_url() in text
    assert first.title in text

    mark_step(Walk.objects.get(account=seeker), first, "done", "", now=timezone.now())
    assert [step for _walk, step in stands(seeker).walks] == [second]

    close_cohort(cohort, now=timezone.now())
    assert stands(seeker).walks == []
    assert cohort.name not in seen(client, seeker)


def test_who_walks_with_a_cohort_stands_somewhere_without_a_message(client, world):
    seeker = world.people["seeker"]
    Appeal.objects.filter(account=seeker).update(state="closed", ending="stopped")
    HelpRequest.objects.all().delete()

    found = stands(seeker)

    assert (found.spoken, found.helps, len(found.walks)) == ([], [], 1)
    assert "Where I stand" in seen(client, seeker)


def test_the_week_names_the_workshops_of_the_seven_days_to_come(client, world):
    seeker, now = world.people["seeker"], timezone.now()
    workshop = Workshop.objects.get()
    assert stands(seeker).booked == []

    begins = now + timedelta(days=6)
    Workshop.objects.update(starts_at=begins, ends_at=begins + timedelta(hours=1))
    assert [one.workshop for one, _when in stands(seeker).booked] == [workshop]
    text = seen(client, seeker)
    assert workshop.get_absolute_url() in text
    assert f"{timezone.localtime(begins):%H:%M}" in text
    assert "waiting list" not in text

    Registration.objects.update(state="waiting")
    assert "on the waiting list" in seen(client, seeker)
    Registration.objects.update(state="left")
    assert workshop.get_absolute_url() not in seen(client, seeker)


def test_a_full_week_asks_no_more_of_the_database_and_names_a_few_workshops(
    client, world, django_assert_max_num_queries
):
    seeker, now = world.people["seeker"], timezone.now()
    for number in range(12):
        begins = now + timedelta(days=1, minutes=number)
        one = Workshop.objects.create(
            collective=Cohort.objects.get().programme.collective,
            host_name="Pic",
            title=f"Atelier {number}",
            learn="Un peu de tout.",
            starts_at=begins,
            ends_at=begins + timedelta(hours=1),
            state="agreed",
        )
        Registration.objects.create(workshop=one, account=seeker, state="held")
    client.force_login(seeker)
    client.get("/me/")
    with django_assert_max_num_queries(24):
        text = client.get("/me/").content.decode()
    assert text.count("Atelier ") == WORKSHOPS_MOST
