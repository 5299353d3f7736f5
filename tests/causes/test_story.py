"""What bounds a cause: its date, relays' consents, its share of the day, who may do what.

Its whole story is told in `tests/acceptance/test_factory.py`.
"""

import re
from collections import Counter
from datetime import UTC, date, datetime

from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colibri.appeals.models import Appeal
from colibri.causes.actions import ask_endings
from colibri.causes.models import Ally, Cause
from colibri.causes.queries import causes_of
from colibri.config.clock import tick
from colibri.people.models import Identity
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


def test_what_is_lent_where_nobody_searches_gives_causes_no_more_of_the_rest(village):
    for number in range(10):
        village.lends(f"relais{number}", followers=1, boosts_a_day=1, causes=True)
        village.lends(f"ailleurs{number}", followers=1, boosts_a_day=1)
    Identity.objects.filter(handle__startswith="ailleurs").update(network="mastodon")
    accepted(village)
    for name in ("camille", "dominique"):
        village.relayed(name)

    village.plans()

    assert shares(timezone.localdate()) == (2, 8)


def test_none_of_the_day_goes_to_causes_where_animators_say_so(village):
    village.lends("relais", causes=True)
    accepted(village)
    village.collective.cause_share = 0
    village.collective.save()

    assert village.plans().state == "empty"


def test_another_date_stands_at_once_and_animators_are_told(village):
    cause = accepted(village)
    page = reverse("causes:write", args=[cause.appeal.public_id])
    browser(village, "rosalie").post(page, {**WORDS, "deadline": "2027-01-20"})
    assert "20 janvier 2027" in Client().get(cause.get_absolute_url()).content.decode()
    village.work()
    (told,) = [one for one in mail.outbox if "Autre date" in one.subject]
    assert told.to == [village.animator.email]
    assert "20 janvier 2027" in told.body


def test_whoever_is_taken_out_reads_nothing_is_named_nowhere_and_no_link_lets_them_in(village):
    cause = accepted(village)
    group, public = reverse("causes:group", args=[cause.appeal.public_id]), cause.get_absolute_url()
    rosalie, animator = browser(village, "rosalie"), Client()
    animator.force_login(village.animator)
    link = link_of(village, cause, "rosalie")
    for name in ("basile", "cerise"):
        village.account(name)
        browser(village, name).post(link, {"name": name.title(), "named": "on"})
        link = link_of(village, cause, name)
    basile, cerise = Ally.objects.get(name="Basile"), Ally.objects.get(name="Cerise")
    of_basile = link_of(village, cause, "basile")
    assert browser(village, "cerise").post(group, {"do": "out", "row": basile.pk}).status_code == 403
    beginner = Ally.objects.get(name="Rosalie")
    assert animator.post(group, {"do": "out", "row": beginner.pk}).status_code == 404
    assert rosalie.post(group, {"do": "out", "row": "x"}).status_code == 404

    rosalie.post(group, {"do": "out", "row": basile.pk})

    assert browser(village, "basile").get(group).status_code == 404
    assert "Basile" not in Client().get(public).content.decode()
    assert "Cerise" in Client().get(public).content.decode()  # who was invited by them stays
    assert "Basile" not in browser(village, "cerise").get(group).content.decode()
    for way in (of_basile, link_of(village, cause, "cerise")):
        assert browser(village, "basile").post(way, {"name": "Basile"}).status_code == 404
    village.account("denis")
    assert browser(village, "denis").post(of_basile, {"name": "Denis"}).status_code == 404
    assert basile.cause not in causes_of(village.account("basile"))

    animator.post(group, {"do": "back", "row": basile.pk})

    assert browser(village, "basile").get(group).status_code == 200
    animator.post(group, {"do": "out", "row": cerise.pk})
    rosalie.post(
        reverse("causes:decide", args=[cause.appeal.public_id]), {"do": "end", "ending": "lost", "words": ""}
    )
    village.work()
    heard = {one.to[0] for one in mail.outbox if WORDS["title"] in one.subject and "Perdu" in one.subject}
    assert {"basile@example.org"} <= heard
    assert "cerise@example.org" not in heard


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


def test_how_it_ended_stays_among_the_causes_of_its_collective(village):
    cause = accepted(village)
    listing = reverse("causes:causes", args=["village"])
    assert "Comment d’autres se sont terminées" not in Client().get(listing).content.decode()

    end = {"do": "end", "ending": "saved", "words": "Oui"}
    browser(village, "rosalie").post(reverse("causes:decide", args=[cause.appeal.public_id]), end)

    page = Client().get(listing).content.decode()
    assert page.index("Aucune cause n’est ouverte") < page.index("Comment d’autres se sont terminées")
    assert cause.get_absolute_url() in page
