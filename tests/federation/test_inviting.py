"""Whoever wears a collective's hashtag in their biography is invited once, alone, and never in public."""

import pytest
from django.utils import timezone

from colibri.federation.actions.inviting import invite_wearers
from colibri.federation.models import Invitation
from colibri.networks.items import Actor
from colibri.people.models import Block, Identity
from tests.federation.neighbours import town
from tests.rooms import SEARCH

__all__ = ["town"]


def read_biographies(village) -> None:
    """The followers of a relay are fetched again."""
    village.later(days=8)
    village.work("audiences.Audience")


def states() -> list[tuple[str, str, str]]:
    return sorted(Invitation.objects.values_list("identity__handle", "kind", "state"))


def test_where_no_word_is_private_the_animators_are_told_and_nothing_is_written(village, client):
    village.lends("rousserolle")
    village.opens("lou", "Bibliothécaire, je soutiens #VILLAGE")
    village.opens("sasha", "Cherche un poste. #villageR #village")
    village.opens("yael", "Rien à voir #ailleurs")
    for handle in ("lou", "sasha", "yael"):
        village.world.follow(handle, "rousserolle")
    for _week in range(2):
        read_biographies(village)

    assert states() == [
        ("lou", "relay", "by_hand"),
        ("sasha", "relay", "by_hand"),
        ("sasha", "seeker", "by_hand"),
    ]
    assert not village.written("post")
    assert not village.written("reply")
    assert not Identity.objects.filter(handle="yael").exists()

    client.force_login(village.animator)
    page = client.get("/c/village/sources/", headers={"accept-language": "en"}).content.decode()
    assert "@lou" in page
    assert "/c/village/relay/" in page
    first = Invitation.objects.get(identity__handle="lou")
    client.post(f"/c/village/invitations/{first.pk}/", {"sent": "1"})
    second = Invitation.objects.get(identity__handle="sasha", kind="relay")
    client.post(f"/c/village/invitations/{second.pk}/")
    read_biographies(village)
    assert [state for _handle, _kind, state in states()] == ["sent", "dropped", "by_hand"]


def test_whoever_came_or_left_or_is_unwelcome_is_not_invited(village):
    village.lends("rousserolle")
    village.posts("camille", SEARCH)
    village.lends("lou")
    village.opens("sasha")
    for handle in ("camille", "lou", "sasha"):
        village.world.describe(handle, handle, "#villageR #village")
        village.world.follow(handle, "rousserolle")
    Block.objects.create(
        collective=village.collective,
        identity=Identity.objects.create(network="memory", actor_id="memory:sasha", handle="sasha"),
    )
    read_biographies(village)

    assert states() == [("camille", "relay", "by_hand"), ("lou", "seeker", "by_hand")]


def wearer(camille) -> list[tuple[Actor, set[str]]]:
    return [(Actor(camille.id, "camille@a.example"), {"hirondellesr", "hirondelles"})]


def notes_to(camille) -> list[str]:
    received = [one["object"]["content"] for one in camille.town.posted if one["type"] == "Create"]
    return [words for words in received if "biograph" in words]


@pytest.fixture
def relay(home) -> Identity:
    return Identity.objects.create(network="mastodon", server="https://a.example", actor_id="x", handle="r@a")


def test_where_words_can_be_private_they_are_told_once(home, camille, relay):
    for _again in range(2):
        invite_wearers(home.collective, relay, wearer(camille), now=timezone.now())
        home.work()

    assert sorted(Invitation.objects.values_list("kind", "state")) == [("relay", "sent"), ("seeker", "sent")]
    assert len(notes_to(camille)) == 2


def test_whoever_came_before_the_word_was_sent_is_not_written_to(home, camille, relay):
    invite_wearers(home.collective, relay, wearer(camille), now=timezone.now())
    identity = Identity.objects.get(actor_id=camille.id)
    home.collective.consents.create(identity=identity, purpose="be_asked", given_by="page")
    home.work()

    assert sorted(Invitation.objects.values_list("kind", "state")) == [
        ("relay", "dropped"),
        ("seeker", "sent"),
    ]
