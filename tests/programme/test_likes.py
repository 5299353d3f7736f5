"""What somebody likes: asked, kept for them alone, told beside what they can do, and taken along."""

import io
import json

import pytest
from django.urls import reverse
from pypdf import PdfReader

from colibri.common.printing import can_print
from colibri.compute.liking import QUESTIONS
from colibri.programme.models import Leaning, Skill, Trade
from colibri.programme.words import LIKED_WORDS

SKILLS, LIKES = "/c/hirondelles/skills/", "/c/hirondelles/skills/likes/"


@pytest.fixture
def trades(db):
    plan = Skill.objects.create(label="Lire un plan", folded="lire un plan", spread=2)
    for code, label, others in (
        ("F1602", "Électricité bâtiment", ("Câbler",)),
        ("N1103", "Magasinage", ("Ranger", "Peser")),
    ):
        made = Trade.objects.create(code=code, label=label)
        made.skills.add(plan, *(Skill.objects.create(label=one, folded=one, spread=1) for one in others))
    return plan


def test_every_question_has_its_words():
    assert LIKED_WORDS.keys() == QUESTIONS.keys()


def test_answers_move_trades_and_say_why(room, trades):
    ana = room.browser(room.person("ana"))
    ana.post(SKILLS, {"q": "plan", "skills": [trades.pk], "level": "2"})
    before = ana.get(SKILLS).content.decode()
    assert before.index("Électricité") < before.index("Magasinage")
    assert "Dire ce que j’aime" in before

    after = ana.post(LIKES, {"road": "2", "flow": "2", "build": "0"}, follow=True).content.decode()

    assert after.index("Magasinage") < after.index("Électricité")
    assert "Transport et logistique" in after
    assert "Être sur la route" in after
    assert "Vous aimez" in after


def test_answers_are_changed_left_out_and_forgotten(room):
    ana = room.browser(room.person("ana"))
    ana.post(LIKES, {"road": "2", "care": "1"})
    assert 'value="2" id="id_road_0" checked' in " ".join(
        ana.get(LIKES).content.decode().replace("required", "").split()
    )
    ana.post(LIKES, {"care": "0"})
    assert Leaning.objects.get().answers == {"care": 0}
    assert "Aucune famille de métiers ne ressort" in ana.get(SKILLS).content.decode()
    ana.post(LIKES, {})
    assert not Leaning.objects.exists()


def test_an_answer_that_is_none_is_refused_and_the_others_stay(room):
    ana = room.browser(room.person("ana"))
    page = ana.post(LIKES, {"road": "7", "care": "1"})

    assert page.status_code == 422
    assert "checked" in page.content.decode()
    assert not Leaning.objects.exists()


def test_nobody_sees_anothers_answers(room):
    ana = room.person("ana")
    room.browser(ana).post(LIKES, {"road": "2"})

    for who in (room.person("bo"), room.animator):
        assert "Être sur la route" not in room.browser(who).get(SKILLS).content.decode()
        assert "interests" not in json.loads(room.browser(who).get("/skills/resume.json").content)
    for path in (LIKES, reverse("programme:stock_pdf")):
        assert room.browser(None).get(path).status_code == 302


def test_likes_are_interests_of_a_json_resume(room):
    ana = room.browser(room.person("ana"))
    ana.post(LIKES, {"road": "2", "flow": "1", "care": "0"})
    found = json.loads(ana.get("/skills/resume.json").content)

    assert found["interests"][0]["name"] == "Transport et logistique"
    assert found["interests"][0]["keywords"] == [str(LIKED_WORDS["road"]), str(LIKED_WORDS["flow"])]


@pytest.mark.skipif(not can_print(), reason="WeasyPrint, an extra, is not installed")
def test_all_of_it_is_a_tagged_pdf(room, trades):
    ana = room.browser(room.person("ana"))
    ana.post(SKILLS, {"q": "plan", "skills": [trades.pk], "level": "2"})
    ana.post(LIKES, {"road": "2"})
    answer = ana.get(reverse("programme:stock_pdf"))
    read = PdfReader(io.BytesIO(answer.content))
    text = " ".join(page.extract_text() for page in read.pages)

    assert answer["Content-Type"] == "application/pdf"
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for words in ("ana", "Lire un plan", "Magasinage", "Être sur la route", "Câbler"):
        assert words in text


def test_where_no_pdf_can_be_made_the_page_offers_none_and_the_address_says_why(room, monkeypatch):
    monkeypatch.setattr("colibri.common.printing._weasyprint", lambda: None)
    ana = room.browser(room.person("ana"))
    ana.post(LIKES, {"road": "2"})

    assert "skills.pdf" not in ana.get(SKILLS).content.decode()
    answer = ana.get(reverse("programme:stock_pdf"))
    assert (answer.status_code, "colibri[pdf]" in answer.content.decode()) == (501, True)
