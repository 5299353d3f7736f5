"""A mentorship: begun by a yes, with steps and a rhythm, asked about, handed over, ended."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from colibri.common.states import WrongMove
from colibri.helping.actions import (
    accept_request,
    add_step,
    agree_terms,
    close_request,
    forget_old_requests,
    hand_back,
    write_remark,
)
from colibri.helping.models import HelpRequest, Mentorship, NextStep
from colibri.people.models import Account
from tests.rooms import everything_stored
from tests.sample_world import account


def begun(hands) -> Mentorship:
    """A mentor said yes and wrote."""
    rose = hands.gives("rose", kinds=["mentor"]).account
    asked = hands.asks("mentor")
    accept_request(hands.open_proposal(asked), now=timezone.now())
    write_remark(asked, rose, "Bonjour !", now=timezone.now())
    hands.work()
    return Mentorship.objects.select_related("request__collective", "request__giving__account").get()


def page(found: Mentorship) -> str:
    return reverse("helping:mentorship", args=[found.request.public_id])


def test_a_yes_begins_eight_weeks_and_both_are_asked_half_way_and_at_the_end(hands):
    found = begun(hands)
    assert (found.began_on, found.ends_on) == (date(2026, 11, 23), date(2027, 1, 18))
    hands.later(days=27, hours=20)
    assert Mentorship.objects.get().state == "going"
    hands.later(hours=8)
    assert Mentorship.objects.get().state == "middle"
    assert any("Half way" in one for one in hands.mails("camille"))
    count = len(hands.mails("rose"))

    hands.later(days=29)
    assert Mentorship.objects.get().state == "ending"
    assert len(hands.mails("rose")) == count + 1
    hands.later(days=8)
    assert Mentorship.objects.get().state == "over"
    closed = HelpRequest.objects.get()
    assert (closed.state, closed.ending) == ("closed", "")  # how it went stays unknown
    assert closed.proposals.get().state == "done"


def test_the_two_share_a_list_of_next_steps(hands):
    found = begun(hands)
    rose, own = hands.browser(Account.objects.get(name="rose")), hands.browser(hands.seeker)
    rose.post(page(found), {"do": "step", "step": "Appeler l'atelier"})
    step = NextStep.objects.get()
    shown = own.get(page(found)).content.decode()
    assert "Appeler l&#x27;atelier" in shown
    assert "Appeler l&#x27;atelier" in own.get("/me/?all").content.decode()
    own.post(page(found), {"do": f"done.{step.pk}"})
    step.refresh_from_db()
    assert step.done_at is not None
    assert "Appeler" not in own.get("/me/?all").content.decode()
    assert own.post(page(found), {"do": "step", "step": ""}).status_code == 422


def test_they_agree_on_an_aim_a_rhythm_and_an_end_and_may_go_on(hands):
    found = begun(hands)
    own = hands.browser(hands.seeker)
    assert (
        own.post(page(found), {"do": "terms", "rhythm": "week", "ends_on": "2020-01-01"}).status_code == 422
    )
    own.post(page(found), {"do": "terms", "aim": "Canari vert", "rhythm": "week", "ends_on": "2026-12-07"})
    assert b"Canari vert" not in everything_stored()
    assert "Canari vert" in hands.browser(Account.objects.get(name="rose")).get(page(found)).content.decode()
    found.refresh_from_db()
    assert (found.rhythm, found.ends_on, found.middle) == ("week", date(2026, 12, 7), date(2026, 11, 30))
    hands.later(days=8)
    hands.later(days=8)
    assert Mentorship.objects.get().state == "ending"

    own = hands.browser(hands.seeker)
    own.post(page(found), {"do": "terms", "rhythm": "week", "ends_on": "2027-01-11"})
    hands.later(days=9)
    assert Mentorship.objects.get().state == "middle"
    hands.later(days=25)
    assert Mentorship.objects.get().state == "ending"


def test_another_mentor_goes_on_with_the_same_list(hands):
    found = begun(hands)
    add_step(found, hands.seeker, "Refaire mon CV", now=timezone.now())
    iris = hands.gives("iris", kinds=["mentor"]).account
    hand_back(HelpRequest.objects.get(), now=timezone.now())
    assert hands.browser(hands.seeker).get(page(found)).status_code == 200
    hands.later(minutes=1)
    accept_request(hands.open_proposal(found.request), now=timezone.now())

    assert Mentorship.objects.count() == 1
    assert "Refaire mon CV" in hands.browser(iris).get(page(found)).content.decode()
    assert hands.browser(Account.objects.get(name="rose")).get(page(found)).status_code == 404


def test_ending_the_request_ends_the_mentorship_and_forgets_its_steps(hands):
    found = begun(hands)
    add_step(found, hands.seeker, "Canari vert", now=timezone.now())
    assert b"Canari vert" not in everything_stored()
    close_request(HelpRequest.objects.get(), "helped", now=timezone.now())
    found.refresh_from_db()
    assert found.state == "over"
    Mentorship.objects.update(aim="Un poste à Brest")
    with pytest.raises(WrongMove):
        agree_terms(found, "week", date(2027, 1, 11), now=timezone.now())
    hands.later(days=31)
    forget_old_requests(now=timezone.now())
    assert not NextStep.objects.exists()
    assert Mentorship.objects.get().aim is None


def test_only_the_two_see_it(hands):
    found = begun(hands)
    for who in (account("passant"), account("operator", operator=True)):
        assert hands.browser(who).get(page(found)).status_code == 404
    asked = hands.asks("cv", who=account("autre"))
    assert (
        hands.browser(Account.objects.get(name="autre"))
        .get(reverse("helping:mentorship", args=[asked.public_id]))
        .status_code
        == 404
    )
