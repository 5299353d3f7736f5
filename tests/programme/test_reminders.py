"""Mails that remind: at their moment, by the reader's clocks, once, and only while they are true."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.core import mail

from colibri.people.actions import choose_time_zone, silence_notice
from tests.programme.conftest import BEGINS

WEEK_BEFORE = BEGINS - timedelta(days=7)


def told() -> list[tuple[str, str]]:
    return [(one.to[0].split("@")[0], one.subject) for one in mail.outbox]


def test_the_evening_before_an_hour_before_and_afterwards(room):
    workshop = room.workshop(places=5)
    with time_machine.travel(WEEK_BEFORE, tick=False) as clock:
        choose_time_zone(room.person("kanak"), "Pacific/Noumea")
        for name in ("ana", "kanak"):
            room.asks(room.person(name), workshop)
        for moment in (
            "2026-11-30T15:59+00:00",
            "2026-11-30T16:00+00:00",
            "2026-11-30T16:05+00:00",
            "2026-12-01T06:00+00:00",
            "2026-12-01T16:30+00:00",
            "2026-12-01T20:00+00:00",
            "2026-12-01T20:01+00:00",
        ):
            clock.move_to(datetime.fromisoformat(moment))
            before = len(mail.outbox)
            room.works()
            sent = told()[before:]
            expected = {
                "2026-11-30T16:00+00:00": [("ana", "Demain : Oser l'entretien")],
                "2026-12-01T06:00+00:00": [("kanak", "Demain : Oser l'entretien")],
                "2026-12-01T16:30+00:00": [
                    (one, "Dans une heure : Oser l'entretien") for one in ("ana", "kanak")
                ],
                "2026-12-01T20:00+00:00": [
                    (one, "« Oser l'entretien » vous a-t-il été utile ?") for one in ("ana", "kanak")
                ],
            }
            assert [(who, words) for who, words in sorted(sent)] == expected.get(moment, [])

    eve, far = mail.outbox[0].body, mail.outbox[1].body
    assert "mardi 1 décembre 2026, 18:30 à 20:00" in eve
    assert "https://salle.example/1" in eve
    assert "mercredi 2 décembre 2026, 04:30 à 06:00" in far
    assert "Nouvelle-Calédonie" in far


def test_who_gave_back_who_waits_and_who_wants_no_mail_hear_nothing(room):
    workshop = room.workshop(places=2)
    with time_machine.travel(WEEK_BEFORE, tick=False) as clock:
        for name in ("ana", "bo", "cleo"):
            room.asks(room.person(name), workshop)
        room.asks(room.person("ana"), workshop, "give_back")
        silence_notice(room.person("bo"), "workshops")
        room.works()
        mail.outbox.clear()
        clock.move_to(BEGINS - timedelta(hours=1))
        room.works()

    assert told() == [("cleo", "Dans une heure : Oser l'entretien")]


def test_a_workshop_that_moves_over_the_change_of_clocks_reminds_at_its_new_moment(room):
    begins = datetime(2027, 3, 26, 17, 30, tzinfo=UTC)
    workshop = room.workshop(starts_at=begins, ends_at=begins + timedelta(hours=1))
    with time_machine.travel(begins - timedelta(days=3), tick=False) as clock:
        room.asks(room.person("ana"), workshop)
        form = {
            "starts_at": "2027-03-28T18:30",
            "ends_at": "2027-03-28T19:30",
            "link": "https://salle.example/1",
            "places": "1",
            "language": "fr",
        }
        path = f"/workshops/{workshop.public_id}/change/"
        gone = room.browser(room.host).post(path, {**form, "starts_at": "2027-03-28T02:30"})
        assert gone.status_code == 422  # that night the clocks go from two to three
        assert "2027-03-28T02:30" in gone.content.decode()
        room.browser(room.host).post(path, form)
        workshop.refresh_from_db()
        assert workshop.starts_at == datetime(2027, 3, 28, 16, 30, tzinfo=UTC)
        room.works()
        clock.move_to(datetime(2027, 3, 27, 16, 0, tzinfo=UTC))
        room.works()
        clock.move_to(datetime(2027, 3, 28, 15, 30, tzinfo=UTC))
        room.works()

    subjects = [words.replace("\u00a0", " ") for _who, words in told()]
    assert subjects == [
        "Du changement : Oser l'entretien",
        "Demain : Oser l'entretien",
        "Dans une heure : Oser l'entretien",
    ]


def test_a_reminder_that_comes_too_late_is_not_sent(room):
    workshop = room.workshop()
    with time_machine.travel(WEEK_BEFORE, tick=False) as clock:
        room.asks(room.person("ana"), workshop)
        clock.move_to(BEGINS + timedelta(minutes=1))
        room.works()

    assert told() == []
