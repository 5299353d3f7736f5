"""The joined pages: first page, collective, everybody's own, where a message went, the animator's day."""

from datetime import timedelta

import numpy as np
import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from colibri.appeals.models import Answer, Appeal, Message
from colibri.audiences.models import HASH, Audience
from colibri.compute.classes import pack
from colibri.federation.models import Source
from colibri.helping.actions import give_help
from colibri.helping.models import Giving
from colibri.people.models import Account, Collective, Identity, Role
from colibri.relays.models import Boost, Plan
from tests.sample_world import World, sample_world

pytestmark = pytest.mark.django_db

COLLECTIVE = "/c/hirondelles/"
DAY = "/c/hirondelles/day/"


@pytest.fixture(autouse=True)
def _nothing_counted_before():
    cache.clear()


@pytest.fixture
def world() -> World:
    return sample_world()


@pytest.fixture
def appeal(world: World) -> Appeal:
    return Appeal.objects.get(public_id=world.values["public_id"])


@pytest.fixture
def waiting(world: World) -> Appeal:
    """A submitted appeal whose author agreed."""
    row = Appeal.objects.get(state="submitted")
    row.collective.consents.create(account=row.account, purpose="be_relayed", given_by="page")
    return row


def in_english(client, path: str) -> str:
    answer = client.get(path, headers={"accept-language": "en"}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def give_audience(identity: Identity, members: list[int], *, recruiters: int = 0) -> None:
    """Followers of whom the first ones recruit and the others are unknown."""
    rows = np.zeros(len(members), dtype=HASH)
    rows["member"] = sorted(members)
    rows["kind"][:recruiters] = pack(0, 0, 1)
    Audience.objects.update_or_create(
        identity=identity,
        defaults={"followers": rows.tobytes(), "size": len(members), "fetched_at": timezone.now()},
    )


def give_boost(like: Boost, *, days_ago: int) -> Boost:
    """Another relay's gift to the same appeal, some days ago."""
    number = Identity.objects.count()
    identity = Identity.objects.create(
        account=like.offer.identity.account,
        network="memory",
        actor_id=f"memory:{number}",
        handle=f"r{number}",
    )
    moment = timezone.now() - timedelta(days=days_ago)
    offer = like.offer.collective.offers.create(identity=identity)
    return Boost.objects.create(
        plan=like.plan,
        offer=offer,
        appeal=like.appeal,
        publication=like.publication,
        state="given",
        given_at=moment,
    )


# For everybody


def test_the_first_page_tells_what_this_is_and_leads_to_each_collective(client, world):
    text = in_english(client, "/")

    assert "Les Hirondelles" in text
    assert COLLECTIVE in text
    assert reverse("appeals:new", args=["hirondelles"]) in text


def test_pages_speak_french_unless_asked_otherwise(client, world):
    assert 'lang="fr"' in client.get("/").content.decode()
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert 'lang="en"' in client.get("/").content.decode()


def test_a_collective_shows_its_appeals_its_charter_and_where_else_to_turn(client, world, appeal):
    Appeal.objects.filter(pk=appeal.pk).update(place="Brest", contracts=["cdi"])

    text = in_english(client, COLLECTIVE)

    assert "Soudeuse à Brest" in text
    assert reverse("appeals:appeal", args=[appeal.public_id]) in text
    assert "permanent contract (CDI)" in text
    assert "https://www.onisep.fr" in text
    assert "Comptable" not in text  # not accepted yet


def test_figures_count_each_person_once_and_say_what_is_not_known(client, world):
    boost = Boost.objects.get()
    Boost.objects.update(given_at=timezone.now())
    other = give_boost(boost, days_ago=2)
    give_audience(boost.offer.identity, [1, 2, 3, 4], recruiters=1)
    give_audience(other.offer.identity, [3, 4, 5])
    old = give_boost(boost, days_ago=40)
    give_audience(old.offer.identity, [77, 78])

    figures = client.get(COLLECTIVE).context["figures"]

    assert (figures.boosts, figures.reach.people, figures.reach.recruiters) == (2, 5, 1)
    assert figures.unknown_percent == 80


def test_a_second_visitor_within_ten_minutes_reads_no_audience(client, world, django_assert_max_num_queries):
    client.get(COLLECTIVE)

    with django_assert_max_num_queries(10) as queries:
        client.get(COLLECTIVE)

    assert not any("audience" in query["sql"] for query in queries)


def test_the_certificate_is_one_sentence_with_the_plan_beside_none(client, world):
    Plan.objects.update(
        ratio=0.8,
        figures={
            "relays": 1,
            "appeals": 1,
            "planned": {
                "visibility_least": 3.2, "visibility_median": 4.0, "reach_distinct": 1200, "boosts": 9
            },
            "unaided": {
                "visibility_least": 0.0, "visibility_median": 2.5, "reach_distinct": 1300, "boosts": 9
            },
        },
    )  # fmt: skip

    text = in_english(client, COLLECTIVE)

    assert "more than 25.0 % better" in text
    assert "3.2" in text
    assert "1,300" in text


def test_a_collective_without_a_plan_promises_nothing(client):
    Collective.objects.create(slug="neuf", name="Neuf", supporters_hashtag="n", seekers_hashtag="nR")

    assert "% better" not in in_english(client, "/c/neuf/")


def test_many_appeals_come_in_pages_with_as_many_queries(client, world, django_assert_max_num_queries):
    collective = Collective.objects.get()
    for number in range(30):
        row = Appeal.objects.create(collective=collective, state="active")
        Message.objects.create(appeal=row, text=f"Message {number}")

    client.get(COLLECTIVE)
    with django_assert_max_num_queries(10):
        text = in_english(client, COLLECTIVE + "?page=3")

    assert "page 3 of 3" in text


# Everybody's own


@pytest.mark.parametrize(("who", "name"), [("relay", "relays:today"), ("animator", "home:day")])
def test_my_page_leads_straight_to_what_i_am_here_for(client, world, who, name):
    client.force_login(world.people[who])
    Giving.objects.all().delete()  # the sample world's relay helps too

    answer = client.get("/me/")

    assert answer.status_code == 302
    assert answer.url.startswith({"relays:today": "/today/", "home:day": DAY}[name])


def test_who_is_here_for_several_things_finds_a_board(client, world):
    animator = world.people["animator"]
    Appeal.objects.filter(state="active").update(account=animator)
    client.force_login(animator)

    text = in_english(client, "/me/")

    assert DAY in text
    assert "/mine/" in text


def test_a_helper_is_led_to_those_they_help(client, world):
    helper = Account.objects.create_user("helper@example.org")
    give_help(helper, Collective.objects.get(), now=timezone.now(), kinds=["cv"], languages=["fr"])
    client.force_login(helper)

    assert client.get("/me/").url == "/help/"
    board = in_english(client, "/me/?all")
    assert "I give a hand" in board
    assert "would like a hand from you" not in board
    assert "What would you like to do?" not in board


def test_who_is_new_is_asked_what_they_would_like(client, world):
    client.force_login(Account.objects.create_user("new@example.org"))

    assert "What would you like to do?" in in_english(client, "/me/")


# Where a message went


def test_the_author_sees_who_carried_it_and_how_people_grew_by_day(client, world, appeal):
    boost = Boost.objects.get()
    Boost.objects.update(given_at=timezone.now() - timedelta(days=3))
    other = give_boost(boost, days_ago=1)
    give_audience(boost.offer.identity, [1, 2, 3, 4], recruiters=2)
    give_audience(other.offer.identity, [3, 4, 5])
    client.force_login(appeal.account)

    answer = client.get(reverse("home:reach", args=[appeal.public_id]))

    text = answer.content.decode()
    assert [bar.value for bar in answer.context["bars"]] == [4, 5]
    assert "@relay" in text
    assert f"@{other.offer.identity.handle}" in text
    assert 'role="img"' in text
    assert "<table" in text
    assert answer.context["journey"].reach.recruiters == 2


def test_where_a_message_went_is_its_authors_and_the_animators(client, world, appeal):
    path = reverse("home:reach", args=[appeal.public_id])
    seen = {}
    for who in ("stranger", "relay", "seeker", "animator"):
        client.force_login(world.people[who])
        seen[who] = client.get(path).status_code

    assert seen == {"stranger": 403, "relay": 403, "seeker": 200, "animator": 200}


# The animator's day


def test_only_animators_of_the_collective_see_its_day(client, world):
    other = Collective.objects.create(
        slug="autre", name="Autre", supporters_hashtag="a", seekers_hashtag="aR"
    )
    elsewhere = Account.objects.create_user("elsewhere@example.org")
    Role.objects.create(account=elsewhere, collective=other, kind="animator")
    seen = []
    for account in (elsewhere, world.people["seeker"], world.people["relay"], world.people["animator"]):
        client.force_login(account)
        seen.append((client.get(DAY).status_code, client.post(DAY, {"do": "accept", "row": "1"}).status_code))

    assert seen[:3] == [(403, 403)] * 3
    assert seen[3][0] == 200


def test_accepting_from_the_queue_writes_who_and_when(client, world, waiting):
    client.force_login(world.people["animator"])

    client.post(DAY, {"do": "accept", "row": waiting.pk, "version": 1})

    waiting.refresh_from_db()
    decision = waiting.decisions.get()
    assert (waiting.state, decision.kind, decision.by) == ("accepted", "accepted", world.people["animator"])


def test_the_second_of_two_animators_learns_who_was_first(client, world, waiting):
    first = Account.objects.create_user("camille@example.org", name="Camille")
    for account in (first, world.people["animator"]):
        Role.objects.get_or_create(account=account, collective=waiting.collective, kind="animator")
    client.force_login(first)
    client.post(DAY, {"do": "accept", "row": waiting.pk, "version": 1})
    client.force_login(world.people["animator"])

    late = client.post(
        DAY, {"do": "accept", "row": waiting.pk, "version": 1}, headers={"accept-language": "en"}
    )

    assert late.status_code == 409
    assert "Camille decided “accepted”" in late.content.decode()
    assert "camille@example.org" not in late.content.decode()
    waiting.refresh_from_db()
    assert waiting.decisions.get().by == first


def test_nobody_is_accepted_who_did_not_agree(client, world):
    row = Appeal.objects.get(state="submitted")
    client.force_login(world.people["animator"])

    assert client.post(DAY, {"do": "accept", "row": row.pk, "version": 1}).status_code == 409
    row.refresh_from_db()
    assert row.state == "submitted"


def test_words_changed_after_they_were_read_are_not_accepted_unread(client, world, waiting):
    Message.objects.create(appeal=waiting, version=2, text="Envoyez-moi 100 euros.")
    client.force_login(world.people["animator"])

    answer = client.post(DAY, {"do": "accept", "row": waiting.pk, "version": 1})

    assert answer.status_code == 409
    assert "Envoyez-moi" in answer.content.decode()
    waiting.refresh_from_db()
    assert waiting.state == "submitted"


def test_refusing_takes_a_reason_of_the_list(client, world, waiting):
    client.force_login(world.people["animator"])

    assert client.post(DAY, {"do": "refuse", "row": waiting.pk, "reason": "taste"}).status_code == 404
    client.post(DAY, {"do": "refuse", "row": waiting.pk, "reason": "rules"})

    waiting.refresh_from_db()
    assert (waiting.state, waiting.refusal) == ("refused", "rules")


def test_what_is_relayed_can_be_sent_back_to_the_queue(client, world, appeal):
    client.force_login(world.people["animator"])

    client.post(DAY, {"do": "back", "row": appeal.pk})

    appeal.refresh_from_db()
    assert appeal.state == "submitted"


@pytest.mark.parametrize(("do", "then"), [("release", "forwarding"), ("reject", "rejected")])
def test_held_words_are_forwarded_or_rejected(client, world, do, then):
    held = Answer.objects.get(state="held")
    client.force_login(world.people["animator"])
    assert "Notre chantier" in in_english(client, DAY)

    client.post(DAY, {"do": do, "row": held.pk})

    held.refresh_from_db()
    assert held.state == then


def test_rows_of_another_collective_are_out_of_reach(client, world):
    other = Collective.objects.create(
        slug="autre", name="Autre", supporters_hashtag="a", seekers_hashtag="aR"
    )
    row = Appeal.objects.create(collective=other, state="submitted")
    client.force_login(world.people["animator"])

    assert client.post(DAY, {"do": "refuse", "row": row.pk, "reason": "rules"}).status_code == 404
    assert client.post(DAY, {"do": "accept", "row": "x"}).status_code == 404


def test_the_day_shows_what_fails_and_who_must_connect_again(client, world):
    boost = give_boost(Boost.objects.get(), days_ago=0)
    Boost.objects.filter(pk=boost.pk).update(state="failed", fault="gone", problem="no such post")
    Plan.objects.update(made_at=timezone.now())
    Identity.objects.filter(handle="relay").update(refused_at=timezone.now())
    Source.objects.update(heard_at=timezone.now() - timedelta(hours=5))
    client.force_login(world.people["animator"])

    text = in_english(client, DAY)

    assert "it is no longer there" in text
    assert "no such post" not in text
    assert "Accounts to connect again" in text
    assert "silent" in text
