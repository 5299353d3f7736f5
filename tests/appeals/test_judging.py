"""An animator corrects what was understood of an appeal that waits for them."""

import pytest
from django.urls import reverse

from colibri.appeals.models import Appeal
from tests.sample_world import World, sample_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return sample_world()


@pytest.fixture
def waiting(world) -> Appeal:
    return Appeal.objects.get(state="submitted")


def address(appeal: Appeal) -> str:
    return reverse("appeals:correct", args=[appeal.public_id])


def test_what_the_animator_corrects_is_judged_by_the_charter_anew(client, world, waiting):
    client.force_login(world.people["animator"])
    headers = {"accept-language": "en"}
    assert "The charter cannot tell" in client.get(address(waiting), headers=headers).content.decode()

    answer = client.post(
        address(waiting), {"meant": "search", "occupation": "Soudure", "place": "Brest", "contracts": ["cdi"]}
    )

    waiting.refresh_from_db()
    assert answer.url == reverse("home:day", args=["hirondelles"])
    assert (waiting.place, waiting.contracts, waiting.state) == ("Brest", ["cdi"], "submitted")
    day = client.get(answer.url, headers=headers).content.decode()
    assert "The charter says yes: it relays searches for permanent contract (CDI)." in day


def test_a_place_nobody_knows_is_told_and_nothing_is_kept(client, world, waiting):
    client.force_login(world.people["animator"])

    answer = client.post(address(waiting), {"place": "Zzyzx", "contracts": ["cdi"]})

    waiting.refresh_from_db()
    assert answer.status_code == 422
    assert waiting.contracts == []


@pytest.mark.parametrize("who", ["stranger", "relay", "seeker"])
def test_nobody_but_animators_corrects_the_reading_of_another(client, world, waiting, who):
    client.force_login(world.people[who])
    assert client.post(address(waiting), {"contracts": ["cdi"]}).status_code == 403
    waiting.refresh_from_db()
    assert waiting.contracts == []


def test_what_is_decided_is_corrected_by_its_author_alone(client, world):
    client.force_login(world.people["animator"])
    decided = Appeal.objects.get(public_id=world.values["public_id"])
    assert client.post(address(decided), {"contracts": ["cdd"]}).status_code == 404


def test_what_the_animator_says_is_no_search_gets_a_no_of_the_charter_and_waits_for_theirs(
    client, world, waiting
):
    client.force_login(world.people["animator"])

    answer = client.post(address(waiting), {"meant": "abuse", "contracts": ["cdi"]})

    waiting.refresh_from_db()
    assert (waiting.meant, waiting.state) == ("abuse", "submitted")
    day = client.get(answer.url, headers={"accept-language": "en"}).content.decode()
    assert "It is no search for work: only searches are relayed." in day
