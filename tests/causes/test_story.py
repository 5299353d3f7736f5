"""A sawmill's story: a group on Friday, 200 relays by Sunday, another date, offers, and the end told."""

import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colibri.appeals.models import Answer, Appeal
from colibri.causes.actions import ask_endings
from colibri.causes.models import Ally, Cause
from colibri.config.clock import tick
from colibri.people.models import Consent
from colibri.relays.models import Boost
from tests.rooms import Village, village

__all__ = ["village"]

WORDS = {
    "name": "Rosalie",
    "title": "Sauvons la scierie",
    "goal": "un repreneur, trente-deux emplois",
    "text": "La scierie ferme en janvier si personne ne la reprend. Parlez-en autour de vous.",
    "story": "## Depuis 1920\n\nOn y scie du chêne.",
    "needs": "Un repreneur",
    "media_contact": "presse@scierie.example",
    "deadline": "2026-12-15",
}
RELAYS = 200


def browser(village: Village, name: str) -> Client:
    client = Client()
    client.force_login(village.account(name))
    return client


def begun(village: Village) -> Cause:
    kept = browser(village, "rosalie").post(reverse("causes:begin", args=["village"]), WORDS)
    assert kept.status_code == 302, kept.content.decode()
    return Cause.objects.get()


def link_of(village: Village, cause: Cause, name: str) -> str:
    page = browser(village, name).get(reverse("causes:group", args=[cause.appeal.public_id]))
    found = re.search(r'value="https?://[^/]+(/causes/join/[^"]+)"', page.content.decode())
    assert found
    return found.group(1)


def accepted(village: Village, cause: Cause | None = None) -> Cause:
    cause = cause or begun(village)
    page = reverse("causes:decide", args=[cause.appeal.public_id])
    browser(village, "rosalie").post(page, {"do": "publish"})
    day = Client()
    day.force_login(village.animator)
    version = cause.appeal.message.version
    day.post(
        reverse("home:day", args=["village"]), {"do": "accept", "row": cause.appeal_id, "version": version}
    )
    village.work()
    return Cause.objects.get()


def shares(day: date) -> tuple[int, int]:
    """(boosts planned for causes, for people) of a day."""
    kinds = Counter(Boost.objects.filter(plan__day=day).values_list("appeal__kind", flat=True))
    return kinds["cause"], kinds["search"]


@pytest.mark.timeout(300)
def test_from_a_private_group_to_an_end_that_is_told(village):
    cause = begun(village)
    assert Client().get(cause.get_absolute_url()).status_code == 404
    link = link_of(village, cause, "rosalie")
    for guest in ("basile", "cerise"):
        joined = browser(village, guest).post(link, {"name": guest.title(), "named": guest == "basile"})
        assert joined.status_code == 302
        link = link_of(village, cause, guest)  # each invites the next
    assert [ally.invited_by and ally.invited_by.name for ally in Ally.objects.all()] == [
        None,
        "Rosalie",
        "Basile",
    ]
    for number in range(RELAYS):
        village.lends(f"relais{number}", followers=1, causes=number % 10 != 0)
    village.relayed("camille")
    village.relayed(
        "dominique", f"Je cherche un CDI de comptable à Lyon. #{village.collective.seekers_hashtag}"
    )
    cause = accepted(village, cause)

    village.plans()
    for_causes, _for_people = shares(timezone.localdate())
    lent = 3 * RELAYS
    assert 0 < for_causes <= lent // 5
    willing = set(Consent.objects.filter(purpose="relay_causes").values_list("identity", flat=True))
    carried = Boost.objects.filter(appeal__kind="cause")
    assert set(carried.values_list("offer__identity", flat=True)) <= willing
    village.evening()
    village.at(datetime(2026, 11, 22, 15, 5, tzinfo=UTC))
    village.plans()
    village.at(datetime(2026, 11, 22, 21, 30, tzinfo=UTC))
    village.work()
    given = Boost.objects.filter(appeal__kind="cause", state="given")
    assert given.values("offer").distinct().count() == min(2 * (lent // 5), RELAYS * 9 // 10)
    page = Client().get(cause.get_absolute_url()).content.decode()
    assert "Basile" in page
    assert "Cerise" not in page

    rosalie = browser(village, "rosalie")
    rosalie.post(reverse("causes:write", args=[cause.appeal.public_id]), {**WORDS, "deadline": "2027-01-20"})
    page = Client().get(cause.get_absolute_url()).content.decode()
    assert "20 janvier 2027" in page
    assert "15 décembre 2026" in page  # the news says from which date it moved
    offers(village, cause)
    ends(village, cause)


def offers(village: Village, cause: Cause) -> None:
    words = {
        "name": "Achille",
        "email": "achille@acheteur.example",
        "text": "Je reprends la scie et six postes.",
    }
    sent = Client().post(cause.get_absolute_url(), words)
    assert sent.status_code == 302
    village.work()
    answer = Answer.objects.get()
    link = next(re.search(r"/answer/\S+", one.body) for one in mail.outbox if one.to == [words["email"]])
    Client().post(link.group(0).rstrip("."))
    village.work()
    answer.refresh_from_db()
    assert answer.state == "forwarded"
    assert "Je reprends la scie" in next(
        one.body for one in mail.outbox if one.to == ["rosalie@example.org"] and "scie et six" in one.body
    )


def ends(village: Village, cause: Cause) -> None:
    standing = village.standing()
    assert standing
    told = browser(village, "rosalie").post(
        reverse("causes:decide", args=[cause.appeal.public_id]),
        {"do": "end", "ending": "saved", "words": "Achille la reprend, vingt-huit emplois restent."},
    )
    assert told.status_code == 302
    village.work()
    village.later(hours=1)
    village.work()
    appeal = Appeal.objects.get(kind="cause")
    assert (appeal.state, appeal.ending) == ("closed", "saved")
    assert not Boost.objects.filter(appeal=appeal, state__in=["given", "planned", "offered"]).exists()
    heard = {one.to[0] for one in mail.outbox if "Sauvé" in one.subject}
    assert "relais1@example.org" in heard
    page = Client().get(cause.get_absolute_url()).content.decode()
    assert "vingt-huit emplois" in page


def test_a_date_that_passed_is_asked_about_once_and_another_date_lets_it_go_on(village):
    village.account("rosalie")
    village.lends("relais")
    cause = accepted(village)
    assert cause.appeal.state == "active"
    village.at(datetime(2026, 12, 16, 9, tzinfo=UTC))
    assert tick(now=timezone.now()) == []
    assert ask_endings(now=timezone.now()) == 0
    village.work()
    assert [one.to for one in mail.outbox if "terminé" in one.subject] == [["rosalie@example.org"]]

    page = reverse("causes:write", args=[cause.appeal.public_id])
    late = browser(village, "rosalie").post(page, {**WORDS, "deadline": "2026-12-01"})
    assert late.status_code == 422
    assert "On y scie du chêne" in late.content.decode()
    browser(village, "rosalie").post(page, {**WORDS, "deadline": "2027-01-20"})
    cause.appeal.refresh_from_db()
    assert cause.appeal.state == "active"


def test_a_relay_who_says_no_to_causes_is_asked_for_none(village):
    offer = village.lends("relais", causes=True)
    village.lends("autre")
    accepted(village)
    village.collective.cause_share = 50
    village.collective.save()
    village.plans()
    assert Boost.objects.get().offer == offer

    page = reverse("relays:offer", args=["village"])
    terms = {
        "identity": offer.identity_id,
        "mode": "automatic",
        "boosts_a_day": 3,
        "first_hour": 18,
        "last_hour": 22,
        "days": [0, 1, 2, 3, 4, 5, 6],
        "agree": "on",
    }
    changed = browser(village, "relais").post(page, terms)
    assert changed.status_code == 302
    village.evening()

    assert village.states() == ["expired"]


def test_a_cause_accepted_after_the_plan_gets_its_share_of_the_same_day(village):
    for number in range(10):
        village.lends(f"relais{number}", followers=1, boosts_a_day=1, causes=True)
    village.relayed("camille")
    village.relayed(
        "dominique", f"Comptable, je cherche un CDI à Lyon. #{village.collective.seekers_hashtag}"
    )
    village.plans()
    assert shares(timezone.localdate()) == (0, 10)

    accepted(village)
    village.later(minutes=6)
    village.work("relays.Plan")

    waits = Counter(Boost.objects.filter(state="planned").values_list("appeal__kind", flat=True))
    assert waits == {"cause": 2, "search": 8}
    village.evening()
    assert Boost.objects.filter(state="given").count() == 10


def test_none_of_the_day_goes_to_causes_where_animators_say_so(village):
    village.lends("relais", causes=True)
    accepted(village)
    village.collective.cause_share = 0
    village.collective.save()

    assert village.plans().state == "empty"


def test_who_may_do_what(village):
    cause = begun(village)
    public_id = cause.appeal.public_id
    village.account("etranger")
    stranger = browser(village, "etranger")
    assert stranger.get(reverse("causes:group", args=[public_id])).status_code == 404
    assert stranger.get(reverse("causes:write", args=[public_id])).status_code == 403
    assert stranger.post(reverse("causes:decide", args=[public_id]), {"do": "give_up"}).status_code == 403
    assert stranger.get(reverse("causes:join", args=["x"])).status_code == 404
    animator = Client()
    animator.force_login(village.animator)
    page = reverse("causes:decide", args=[public_id])
    assert animator.post(page, {"do": "publish"}).status_code == 403  # the yes is its beginner's alone

    link = link_of(village, cause, "rosalie")
    browser(village, "etranger").post(link, {"name": "Étranger"})
    browser(village, "etranger").post(link, {"name": "Deux fois"})
    assert Ally.objects.count() == 2
    group = reverse("causes:group", args=[public_id])
    assert stranger.post(group, {"do": "news", "text": "Je parle", "public": "on"}).status_code == 403
    assert stranger.post(group, {"do": "leave"}).status_code == 302
    assert Ally.objects.count() == 1
    browser(village, "rosalie").post(page, {"do": "give_up"})
    assert not Appeal.objects.filter(kind="cause").exists()


def test_a_cause_and_a_search_of_one_person_stand_beside_each_other(village):
    village.opens("rosalie")
    village.connects("rosalie")
    village.lends("relais", causes=True)
    search = village.relayed("rosalie")
    cause = accepted(village)
    rosalie = browser(village, "rosalie")

    rosalie.post(reverse("causes:decide", args=[cause.appeal.public_id]), {"do": "give_up"})

    search.refresh_from_db()
    assert search.state == "active"
    assert Appeal.objects.get(kind="cause").state == "closed"
    assert Client().get(cause.get_absolute_url()).status_code == 404
