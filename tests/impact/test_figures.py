"""The public figures, their method, and what animators see of outcomes."""

import gzip
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from colibri.appeals.models import Appeal
from colibri.common.work import sweep
from colibri.impact.actions import plan_editions
from colibri.impact.models import Day, FollowUp, Outcome
from colibri.people.models import Role
from tests.impact.crowd import collective_named, searches_of
from tests.sample_world import account

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 4, 10, tzinfo=UTC)
KINDS = ["found_here", "found_elsewhere", "training", ""]


@pytest.fixture
def place(db):
    """A collective in its tenth month: 40 searches a month, a count each day, an edition each month."""
    cache.clear()
    collective = collective_named()
    for month in range(1, 11):
        rows = [("84" if one % 3 else "53", "K1202", KINDS[one % 4], 20 + one) for one in range(40)]
        rows += [("28", "M1203", "", 0)] * 3
        searches_of(collective, date(2026, month, 1), rows)
    Day.objects.bulk_create(
        Day(
            collective=collective,
            day=NOW.date() - timedelta(days=back),
            counted_at=NOW,
            relayed=10 + back,
            ever=430 - back,
            boosts=30,
            relays=12,
            reach=4000 + 10 * back,
        )
        for back in range(1, 40)
    )
    with time_machine.travel(NOW, tick=False):
        plan_editions(now=NOW)
        sweep(now=NOW, only={"impact.Edition"})
        yield collective
    cache.clear()


def page(address: str, who=None):
    browser = Client()
    if who is not None:
        browser.force_login(who)
    return browser.get(address)


def animator_of(collective):
    made = account("anime")
    Role.objects.create(account=made, collective=collective, kind="animator")
    return made


def test_each_figure_has_its_definition_and_each_drawing_its_table(place):
    words = page("/c/hirondelles/figures/").content.decode()

    assert "429" in words  # people relayed until yesterday
    assert words.count("Que compte-t-on") == 4
    assert words.count("<svg") - words.count('class="mark"') == 4  # three histories and the share
    assert words.count("La même chose en tableau") == 3
    assert "300" in words  # outcomes told
    assert "de retour à l’emploi dans les six mois" in words.replace("\xa0", " ")


def test_the_share_is_told_with_its_interval_its_silence_and_both_extremes(place):
    headline = place.editions.get().headline
    words = page("/c/hirondelles/figures/").content.decode().replace("\xa0", " ")

    assert headline["people"] == 430
    for name in ("share", "low", "high", "silence", "none", "all"):
        assert f"{round(100 * headline[name])} %" in words or f"{round(100 * headline[name])} et" in words


def test_the_page_is_light_and_so_is_the_report(place):
    for address in (
        "/c/hirondelles/figures/",
        "/c/hirondelles/report/2026/",
        "/c/hirondelles/figures/method/",
    ):
        answer = page(address)
        assert answer.status_code == 200
        assert len(gzip.compress(answer.content)) <= 14_000


def test_a_young_collective_says_that_it_is_young(db):
    cache.clear()
    collective_named("nids")
    words = page("/c/nids/figures/").content.decode()

    assert "moins de dix" in words
    assert "compté après minuit" in words
    assert "à partir de cent recherches" in words


def test_a_hundred_thousand_appeals_take_no_more_questions(place, django_assert_max_num_queries):
    """The public page of a large collective: bounded questions, none of which reads the appeals."""
    Appeal.objects.bulk_create(
        (Appeal(collective=place, state="active", public_id=f"p{number}") for number in range(100_000)),
        batch_size=5_000,
    )
    assert Appeal.objects.count() > 100_000
    with django_assert_max_num_queries(20) as asked:
        assert page("/c/hirondelles/figures/").status_code == 200
    assert not [one["sql"] for one in asked.captured_queries if 'FROM "appeals_appeal"' in one["sql"]]
    with django_assert_max_num_queries(30):
        assert page("/c/hirondelles/").status_code == 200


def test_animators_see_outcomes_and_nobody_else_does(place):
    assert page("/c/hirondelles/outcomes/").status_code == 302
    assert page("/c/hirondelles/outcomes/", account("stranger")).status_code == 404
    words = page("/c/hirondelles/outcomes/", animator_of(place)).content.decode()

    assert "Auvergne-Rhône-Alpes" in words
    assert "log-rank" in words
    assert "Normandie" not in words.split("Auvergne-Rhône-Alpes")[0]


def test_groups_of_whom_fewer_than_ten_are_known_are_told_together_on_the_dashboard(place):
    """Normandy's thirty are silent: nothing is told of them alone."""
    words = page("/c/hirondelles/outcomes/", animator_of(place)).content.decode()

    assert '<th scope="row">Normandie</th>' not in words
    assert "Normandie" in words


def test_that_one_person_said_stop_is_told_together_with_others(place):
    going = FollowUp.objects.filter(state="going")
    FollowUp.objects.filter(pk=going.first().pk).update(state="stopped")
    board = page("/c/hirondelles/outcomes/", animator_of(place)).content.decode()

    assert f'<td class="number">{going.count() + 1}</td>' in board
    assert '<td class="number">1</td>' not in board


def test_a_word_of_thanks_is_shown_when_its_writer_and_an_animator_agree(place):
    spoken, private = Outcome.objects.filter(kind="found_here", told_at__month=10)[:2]
    Outcome.objects.filter(pk=spoken.pk).update(word="Merci du fond du cœur", word_public=True)
    Outcome.objects.filter(pk=private.pk).update(word="Pour vous seuls")
    animator = animator_of(place)
    board = page("/c/hirondelles/outcomes/", animator).content.decode()
    assert "Merci du fond du cœur" in board
    assert "Pour vous seuls" not in board
    report = "/c/hirondelles/report/2026-10/"
    assert "Merci du fond du cœur" not in page(report).content.decode()

    browser = Client()
    browser.force_login(animator)
    browser.post("/c/hirondelles/outcomes/", {"word": spoken.pk, "do": "show"})
    assert "Merci du fond du cœur" in page(report).content.decode()
    assert browser.post("/c/hirondelles/outcomes/", {"word": private.pk, "do": "show"}).status_code == 404
    browser.post("/c/hirondelles/outcomes/", {"word": spoken.pk, "do": "hide"})
    assert "Merci du fond du cœur" not in page(report).content.decode()
    assert FollowUp.objects.count() == 430
