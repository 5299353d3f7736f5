"""Who is heard: those who agreed, listened to on the network itself, and applause that does not carry."""

import pytest
from django.utils import timezone

from colibri.networks.items import Draft
from colibri.people.models import Account, Block, Consent
from colibri.showcase.actions import be_ranked, be_ranked_no_more
from colibri.showcase.models import Ranked
from colibri.showcase.queries import standings
from tests.rooms import everything_stored, village

__all__ = ["village"]


def speaks(
    village, handle: str, *, heard_by: int = 0, applauded_by: tuple[str, ...] = (), followers: int = 10
) -> Account:
    """Somebody with followers posts five times; strangers and friends boost each post."""
    if not village.world._state.knows(handle):
        village.opens(handle)
    for number in range(followers):
        village.opens(f"{handle}-f{number}")
        village.world.follow(f"{handle}-f{number}", handle)
    village.connects(handle)
    mine = village.client(handle)
    for turn in range(5):
        post = mine.publish(Draft(f"Un mot, le {turn}", mine.new_key()))
        # Strangers come and go: not the same ones each time.
        boosting = [f"{handle}-f{(turn * 3 + number) % followers}" for number in range(heard_by)]
        for friend in (*boosting, *applauded_by):
            if not village.world._state.knows(friend):
                village.opens(friend)
            theirs = village.client(friend)
            theirs.boost(post, key=theirs.new_key())
    return village.account(handle)


def listened(village) -> list[tuple[str, int]]:
    village.work("showcase.Ranked")
    return [(one.identity.handle, one.place) for one in standings(village.collective, now=timezone.now())]


def agrees(village, *accounts: Account) -> None:
    for one in accounts:
        be_ranked(one, village.collective, by="page", now=timezone.now())


def test_who_is_answered_more_for_the_followers_they_have_comes_first(village):
    """Of three, one with few followers who listen; nobody else is listened to."""
    people = [
        speaks(village, "rousserolle", heard_by=1, followers=30),
        speaks(village, "mesange", heard_by=5, followers=10),
        speaks(village, "pinson", heard_by=4, followers=20),
    ]
    speaks(village, "silencieux", heard_by=9)
    agrees(village, *people)

    assert listened(village) == [("mesange", 1), ("pinson", 2), ("rousserolle", 3)]
    first = Ranked.objects.get(place=1)
    assert first.low < first.rate < first.high
    assert first.followers == 10
    assert b"mesange-f0" not in str(first.reactions).encode()


def test_those_who_only_applaud_each_other_come_last(village):
    bots = tuple(f"robot{number}" for number in range(6))
    honest = [speaks(village, "rousserolle", heard_by=2), speaks(village, "mesange", heard_by=3)]
    robots = [
        speaks(village, one, applauded_by=tuple(other for other in bots if other != one), followers=1)
        for one in bots
    ]
    agrees(village, *honest, *robots)

    ranked = listened(village)
    assert {handle for handle, _place in ranked[:2]} == {"rousserolle", "mesange"}
    assert Ranked.objects.get(identity__handle="robot0").reactions[0]  # they did react


def test_withdrawing_erases_what_was_kept_and_the_others_move_up(village):
    people = [speaks(village, "rousserolle", heard_by=2), speaks(village, "mesange", heard_by=5)]
    agrees(village, *people)
    listened(village)
    be_ranked_no_more(people[1], village.collective, by="page", now=timezone.now())

    assert [one.identity.handle for one in standings(village.collective, now=timezone.now())] == [
        "rousserolle"
    ]
    assert Ranked.objects.get().place == 1
    assert not Consent.objects.filter(account=people[1], purpose="be_ranked", withdrawn_at=None).exists()


def test_the_page_says_who_how_and_lets_one_in_and_out(village, client):
    speaker = speaks(village, "rousserolle", heard_by=2)
    page = client.get("/c/village/heard/", headers={"accept-language": "en"}).content.decode()
    assert "Nobody yet" in page
    assert "square root" in page
    client.force_login(speaker)
    client.post("/c/village/heard/me/", {"agree": "1"})
    listened(village)
    page = client.get("/c/village/heard/", headers={"accept-language": "en"}).content.decode()
    assert "@rousserolle" in page
    client.post("/c/village/heard/me/")
    assert not Ranked.objects.exists()


def test_only_ones_own_accounts_and_only_connected_ones(village, client):
    speaks(village, "rousserolle", heard_by=2)
    assert client.post("/c/village/heard/me/", {"agree": "1"}).status_code == 302  # to the door
    client.force_login(village.account("personne"))
    answer = client.post(
        "/c/village/heard/me/", {"agree": "1"}, follow=True, headers={"accept-language": "en"}
    )
    assert "Connect an account" in answer.content.decode()
    assert not Ranked.objects.exists()


def test_whoever_is_unwelcome_or_answers_no_more_is_not_shown(village):
    people = [speaks(village, "rousserolle", heard_by=2), speaks(village, "mesange", heard_by=5)]
    agrees(village, *people)
    listened(village)
    Block.objects.create(collective=village.collective, person=people[1])
    assert [one.identity.handle for one in standings(village.collective, now=timezone.now())] == [
        "rousserolle"
    ]
    village.later(days=31)
    assert standings(village.collective, now=timezone.now()) == []


@pytest.mark.parametrize("posts", [0, 1])
def test_somebody_who_has_hardly_spoken_is_no_fault(village, posts):
    village.opens("rousserolle")
    village.connects("rousserolle")
    mine = village.client("rousserolle")
    for _ in range(posts):
        mine.publish(Draft("Un mot", mine.new_key()))
    agrees(village, village.account("rousserolle"))

    assert listened(village) == [("rousserolle", 1)]


def test_nobody_who_reacted_is_named_in_the_database(village):
    speaker = speaks(village, "rousserolle", heard_by=3)
    agrees(village, speaker)
    listened(village)

    assert b"rousserolle-f1" not in everything_stored()
