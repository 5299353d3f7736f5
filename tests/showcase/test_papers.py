"""A white paper's way: called for, written by several, put in order, published whole, a chapter taken out."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from pypdf import PdfReader

from colibri.common.printing import can_print
from colibri.common.work import sweep
from colibri.showcase.actions import move_paper, take_back_contribution
from colibri.showcase.models import Contribution, Paper
from colibri.showcase.queries import chapters_of
from tests.sample_world import account
from tests.showcase.samples import chapter_of

WORDS = {"title": "Retrouver le chemin", "call": "Deux pages.", "foreword": "", "language": "fr", "until": ""}
CHAPTER = {"title": "Tenir", "text": "## Le matin\n\nSe lever **quand même**.", "byline": "Rose"}


def letters() -> list[str]:
    sweep(now=timezone.now(), only={"people.Notice"})
    return [f"{one.to[0]}: {one.subject}" for one in mail.outbox]


def does(place, who, found, do: str, **more: str) -> int:
    room = "papers" if isinstance(found, Paper) else "chapters"
    answer = place.browser(who).post(f"/{room}/{found.public_id}/do/", {"do": do, **more}, follow=True)
    found.refresh_from_db()
    return answer.status_code


def page(place, who, address: str) -> str:
    answer = place.browser(who).get(address)
    return answer.content.decode() if answer.status_code == 200 else ""


def called(place) -> Paper:
    place.browser(place.animator).post("/c/hirondelles/papers/new/", WORDS)
    found = Paper.objects.get()
    assert page(place, None, found.get_absolute_url()) == ""
    does(place, place.animator, found, "open")
    return found


def written(place, who, paper: Paper, **words: str) -> Contribution:
    place.browser(who).post(f"/papers/{paper.public_id}/contribute/", {**CHAPTER, **words})
    return Contribution.objects.latest("pk")


def test_from_the_call_to_the_book(place):
    paper, rose = called(place), account("rose")
    assert "Deux pages." in page(place, None, paper.get_absolute_url())
    first, second = written(place, rose, paper), written(place, place.author, paper, title="Demander")
    assert page(place, place.animator, first.get_absolute_url()) == ""  # a draft is its author's alone
    for found, who in ((first, rose), (second, place.author)):
        does(place, who, found, "submit")
        assert found.agreed_at is not None
        assert letters()[-1] == f"anime@example.org: Une contribution vous attend : {found.title}"
        does(place, place.animator, found, "accept")
    does(place, place.animator, paper, "up", chapter=second.public_id)
    assert [one.title for one in chapters_of(paper)] == ["Demander", "Tenir"]
    assert page(place, None, first.get_absolute_url()) == ""
    does(place, place.animator, paper, "closed")
    does(place, place.animator, paper, "published")
    contents = page(place, None, paper.get_absolute_url())
    assert contents.index("Demander") < contents.index("Tenir")
    chapter = page(place, None, first.get_absolute_url())
    assert "<strong>quand même</strong>" in chapter
    assert "← Demander" in chapter
    assert {one.partition(":")[0] for one in letters()[2:]} == {"rose@example.org", "autrice@example.org"}

    does(place, rose, first, "take_back")
    assert page(place, None, first.get_absolute_url()) == ""
    assert "Tenir" not in page(place, None, paper.get_absolute_url())


@pytest.mark.skipif(not can_print(), reason="WeasyPrint, an extra, is not installed")
def test_the_whole_is_one_tagged_pdf_in_order_and_without_who_left(place):
    chapter = chapter_of(place.collective, place.author)
    other = chapter_of(place.collective, place.author, title="Partir", place=2)
    Contribution.objects.filter(pk=other.pk).update(paper=chapter.paper)
    Paper.objects.filter(pk=chapter.paper.pk).update(state="published", published_at=timezone.now())

    def text() -> str:
        answer = place.browser(None).get(f"/papers/{chapter.paper.public_id}/paper.pdf")
        found = PdfReader(io.BytesIO(answer.content))
        assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert b"pdfuaid" in found.trailer["/Root"]["/Metadata"].get_data()
        return " ".join(" ".join(one.extract_text() for one in found.pages).split())

    whole = text()
    marks = ["Sommaire", "Avant-propos", "le vôtre", "Ne plus chercher seul", "Partir"]
    places = [whole.rindex(one) for one in marks]
    assert places == sorted(places)
    other.refresh_from_db()
    take_back_contribution(other, now=timezone.now())
    assert "Partir" not in text()


def test_words_given_back_are_changed_by_their_author_who_agrees_anew(place):
    paper, rose = called(place), account("rose")
    found = written(place, rose, paper)
    does(place, rose, found, "submit")
    assert does(place, place.animator, found, "return", remark="Plus court ?") == 200
    assert (found.state, found.agreed_at) == ("draft", None)
    assert "Plus court ?" in page(place, rose, found.get_absolute_url())
    write = f"/chapters/{found.public_id}/write/"
    assert place.browser(place.animator).get(write).status_code == 404
    place.browser(rose).post(write, {**CHAPTER, "text": "Plus court."})
    found.refresh_from_db()
    assert (found.text, found.agreed_at) == ("Plus court.", None)


def test_nothing_is_published_without_a_chapter_and_nothing_taken_in_after_the_day(place):
    paper = called(place)
    does(place, place.animator, paper, "closed")
    does(place, place.animator, paper, "published")
    assert paper.state == "closed"
    assert place.browser(place.author).get(f"/papers/{paper.public_id}/contribute/").status_code == 302

    does(place, place.animator, paper, "open")
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        Paper.objects.update(until=timezone.localdate() - timedelta(days=1))
        place.browser(place.author).post(f"/papers/{paper.public_id}/contribute/", CHAPTER)
    assert not Contribution.objects.exists()


def test_only_who_may_does(place):
    chapter = chapter_of(place.collective, place.author)
    paper, stranger = chapter.paper, account("stranger")

    assert place.browser(place.author).get("/c/hirondelles/papers/new/").status_code == 404
    assert place.browser(place.author).get(f"/papers/{paper.public_id}/write/").status_code == 403
    assert does(place, place.author, paper, "closed") == 403
    assert does(place, stranger, paper, "up", chapter=chapter.public_id) == 403
    assert does(place, stranger, chapter, "take_back") == 404
    assert does(place, place.animator, chapter, "take_back") == 403  # its words are its author's
    assert does(place, place.animator, chapter, "nothing") == 403
    assert does(place, place.author, chapter, "accept") == 403
    assert place.browser(None).get(f"/papers/{paper.public_id}/paper.pdf").status_code == 404
    move_paper(paper, "closed", now=timezone.now())
    move_paper(paper, "published", now=timezone.now())
    assert page(place, stranger, chapter.get_absolute_url())
    assert does(place, stranger, chapter, "take_back") == 403


def test_what_is_missing_is_said_and_nothing_typed_is_lost(place):
    paper = called(place)
    address = f"/papers/{paper.public_id}/contribute/"
    answer = place.browser(place.author).post(address, {**CHAPTER, "title": ""})

    assert answer.status_code == 422
    assert "Se lever" in answer.content.decode()
    for _one in range(3):
        written(place, place.author, paper)
    place.browser(place.author).post(address, CHAPTER)
    assert Contribution.objects.count() == 3
