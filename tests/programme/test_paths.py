"""A programme walked in cohorts: steps that open others, words for oneself, counts and partners."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from colibri.common.states import WrongMove
from colibri.people.models import Role
from colibri.programme.actions import (
    CohortClosed,
    close_cohort,
    join_cohort,
    leave_cohort,
    make_programme,
    mark_step,
    open_cohort,
)
from colibri.programme.models import Cohort, Gift, Partner, Progress, Registration, Step, StepCount, Walk
from tests.programme.conftest import BEGINS
from tests.programme.racing import at_once
from tests.sample_world import account

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def cohort(room) -> Cohort:
    programme = make_programme(room.collective, "fr")
    return Cohort.objects.create(
        programme=programme,
        name="Bretagne, hiver",
        region="53",
        begins_on=date(2026, 11, 1),
        ends_on=date(2027, 3, 1),
        places=2,
        state="open",
    )


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def steps(cohort) -> dict[str, Step]:
    return {one.kind: one for one in cohort.programme.steps.all()}


def joins(room, who, cohort, do="join"):
    return room.browser(who).post(f"/cohorts/{cohort.public_id}/join/", {"do": do}, follow=True)


def marks(room, who, cohort, kind, as_kind, word=""):
    path = reverse("programme:mark", args=[cohort.public_id, steps(cohort)[kind].pk])
    return room.browser(who).post(path, {"kind": as_kind, "word": word}, follow=True)


def counts(cohort) -> dict[str, tuple[int, int]]:
    kept = StepCount.objects.filter(cohort=cohort).select_related("step")
    return {one.step.kind: (one.done, one.skipped) for one in kept}


@pytest.mark.parametrize(("language", "first"), [("fr", "Rencontrer"), ("en", "Meet")])
def test_six_steps_ship_in_both_languages(room, language, first):
    made = make_programme(room.collective, language)

    assert made.steps.count() == 6
    assert made.steps.all()[0].title.startswith(first)
    assert {one.after.kind for one in made.steps.all() if one.after} == {"models", "skills"}


def test_a_step_opens_another_and_one_is_left_out_with_a_word(room, cohort):
    ana = room.person("ana")
    joins(room, ana, cohort)
    assert "ouvre après une autre" in marks(room, ana, cohort, "mentor", "done").content.decode()
    assert not Progress.objects.exists()
    marks(room, ana, cohort, "models", "skipped", "Je connais mon métier.")
    page = marks(room, ana, cohort, "mentor", "done").content.decode()

    assert "2 étapes sur 6 sont derrière vous" in page
    assert "Je connais mon métier." in page
    seen = room.browser(room.animator).get(cohort.get_absolute_url()).content.decode()
    assert "Je connais mon métier." not in seen
    assert counts(cohort) == {"models": (0, 1), "mentor": (1, 0)}
    marks(room, ana, cohort, "mentor", "")
    assert counts(cohort) == {"models": (0, 1), "mentor": (0, 0)}


def test_who_did_all_is_at_its_end_and_may_go_back(room, cohort):
    ana = room.person("ana")
    joins(room, ana, cohort)
    for kind in ("models", "skills", "mentor", "workshops", "training", "opportunities"):
        page = marks(room, ana, cohort, kind, "done")
    assert "bravo" in page.content.decode()
    assert Walk.objects.get().state == "finished"
    marks(room, ana, cohort, "training", "")
    assert Walk.objects.get().state == "walking"


def test_places_are_as_many_as_there_are(room, cohort):
    for name in ("ana", "bo"):
        joins(room, room.person(name), cohort)
    assert "Toutes les places sont prises" in joins(room, room.person("cleo"), cohort).content.decode()
    joins(room, room.person("ana"), cohort, "leave")
    joins(room, room.person("cleo"), cohort)
    cohort.refresh_from_db()
    assert cohort.walkers == 2
    assert Walk.objects.exclude(state="left").count() == 2


def test_a_cohort_closed_under_someones_feet_says_so_and_keeps_what_was_done(room, cohort):
    ana = room.person("ana")
    joins(room, ana, cohort)
    marks(room, ana, cohort, "models", "done")
    close_cohort(Cohort.objects.get(), now=NOW)

    for answer in (
        marks(room, ana, cohort, "skills", "done"),
        joins(room, room.person("bo"), cohort),
        joins(room, ana, cohort, "leave"),
    ):
        assert "a été close" in answer.content.decode()
    assert counts(cohort) == {"models": (1, 0)}
    assert Progress.objects.count() == Walk.objects.count() == 1
    with pytest.raises(WrongMove):
        open_cohort(Cohort.objects.get())
    with pytest.raises(CohortClosed):
        join_cohort(room.person("bo"), cohort, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_a_step_and_the_closing_at_once_end_in_one_of_two_right_ways(room, cohort, tmp_path):
    walk = join_cohort(room.person("ana"), cohort, now=NOW)
    step = steps(cohort)["models"]
    marking = f"""
walk = models.Walk.objects.select_related("cohort").get(pk={walk.pk})
try:
    actions.mark_step(walk, models.Step.objects.get(pk={step.pk}), "done", "", now=timezone.now())
    done = True
except actions.CohortClosed:
    done = False
kept = models.Progress.objects.filter(walk=walk).count()
counted = sum(models.StepCount.objects.values_list("done", flat=True))
print(f"{{int(done)}}{{kept}}{{counted}}")
"""
    closing = f"""
actions.close_cohort(models.Cohort.objects.get(pk={cohort.pk}), now=timezone.now())
print(models.Cohort.objects.get(pk={cohort.pk}).state)
"""
    marked, closed = at_once(tmp_path, marking, closing)

    assert marked in ("111", "000")
    assert closed == "closed"


@pytest.mark.django_db(transaction=True)
def test_the_last_place_of_a_cohort_has_one_taker(room, cohort, tmp_path):
    Cohort.objects.update(places=1)
    program = """
try:
    actions.join_cohort(Account.objects.get(pk={who}), models.Cohort.objects.get(), now=timezone.now())
    print("in")
except actions.CohortFull:
    print("full")
"""
    said = at_once(tmp_path, *(program.format(who=room.person(name).pk) for name in ("ana", "bo")))

    assert sorted(said) == ["full", "in"]


def test_animators_see_numbers_only_where_they_tell_nobody(room, cohort):
    Cohort.objects.update(places=10)
    for number in range(5):
        walk = join_cohort(room.person(f"p{number}"), cohort, now=NOW)
        mark_step(walk, steps(cohort)["models"], "done", "", now=NOW)
        page = room.browser(room.animator).get(cohort.get_absolute_url()).content.decode()
        assert ('<td class="number">' in page) == (number == 4)
        assert f">p{number}<" not in page
    assert '<td class="number">5</td>' in page
    own = room.browser(room.person("p0")).get(cohort.get_absolute_url()).content.decode()
    assert '<td class="number">' not in own


def test_counts_follow_an_account_that_is_erased(room, cohort):
    for name in ("ana", "bo"):
        joins(room, room.person(name), cohort)
        marks(room, room.person(name), cohort, "models", "done")
    room.person("ana").delete()

    cohort.refresh_from_db()
    assert (cohort.walkers, counts(cohort)) == (1, {"models": (1, 0)})


def test_leaving_forgets_what_was_noted(room, cohort):
    walk = join_cohort(room.person("ana"), cohort, now=NOW)
    mark_step(walk, steps(cohort)["models"], "skipped", "un mot", now=NOW)
    leave_cohort(walk)

    assert not Progress.objects.exists()
    assert counts(cohort) == {"models": (0, 0)}
    with pytest.raises(WrongMove):
        mark_step(walk, steps(cohort)["models"], "done", "", now=NOW)


def test_who_came_to_a_workshop_has_done_its_step(room, cohort):
    ana = room.person("ana")
    joins(room, ana, cohort)
    workshop = room.workshop()
    room.asks(ana, workshop)
    with time_machine.travel(BEGINS + timedelta(hours=2), tick=False):
        came = Registration.objects.get().pk
        room.browser(room.host).post(f"/workshops/{workshop.public_id}/people/", {"came": [came]})

    assert counts(cohort) == {"workshops": (1, 0)}
    assert "1 étape sur 6" in room.browser(ana).get(cohort.get_absolute_url()).content.decode()


def test_animators_make_a_programme_in_their_own_words(room):
    animator = room.browser(room.animator)
    made = animator.post("/c/hirondelles/programme/organise/")
    programme = room.collective.programmes.get()
    first, second = programme.steps.all()[:2]
    form = {"step": first.pk, "do": "keep", "position": 1, "title": "Oser", "text": "", "kind": "other"}
    animator.post(made.url, {**form, "after": second.pk})
    first.refresh_from_db()
    assert (first.title, first.after) == ("Oser", second)
    ring = animator.post(made.url, {**form, "step": second.pk, "title": "Tourner", "after": first.pk})
    assert ring.status_code == 422
    assert "Tourner" in ring.content.decode()
    animator.post(made.url, {**form, "step": "", "position": 7, "title": "Fêter"})
    animator.post(made.url, {"step": second.pk, "do": "remove"})
    assert [one.title for one in programme.steps.all()][-1] == "Fêter"
    first.refresh_from_db()
    assert first.after is None

    days = {
        "begins_on": "2027-01-10",
        "ends_on": "2027-01-01",
        "places": "20",
        "name": "Hiver",
        "region": "53",
    }
    path = reverse("programme:new_cohort", args=[programme.public_id])
    assert animator.post(path, days).status_code == 422
    animator.post(path, {**days, "ends_on": "2027-03-01"})
    prepared = Cohort.objects.get()
    assert room.browser(None).get(prepared.get_absolute_url()).status_code == 404
    animator.post(f"/cohorts/{prepared.public_id}/turn/", {"do": "open"})
    page = room.browser(None).get("/c/hirondelles/programme/").content.decode()
    assert "Hiver" in page
    assert "Bretagne" in page


def test_a_partner_sees_what_it_gave_and_nobody_else_does(room, cohort):
    animator, contact = room.browser(room.animator), account("contact")
    form = {"name": "L'Atelier", "about": "", "site": "", "contact_name": "Lou"}
    animator.post("/c/hirondelles/partners/new/", {**form, "contact_email": "Contact@example.org"})
    partner = Partner.objects.get()
    assert Role.objects.filter(account=contact, kind="partner").exists()
    note = {"do": "note", "kind": "mentors", "number": "3", "word": "", "given_on": "2026-11-02"}
    animator.post(partner.get_absolute_url(), note)
    animator.post(partner.get_absolute_url(), {**note, "number": "2"})
    wrong = animator.post(partner.get_absolute_url(), {**note, "number": "beaucoup", "word": "gardé"})
    assert wrong.status_code == 422
    assert "gardé" in wrong.content.decode()

    seen = room.browser(contact).get(partner.get_absolute_url()).content.decode()
    assert "<dd>5</dd>" in seen
    assert room.browser(contact).post(partner.get_absolute_url(), note).status_code == 403
    assert room.browser(room.person("ana")).get(partner.get_absolute_url()).status_code == 404
    gift = Gift.objects.all()[0]
    path = f"/partners/{partner.public_id}/gifts/{gift.pk}/forget/"
    assert room.browser(contact).post(path).status_code == 403
    animator.post(path)
    assert Gift.objects.count() == 1


@pytest.mark.parametrize("who", ["host", "ana"])
def test_only_animators_organise(room, cohort, who):
    someone = room.host if who == "host" else room.person(who)
    browser = room.browser(someone)
    programme = cohort.programme.public_id
    for path in (
        "/c/hirondelles/programme/organise/",
        "/c/hirondelles/partners/new/",
        f"/programmes/{programme}/steps/",
        f"/programmes/{programme}/cohorts/new/",
        f"/cohorts/{cohort.public_id}/change/",
    ):
        assert browser.get(path).status_code == 403
        assert browser.post(path).status_code == 403
    assert browser.post(f"/cohorts/{cohort.public_id}/turn/", {"do": "close"}).status_code == 403


def test_pages_cost_the_same_for_six_people_and_for_forty(room, cohort):
    Cohort.objects.update(places=100)
    costs = {}
    for size in (6, 40):
        for number in range(Walk.objects.count(), size):
            walk = join_cohort(room.person(f"p{number}"), cohort, now=NOW)
            mark_step(walk, steps(cohort)["models"], "done", "", now=NOW)
        for who in (room.person("p0"), room.animator):
            for path in (cohort.get_absolute_url(), "/c/hirondelles/programme/"):
                browser = room.browser(who)
                with CaptureQueriesContext(connection) as asked:
                    assert browser.get(path).status_code == 200
                costs.setdefault((who.name, path), set()).add(len(asked))

    assert all(len(found) == 1 for found in costs.values()), costs
    assert max(max(found) for found in costs.values()) <= 12
