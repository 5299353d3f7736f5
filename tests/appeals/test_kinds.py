"""What a message is, a search or something else, is its author's to say."""

import pytest
from django.urls import reverse
from django.utils import timezone

from colibri.appeals.actions.intake import submit_form
from colibri.appeals.actions.lifecycle import refuse_appeal
from colibri.appeals.models import Appeal
from colibri.people.models import Collective, Consent
from tests.sample_world import World, sample_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return sample_world()


@pytest.fixture
def draft(client, world) -> Appeal:
    author = world.people["relay"]
    client.force_login(author)
    text = "Soudeuse depuis dix ans, je cherche un CDI à Brest."
    return submit_form(Collective.objects.get(slug="hirondelles"), author, text, now=timezone.now())


def address(appeal: Appeal) -> str:
    return reverse("appeals:claim", args=[appeal.public_id])


def corrections(**changes: object) -> dict[str, object]:
    said = {"meant": "search", "occupation": "Soudure", "place": "Brest", "contracts": ["cdi"]}
    return {**said, "be_relayed": "on", **changes}


def test_what_its_author_says_is_no_search_is_not_relayed_until_they_say_otherwise(client, world, draft):

    unclear = client.post(address(draft), corrections(meant="offer"))
    assert (unclear.status_code, "meant" in unclear.context["form"].errors) == (422, True)
    client.post(address(draft), corrections(meant="offer", be_relayed=""))
    draft.refresh_from_db()
    assert (draft.state, draft.refusal) == ("refused", "not_a_search")
    assert not Consent.objects.filter(account=world.people["relay"], purpose="be_relayed").exists()
    text = client.get(address(draft), headers={"accept-language": "en"}).content.decode()
    assert "You told us that this is an offer of work." in text

    client.post(address(draft), corrections(meant="search"))
    draft.refresh_from_db()
    assert (draft.state, draft.refusal, draft.meant) == ("submitted", "", "search")

    refuse_appeal(draft, "not_a_search", by=world.people["animator"], now=timezone.now())
    assert client.post(address(draft), corrections(publish="on")).status_code == 409


def test_a_relayed_message_said_to_be_no_search_goes_to_the_animators(client, world):
    appeal = Appeal.objects.get(public_id=world.values["public_id"])
    client.force_login(appeal.account)
    client.post(address(appeal), corrections(meant="cause"))
    appeal.refresh_from_db()
    assert (appeal.state, appeal.meant) == ("submitted", "cause")


@pytest.mark.parametrize("typed", ["", "abuse", "nonsense"])
def test_of_an_unsure_reading_its_author_says_what_it_is(client, draft, typed):
    unsure = {**draft.reading, "questions": ["kind"], "kind": {**draft.reading["kind"], "value": "other"}}
    Appeal.objects.filter(pk=draft.pk).update(reading=unsure)

    answer = client.post(address(draft), corrections(meant=typed))

    assert answer.status_code == 422
    assert "meant" in answer.context["form"].errors
