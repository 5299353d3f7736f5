"""A workshop's way: proposed by somebody trusted, agreed to by an animator, changed, watched again."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from colibri.common.states import WrongMove
from colibri.people.models import Collective, Role
from colibri.programme.actions import agree_workshop
from colibri.programme.models import Workshop
from tests.programme.conftest import BEGINS
from tests.sample_world import account

WORDS = {
    "title": "Oser l'entretien",
    "learn": "Se présenter en une minute.",
    "starts_at": "2026-12-01T18:30",
    "ends_at": "2026-12-01T20:00",
    "venue": "",
    "link": "https://salle.example/1",
    "places": "12",
    "language": "fr",
    "captions": "on",
    "host_name": "Pic",
    "series": "",
}
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def proposed(room, **more: str) -> Workshop:
    room.browser(room.host).post(reverse("programme:propose", args=["hirondelles"]), {**WORDS, **more})
    return Workshop.objects.get()


def listed(room) -> str:
    return room.browser(None).get("/c/hirondelles/workshops/").content.decode()


def test_it_is_proposed_agreed_to_and_shown(room, monday):
    found = proposed(room)
    room.works()
    assert found.starts_at == BEGINS
    assert [one.to for one in mail.outbox] == [["anime@example.org"]]
    assert "Oser l" not in listed(room)
    assert room.browser(None).get(found.get_absolute_url()).status_code == 404
    assert "Oser l" in room.browser(room.animator).get("/c/hirondelles/workshops/").content.decode()

    room.decides(room.animator, found, "agree")
    room.works()
    assert mail.outbox[-1].to == ["autrice@example.org"]
    page = listed(room)
    assert "mardi 1 décembre 2026, 18:30 à 20:00" in page
    assert "12 places libres" in page


def test_it_is_given_back_with_a_word_and_proposed_again(room, monday):
    found = proposed(room)
    room.decides(room.animator, found, "return", remark="À quel niveau ?")
    room.works()
    assert "À quel niveau ?" in mail.outbox[-1].body
    room.browser(room.host).post(
        f"/workshops/{found.public_id}/change/", {**WORDS, "title": "Oser, débutants"}
    )
    found.refresh_from_db()
    assert (found.state, found.title, found.remark) == ("proposed", "Oser, débutants", "")


def test_what_is_missing_is_said_and_nothing_typed_is_lost(room, monday):
    for wrong, said in (
        ({"link": "javascript:alert(1)"}, "https://"),
        ({"link": ""}, "un lieu, un lien, ou les deux"),
        ({"ends_at": "2026-12-01T18:30"}, "finit après avoir commencé"),
        ({"starts_at": "2026-11-22T18:30"}, "ce moment est passé"),
        ({"starts_at": "demain"}, "2026-12-01 18:30"),
        ({"ends_at": "2026-12-31T18:30"}, "trois jours au plus"),
        ({"places": "0"}, "1"),
    ):
        page = room.browser(room.host).post(
            reverse("programme:propose", args=["hirondelles"]), {**WORDS, **wrong}
        )
        assert page.status_code == 422, wrong
        assert said.lower() in page.content.decode().replace("\u00a0", " ").lower(), wrong
        assert "Se présenter en une minute." in page.content.decode()
    assert not Workshop.objects.exists()


def test_its_link_is_for_who_has_a_place(room, monday):
    found = room.workshop()
    assert "salle.example" not in room.page(None, found)
    assert "salle.example" not in room.page(room.person("ana"), found)
    room.asks(room.person("ana"), found)
    assert "salle.example" in room.page(room.person("ana"), found)


def test_only_who_may_does(room, monday):
    found, stranger = proposed(room), account("stranger")
    refused = room.browser(stranger).get(reverse("programme:propose", args=["hirondelles"]))
    assert refused.status_code == 403
    assert "relaient, aident ou animent" in refused.content.decode()
    assert room.browser(stranger).get("/c/hirondelles/workshops/series/").status_code == 403
    assert room.decides(room.host, found, "agree").status_code == 403
    assert room.decides(stranger, found, "agree").status_code == 404
    room.decides(room.animator, found, "agree")
    assert room.decides(stranger, found, "call_off").status_code == 403
    assert room.browser(stranger).get(f"/workshops/{found.public_id}/change/").status_code == 403
    elsewhere = Collective.objects.create(slug="b", name="B", supporters_hashtag="b", seekers_hashtag="br")
    Role.objects.create(account=stranger, collective=elsewhere, kind="animator")
    assert room.decides(stranger, found, "call_off").status_code == 403
    fixed = room.browser(room.host).get(f"/workshops/{found.public_id}/change/").content.decode()
    assert 'name="title"' not in fixed  # what was agreed to is changed by an animator alone


def test_two_animators_decide_once(room, monday):
    found = proposed(room)
    one, other = Workshop.objects.get(pk=found.pk), Workshop.objects.get(pk=found.pk)
    agree_workshop(one, room.animator, revision=0, now=MONDAY)
    with pytest.raises(WrongMove):
        agree_workshop(other, room.animator, revision=0, now=MONDAY)


def test_an_animator_agrees_only_to_what_they_read(room, monday):
    found = proposed(room)
    assert 'name="version" value="0"' in room.page(room.animator, found)
    changed = {**WORDS, "learn": "Achetez mes pilules."}
    room.browser(room.host).post(f"/workshops/{found.public_id}/change/", changed)

    late = room.decides(room.animator, found, "agree", version="0")

    found.refresh_from_db()
    assert (found.state, found.revision) == ("proposed", 1)
    assert "relire" in late.content.decode()
    room.decides(room.animator, found, "agree")
    found.refresh_from_db()
    assert found.state == "agreed"


def test_who_had_a_place_is_told_once_where_to_watch_it_again(room, monday):
    found = room.workshop()
    room.asks(room.person("ana"), found)
    monday.move_to(BEGINS + timedelta(days=1))
    wrong = room.decides(room.host, found, "replay", replay="nowhere")
    assert wrong.status_code == 422
    for _ in range(2):
        room.decides(room.host, found, "replay", replay="https://video.example/1")
    room.works()
    assert [one for one in mail.outbox if "revoir" in one.body.lower()] != []
    assert len([one for one in mail.outbox if "enregistrement" in one.body]) == 1
    assert "https://video.example/1" in listed(room)


def events(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_a_calendar_reads_one_workshop_back(room, monday):
    found = room.workshop(title="Oser; l'entretien, vite\\fait", learn="Une ligne\nune autre " + "é" * 100)
    (event,) = events(room.browser(None).get(f"/workshops/{found.public_id}/event.ics").content)

    assert event["summary"] == "Oser; l'entretien, vite\\fait"
    assert event.decoded("dtstart") == BEGINS
    assert event.decoded("dtend") == BEGINS + timedelta(minutes=90)
    assert event["description"].startswith("Une ligne\nune autre éé")
    assert "salle.example" not in event["description"]
    room.asks(room.person("ana"), found)
    (own,) = events(room.browser(room.person("ana")).get(f"/workshops/{found.public_id}/event.ics").content)
    assert "https://salle.example/1" in own["description"]
    assert own["uid"] == event["uid"]


def test_no_words_of_a_workshop_or_a_collective_become_lines_of_the_calendar(room, monday):
    room.collective.name = "Hirondelles, mésanges; et\\autres"
    room.collective.save()
    room.workshop(
        title="Un titre\r\nSTATUS:CANCELLED",
        learn="Une ligne\r\nEND:VEVENT\r\nBEGIN:VEVENT\nune autre",
        venue="Salle 3, rue d'Armor; au fond",
    )
    content = room.browser(None).get("/c/hirondelles/workshops/calendar.ics").content
    made = icalendar.Calendar.from_ical(content)
    (event,) = events(content)

    assert made["name"] == made["x-wr-calname"] == "Ateliers de Hirondelles, mésanges; et\\autres"
    assert (event["status"], event["location"]) == ("CONFIRMED", "Salle 3, rue d'Armor; au fond")
    assert "END:VEVENT\nBEGIN:VEVENT" in event["description"]


def test_a_series_is_offered_to_those_who_may_set_one_up(room, monday):
    for who, offered in (
        (room.host, True),
        (room.animator, True),
        (room.person("ana"), False),
        (None, False),
    ):
        page = room.browser(who).get("/c/hirondelles/workshops/").content.decode()
        assert ("workshops/series" in page) == offered
    told = room.browser(room.person("ana")).get("/c/hirondelles/workshops/new/")
    assert told.status_code == 403
    assert "/c/hirondelles/help/give/" in told.content.decode()


def test_a_subscribed_calendar_follows_what_changes(room, monday):
    found = room.workshop()
    ana = room.person("ana")
    room.asks(ana, found)
    room.browser(ana).post("/workshops/calendar/")
    address = f"/calendar/{ana.calendar_key.secret}.ics"
    (event,) = events(room.browser(None).get(address).content)
    assert (event["status"], event["sequence"]) == ("CONFIRMED", 0)
    assert "https://salle.example/1" in event["description"]

    room.decides(room.animator, found, "call_off")
    (event,) = events(room.browser(None).get(address).content)
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)

    room.browser(ana).post("/workshops/calendar/")
    assert room.browser(None).get(address).status_code == 404
    ana.refresh_from_db()
    address = f"/calendar/{ana.calendar_key.secret}.ics"
    assert room.browser(None).get(address).status_code == 200
    ana.is_active = False
    ana.save()
    assert room.browser(None).get(address).status_code == 404


def test_the_collectives_calendar_shows_what_is_ahead_without_links(room, monday):
    room.workshop()
    room.workshop(title="Passé", starts_at=MONDAY - timedelta(days=2), ends_at=MONDAY - timedelta(days=1))
    room.workshop(title="Proposé", state="proposed")
    content = room.browser(None).get("/c/hirondelles/workshops/calendar.ics").content

    assert [one["summary"] for one in events(content)] == ["Oser l'entretien"]
    assert b"salle.example" not in content


def test_the_list_costs_the_same_whatever_its_length(room, monday, django_assert_max_num_queries):
    for number in range(15):
        made = room.workshop(title=f"Atelier {number}", places=5)
        for name in ("ana", "bo"):
            room.asks(room.person(name), made)
    with django_assert_max_num_queries(4):
        page = listed(room)
    assert page.count("3 places libres") == 15
