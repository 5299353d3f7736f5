"""A series from a table: all of it, or the faulty lines by their number and nothing done."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from colibri.programme.models import Workshop

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
HEADING = "Titre;Contenu;Début;Fin;Lien;Places;Sous-titres\n"
GOOD = (
    HEADING
    + "Oser l'entretien;Se présenter;01/12/2026 18:30;01/12/2026 19:00;https://a.example;12;oui\n"
    + "Le CV;L'essentiel;2026-12-08 18:30;2026-12-08 19:00;https://a.example;;\n"
)
PATH = "/c/hirondelles/workshops/series/"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def sends(room, who, table: str = "", file: bytes | None = None):
    form: dict[str, object] = {"series": "Lives d'hiver", "table": table}
    if file is not None:
        form["file"] = SimpleUploadedFile("serie.csv", file)
    return room.browser(who).post(PATH, form, follow=True)


def test_a_table_becomes_a_series(room):
    page = sends(room, room.animator, GOOD)

    assert "2 ateliers sont en place" in page.content.decode()
    one, other = Workshop.objects.order_by("starts_at")
    assert (one.title, one.places, one.captions, one.series, one.state) == (
        "Oser l'entretien",
        12,
        True,
        "Lives d'hiver",
        "agreed",
    )
    assert one.starts_at == datetime(2026, 12, 1, 17, 30, tzinfo=UTC)
    assert (other.places, other.captions, other.host_name) == (30, False, "anime")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_is_read_in_the_ways_spreadsheets_write(room, encoding):
    sends(room, room.host, file=GOOD.encode(encoding))
    room.works()

    assert set(Workshop.objects.values_list("title", "state")) == {
        ("Oser l'entretien", "proposed"),
        ("Le CV", "proposed"),
    }
    assert len(mail.outbox) == 1  # animators hear of a series once


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (";x;2026-12-09 18:30;2026-12-09 19:00;https://a.example;;", "Ligne 4, Titre"),
        ("A;x;bientôt;2026-12-09 19:00;https://a.example;;", "Ligne 4, Commence"),
        ("A;x;2026-12-09 18:30;2026-12-09 19:00;nowhere;;", "Ligne 4, Lien"),
        ("A;x;2026-12-09 18:30;2026-12-09 19:00;https://a.example;beaucoup;", "Ligne 4, Places"),
        ("Le CV;x;08/12/2026 18:30;08/12/2026 19:00;https://a.example;;", "identique à la ligne 3"),
        ("A;x;2027-03-28 02:30;2027-03-28 03:30;https://a.example;;", "Ligne 4, Commence"),
        ("A;x;y;z;a;b;c;d", "Ligne 4"),
    ],
)
def test_a_faulty_line_is_named_and_nothing_is_half_done(room, line, said):
    page = sends(room, room.animator, GOOD + line)

    assert page.status_code == 422
    assert said.lower() in page.content.decode().replace("\u00a0", " ").lower()
    assert "Oser l&#x27;entretien;Se présenter" in page.content.decode()  # nothing typed is lost
    assert not Workshop.objects.exists()


def test_the_same_table_sent_twice_is_set_up_once(room):
    sends(room, room.animator, GOOD)
    again = sends(room, room.animator, GOOD)

    assert again.status_code == 422
    assert "existe déjà" in again.content.decode() or "déjà" in again.content.decode()
    assert Workshop.objects.count() == 2


@pytest.mark.parametrize(
    ("file", "said"),
    [(b"PK\x03\x04\0\0", "CSV"), (b"a" * 300_001, "300"), (b"", "")],
)
def test_what_is_no_table_says_so(room, file, said):
    page = sends(room, room.animator, file=file)

    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Workshop.objects.exists()


def test_without_a_needed_column_it_is_named(room):
    page = sends(room, room.animator, "Titre;Début\na;b")

    assert "learn" in page.content.decode()
    assert page.status_code == 422


def test_a_hundred_lives_are_set_up_at_once(room):
    lines = [
        f"Live {number};x;2026-12-{1 + number % 30:02} {8 + number // 30}:00;"
        f"2026-12-{1 + number % 30:02} {8 + number // 30}:30;https://a.example;;"
        for number in range(100)
    ]
    sends(room, room.animator, HEADING + "\n".join(lines))

    assert Workshop.objects.count() == 100
