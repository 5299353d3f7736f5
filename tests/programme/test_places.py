"""Places in a workshop: one taker each, a list of those who wait, handed on in turn."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from colibri.programme.actions import TooLate, mark_attendance, take_place
from colibri.programme.models import Registration
from tests.programme.conftest import BEGINS
from tests.programme.racing import at_once

WEEK_BEFORE = BEGINS - timedelta(days=7)


def states(workshop) -> dict[str, str]:
    rows = Registration.objects.filter(workshop=workshop).select_related("account")
    return {one.account.name: one.state for one in rows}


def test_a_place_given_back_goes_to_whoever_waits_longest(room):
    workshop = room.workshop()
    with time_machine.travel(WEEK_BEFORE, tick=False) as clock:
        for name in ("ana", "bo", "cleo"):
            clock.shift(timedelta(minutes=1))
            room.asks(room.person(name), workshop)
        assert states(workshop) == {"ana": "held", "bo": "waiting", "cleo": "waiting"}
        assert "2 personnes attendent" in room.page(room.person("dan"), workshop)

        room.asks(room.person("ana"), workshop, "give_back")
        room.works()
        assert states(workshop) == {"ana": "left", "bo": "held", "cleo": "waiting"}
        assert [one.to for one in mail.outbox] == [["bo@example.org"]]

        clock.shift(timedelta(minutes=1))
        room.asks(room.person("ana"), workshop)
        room.asks(room.person("bo"), workshop, "give_back")
        assert states(workshop) == {"ana": "waiting", "bo": "left", "cleo": "held"}


def test_taking_twice_and_giving_back_twice_change_nothing(room):
    workshop = room.workshop()
    with time_machine.travel(WEEK_BEFORE, tick=False):
        for _ in range(2):
            room.asks(room.person("ana"), workshop)
        assert states(workshop) == {"ana": "held"}
        for _ in range(2):
            room.asks(room.person("ana"), workshop, "give_back")
        assert states(workshop) == {"ana": "left"}


@pytest.mark.django_db(transaction=True)
def test_the_last_place_taken_twice_at_once_has_one_taker(room, tmp_path):
    workshop = room.workshop(
        starts_at=timezone.now() + timedelta(days=2), ends_at=timezone.now() + timedelta(days=3)
    )
    takers = [room.person("ana"), room.person("bo")]
    program = """
w = models.Workshop.objects.get(pk={workshop})
print(actions.take_place(Account.objects.get(pk={taker}), w, now=timezone.now()).state)
"""
    said = at_once(tmp_path, *(program.format(workshop=workshop.pk, taker=one.pk) for one in takers))

    assert sorted(said) == ["held", "waiting"]


def test_a_workshop_called_off_under_someones_feet_says_so(room):
    workshop = room.workshop()
    with time_machine.travel(WEEK_BEFORE, tick=False):
        room.asks(room.person("ana"), workshop)
        room.asks(room.person("bo"), workshop)
        room.decides(room.animator, workshop, "call_off", remark="Je suis malade {désolée}.")
        late = room.asks(room.person("ana"), workshop)
        assert "terminé ou annulé" in late.content.decode()
        room.works()

    told = {one.to[0]: one.body for one in mail.outbox}
    assert set(told) == {"ana@example.org", "bo@example.org", "autrice@example.org"}
    assert "Je suis malade {désolée}." in told["bo@example.org"]
    with pytest.raises(TooLate):
        take_place(room.person("dan"), workshop, now=WEEK_BEFORE)


def test_places_that_are_added_are_handed_on(room):
    workshop = room.workshop()
    with time_machine.travel(WEEK_BEFORE, tick=False):
        for name in ("ana", "bo"):
            room.asks(room.person(name), workshop)
        form = {
            "starts_at": "2026-12-01T18:30",
            "ends_at": "2026-12-01T20:00",
            "link": "https://salle.example/1",
            "places": "2",
            "language": "fr",
        }
        path = f"/workshops/{workshop.public_id}/change/"
        room.browser(room.host).post(path, form)
        assert states(workshop) == {"ana": "held", "bo": "held"}
        fewer = room.browser(room.host).post(path, {**form, "places": "1"})
    assert fewer.status_code == 422
    assert "2 personnes ont déjà une place" in fewer.content.decode()


def test_attendance_and_words_after_it(room):
    workshop = room.workshop(places=3)
    ana, bo = room.person("ana"), room.person("bo")
    with time_machine.travel(WEEK_BEFORE, tick=False) as clock:
        for one in (ana, bo):
            room.asks(one, workshop)
        with pytest.raises(TooLate):
            mark_attendance(workshop, [], now=WEEK_BEFORE)
        early = room.browser(ana).post(
            f"/workshops/{workshop.public_id}/feedback/", {"useful": "yes"}, follow=True
        )
        assert "une fois l’atelier commencé" in early.content.decode()

        clock.move_to(BEGINS + timedelta(hours=2))
        path = f"/workshops/{workshop.public_id}/people/"
        came = Registration.objects.get(account=ana)
        room.browser(room.host).post(path, {"came": [str(came.pk)]})
        assert dict(Registration.objects.values_list("account__name", "came")) == {"ana": True, "bo": False}

        told = room.browser(ana).post(
            f"/workshops/{workshop.public_id}/feedback/", {"useful": "yes", "word": "J'ose enfin."}
        )
        assert told.status_code == 302
        lost = room.browser(ana).post(f"/workshops/{workshop.public_id}/feedback/", {"word": "Encore"})
        assert lost.status_code == 422
        assert "Encore" in lost.content.decode()
        seen = room.page(room.host, workshop)
        assert "J&#x27;ose enfin." in seen
        assert "ana" not in seen.split("J&#x27;ose enfin.")[1].split("</section>")[0]
        assert "J&#x27;ose enfin." not in room.page(bo, workshop)


def test_only_who_leads_sees_who_takes_part(room):
    workshop = room.workshop()
    path = f"/workshops/{workshop.public_id}/people/"

    assert room.browser(room.person("ana")).get(path).status_code == 403
    assert room.browser(None).get(path).status_code == 302
    assert room.browser(room.host).get(path).status_code == 200
    assert room.browser(room.animator).get(path).status_code == 200
