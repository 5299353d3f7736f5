"""CVs on the site: read, bettered, seen by whom their owner chose and nobody else, gone at their date."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colibri.common.work import sweep
from colibri.people.models import Account
from colibri.resumes.actions import FILES_MOST, KEPT, forget_files
from colibri.resumes.models import File, Viewer
from tests.resumes.files import HOSTILE, LINES, docx, pdf_lines
from tests.sample_world import account

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


@pytest.fixture
def owner() -> Account:
    return account("proprio")


def browser(who: Account | None) -> Client:
    client = Client(headers=EN)
    if who is not None:
        client.force_login(who)
    return client


def send(client: Client, content: bytes, name: str = "cv-camille-martin-soudeuse.pdf"):
    return client.post(reverse("resumes:resumes"), {"file": SimpleUploadedFile(name, content)})


@pytest.fixture
def file(owner) -> File:
    send(browser(owner), pdf_lines())
    return File.objects.get()


def page(file: File, name: str = "resume") -> str:
    return reverse(f"resumes:{name}", args=[file.pk])


def test_a_cv_is_shown_as_software_reads_it_with_what_would_better_it(owner):
    answer = send(
        browser(owner), docx(lines=[*LINES, "Mariée, 2 enfants, 45 ans"], extra={"word/media/a.png": b""})
    )
    text = browser(owner).get(answer.url).content.decode()
    assert "Soudeuse TIG, Chantiers du Ponant" in text
    assert "camille.martin@exemple.fr" in text
    assert "An image, perhaps a photo." in text
    assert "Your age." in text


def test_nothing_of_a_cv_stands_in_the_database_in_clear(owner, file):
    browser(owner).post(page(file, "decide"), {"do": "show", "email": "aide@example.org"})
    with connection.cursor() as cursor:
        dump = ""
        for table in (File._meta.db_table, Viewer._meta.db_table):
            cursor.execute(f"SELECT * FROM {table}")
            dump += repr(
                [
                    [bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]
                    for row in cursor.fetchall()
                ]
            )
    for canary in ("Camille", "camille", "Ponant", "06 12 34", "aide@example.org", "soudeuse"):
        assert canary not in dump


def test_a_cv_is_seen_by_its_owner_and_whom_they_chose_and_no_more_once_taken_back(owner, file):
    chosen, animator, operator = account("aide"), account("anime"), account("op", operator=True)
    others = (None, chosen, animator, operator)
    names = ("resume", "download", "document", "europass")
    for who in others:
        assert {browser(who).get(page(file, name)).status_code for name in names} == {
            302 if who is None else 404
        }

    browser(owner).post(page(file, "decide"), {"do": "show", "email": " AIDE@example.org "})

    assert {browser(chosen).get(page(file, name)).status_code for name in names} == {200}
    assert file.name in browser(chosen).get(reverse("resumes:resumes")).content.decode()
    assert "Who may see it" not in browser(chosen).get(page(file)).content.decode()
    assert browser(chosen).post(page(file, "decide"), {"do": "delete"}).status_code == 403
    assert browser(animator).post(page(file, "decide"), {"do": "delete"}).status_code == 404
    assert browser(operator).get(page(file)).status_code == 404

    browser(owner).post(page(file, "decide"), {"do": "hide", "viewer": file.viewers.get().pk})

    assert browser(chosen).get(page(file)).status_code == 404


def test_whether_an_address_is_known_here_is_told_to_nobody(owner, file):
    account("connue")
    said = [
        browser(owner)
        .post(page(file, "decide"), {"do": "show", "email": email}, follow=True)
        .content.decode()
        for email in ("connue@example.org", "inconnue@example.org")
    ]
    assert all("They see it from now on." in text for text in said)


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "juillet 2023 – novembre 2026"), ("en", "July 2023 – November 2026")]
)
def test_months_are_named_as_people_name_them(owner, file, time_machine, language, said):
    time_machine.move_to("2026-11-20T12:00:00+00:00")
    owner.language = language
    owner.save()
    text = browser(owner).get(page(file), headers={"accept-language": language}).content.decode()
    assert said in text
    assert "2023-07" not in text


@pytest.mark.parametrize("viewer", ["", "x", "0", "9" * 40])
def test_taking_back_from_nobody_is_not_found(owner, file, viewer):
    assert browser(owner).post(page(file, "decide"), {"do": "hide", "viewer": viewer}).status_code == 404


def test_the_file_comes_back_as_it_was_and_as_json_resume(owner, file):
    answer = browser(owner).get(page(file, "download"))
    assert answer.content == pdf_lines()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    document = browser(owner).get(page(file, "document"))
    assert document.json()["work"][0]["startDate"] == "2019-03"

    send(browser(owner), document.content, "cv.json")

    again = File.objects.latest("pk")
    text = browser(owner).get(page(again)).content.decode()
    assert "Soudeuse TIG, Chantiers du Ponant" in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a word"),
        (HOSTILE["picture"][0](), "neither a PDF"),
        (HOSTILE["Word file with a macro"][0](), "macro"),
        (HOSTILE["3 MB"][0](), "larger than"),
        (HOSTILE["scanned PDF"][0](), "is an image"),
        (b'{"basics": []}', "no JSON Resume"),
        (b'{"basics": {"email": 3}}', "no JSON Resume"),
        (b'{"a":' * 100_000, "damaged"),
        (b'{"a": \xff}', "damaged"),
    ],
    ids=["empty", "picture", "macro", "big", "scanned", "list", "number", "deep", "not UTF-8"],
)
def test_what_cannot_be_read_is_told_and_not_kept(owner, content, said):
    answer = send(browser(owner), content)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not File.objects.exists()


def test_one_more_cv_than_are_kept_is_told(owner):
    for _ in range(FILES_MOST):
        assert send(browser(owner), docx()).status_code == 302
    answer = send(browser(owner), docx())
    assert answer.status_code == 422
    assert "delete one first" in answer.content.decode()
    assert File.objects.count() == FILES_MOST


def test_a_cv_is_deleted_on_its_day_or_later_if_its_owner_says_so(owner, file):
    browser(owner).post(page(file, "decide"), {"do": "show", "email": "aide@example.org"})
    assert forget_files(now=file.uploaded_at + KEPT - timedelta(minutes=1)) == 0

    browser(owner).post(page(file, "decide"), {"do": "keep"})
    file.refresh_from_db()
    assert file.expires_at > timezone.now() + KEPT - timedelta(minutes=1)

    assert forget_files(now=file.expires_at) == 1
    assert not Viewer.objects.exists()


def test_its_owner_deletes_it_at_once_and_with_their_account(owner, file):
    browser(owner).post(page(file, "decide"), {"do": "delete"})
    assert not File.objects.exists()
    send(browser(owner), docx())
    owner.delete()
    assert not File.objects.exists()


def test_a_cv_goes_out_as_europass_and_comes_in_again(owner, file):
    document = browser(owner).get(page(file, "europass"))
    assert document["Content-Type"] == "application/xml"
    assert document["X-Content-Type-Options"] == "nosniff"

    answer = send(browser(owner), document.content, "europass.xml")

    assert "Soudeuse TIG, Chantiers du Ponant" in browser(owner).get(answer.url).content.decode()
    assert browser(owner).get(page(File.objects.latest("pk"), "download")).content == document.content


def test_whom_a_cv_is_shown_to_is_told_once_and_reads_nothing_of_it_in_the_mail(owner, file):
    account("aide")
    for email in ("aide@example.org", "aide@example.org", "stranger@example.org"):
        browser(owner).post(page(file, "decide"), {"do": "show", "email": email})

    sweep(now=timezone.now(), only={"people.Notice"})

    assert [letter.to for letter in mail.outbox] == [["aide@example.org"]]
    assert reverse("resumes:resumes") in mail.outbox[0].body
    assert "soudeu" not in mail.outbox[0].body.lower()


def test_what_a_json_resume_leaves_unsaid_is_said_in_its_owners_language(owner):
    content = (
        b'{"basics": {"name": "Camille Martin", "summary": "I weld."}, "languages": [{"language": "French"}],'
        b' "work": [{"position": "Welder", "startDate": "2019-03"}]}'
    )

    text = browser(owner).get(send(browser(owner), content, "cv.json").url).content.decode()

    assert "03/2019 - today: Welder" in text
    assert '<q class="soft small">Profile</q>' in text
    assert '<span class="chip">French</span>' in text
    assert "aujourd" not in text


def test_half_characters_in_a_file_are_left_out_and_the_rest_is_shown(owner):
    content = rb'{"basics": {"name": "Camille \ud800Martin"}, "work": [{"position": "Soude\udc00use"}]}'

    page = send(browser(owner), content, "cv.json").url

    assert "Soudeuse" in browser(owner).get(page).content.decode()
    assert browser(owner).get(f"{page}json/").status_code == 200
