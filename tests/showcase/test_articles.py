"""An article's way, walked by its author, an animator and a reader."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from colibri.common.states import WrongMove
from colibri.common.work import sweep
from colibri.people.models import Collective, Role
from colibri.showcase.actions import change_article, plan_article, submit_article
from colibri.showcase.marking import TAGS, marked
from colibri.showcase.models import Article
from tests.sample_world import account

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
WORDS = {
    "title": "Préparer un entretien",
    "summary": "Trois questions à se poser la veille.",
    "text": "## La veille\n\n- Pourquoi *ce* poste ?\n- [Une fiche](https://fiche.example/)",
    "step": "interview",
    "language": "fr",
    "byline": "Rose Pinson",
}


def work() -> None:
    for label in ("showcase.Article", "people.Notice"):
        sweep(now=timezone.now(), only={label})


def begun(place) -> Article:
    kept = place.browser(place.author).post(reverse("showcase:begin", args=["hirondelles"]), WORDS)
    found = Article.objects.get()
    assert kept.url == found.get_absolute_url()
    return found


def does(place, who, article: Article, do: str, **more: str):
    return place.browser(who).post(
        reverse("showcase:decide", args=[article.public_id]),
        {"do": do, "version": Article.objects.get(pk=article.pk).version, **more},
        follow=True,
    )


def test_an_article_is_written_looked_at_and_read(place):
    with time_machine.travel(MONDAY, tick=False):
        found = begun(place)
        assert place.browser(None).get(found.get_absolute_url()).status_code == 404
        does(place, place.author, found, "submit")
        work()
        assert [one.to for one in mail.outbox] == [["anime@example.org"]]
        assert found.get_absolute_url() in mail.outbox[0].body

        desk = place.browser(place.animator).get(reverse("showcase:desk", args=["hirondelles"]))
        assert "Préparer un entretien" in desk.content.decode()
        does(place, place.animator, found, "publish")
        work()

    page = place.browser(None).get(found.get_absolute_url()).content.decode()
    assert "<h3>La veille</h3>" in page
    assert 'href="https://fiche.example/" rel="noopener nofollow ugc"' in page
    assert '"@type": "Article"' in page
    assert "Préparer un entretien" in place.browser(None).get("/c/hirondelles/read/").content.decode()
    assert (
        "Préparer un entretien"
        not in place.browser(None).get("/c/hirondelles/read/?step=cv").content.decode()
    )
    feed = place.browser(None).get("/c/hirondelles/read/feed.atom").content.decode()
    assert "&lt;h3&gt;La veille" in feed
    assert [one.to for one in mail.outbox[1:]] == [["autrice@example.org"]]


def test_it_is_published_at_its_moment_by_the_collectives_clocks(place):
    with time_machine.travel(MONDAY, tick=False) as clock:
        found = begun(place)
        does(place, place.animator, found, "publish", at="2026-11-24T08:30")
        work()
        found.refresh_from_db()
        assert (found.state, found.due_at) == ("planned", datetime(2026, 11, 24, 7, 30, tzinfo=UTC))
        assert (
            "24/11/2026 08:30" in place.browser(place.author).get(found.get_absolute_url()).content.decode()
        )

        clock.shift(timedelta(hours=23))
        work()
    found.refresh_from_db()
    assert found.state == "published"


def test_what_is_missing_is_said_and_nothing_typed_is_lost(place):
    page = place.browser(place.author).post(
        reverse("showcase:begin", args=["hirondelles"]), {**WORDS, "summary": "", "step": "moon"}
    )

    assert page.status_code == 422
    assert "La veille" in page.content.decode()
    assert not Article.objects.exists()

    found = begun(place)
    wrong = does(place, place.animator, found, "publish", at="tomorrow")
    found.refresh_from_db()
    assert found.state == "draft"
    assert "année-mois-jour" in wrong.content.decode()


def test_it_is_given_back_with_a_word(place):
    found = begun(place)
    does(place, place.author, found, "submit")
    does(place, place.animator, found, "return", remark="Ajoutez un exemple.")
    work()

    assert "Ajoutez un exemple." in mail.outbox[-1].body
    assert "Ajoutez un exemple." in place.browser(place.author).get(found.get_absolute_url()).content.decode()


def test_an_author_takes_back_and_erases(place):
    found = begun(place)
    does(place, place.animator, found, "publish")
    work()
    does(place, place.author, found, "take_back")
    assert place.browser(None).get(found.get_absolute_url()).status_code == 404
    does(place, place.author, found, "erase")
    assert not Article.objects.exists()


def test_only_who_may_does(place):
    found = begun(place)
    stranger = account("stranger")

    assert place.browser(stranger).get(found.get_absolute_url()).status_code == 404
    assert does(place, stranger, found, "publish").status_code == 404
    assert does(place, place.author, found, "publish").status_code == 403
    assert does(place, place.author, found, "nothing").status_code == 404
    refused = place.browser(stranger).get(reverse("showcase:begin", args=["hirondelles"]))
    assert refused.status_code == 403
    assert "relaient, aident ou animent" in refused.content.decode()
    does(place, place.author, found, "submit")
    assert (
        place.browser(place.author).get(reverse("showcase:write", args=[found.public_id])).status_code == 403
    )
    elsewhere = Collective.objects.create(slug="b", name="B", supporters_hashtag="b", seekers_hashtag="br")
    Role.objects.create(account=stranger, collective=elsewhere, kind="animator")
    assert place.browser(stranger).get(found.get_absolute_url()).status_code == 404
    assert place.browser(stranger).get(reverse("showcase:desk", args=["hirondelles"])).status_code == 403


def test_two_animators_decide_once(place):
    found = begun(place)
    submit_article(found, now=MONDAY)
    one, other = Article.objects.get(), Article.objects.get()
    plan_article(one, version=1, at=MONDAY, now=MONDAY)

    with pytest.raises(WrongMove):
        plan_article(other, version=1, at=MONDAY, now=MONDAY)


def test_an_animator_publishes_only_the_words_they_read(place):
    found = begun(place)
    write = reverse("showcase:write", args=[found.public_id])
    read = place.browser(place.animator).get(found.get_absolute_url()).content.decode()
    assert 'name="version" value="1"' in read
    place.browser(place.author).post(write, {**WORDS, "title": "Achetez mes pilules"})

    late = does(place, place.animator, found, "publish", version="1")

    found.refresh_from_db()
    assert (found.state, found.version) == ("draft", 2)
    assert "relire" in late.content.decode()
    does(place, place.animator, found, "publish", version="")
    found.refresh_from_db()
    assert found.state == "draft"
    does(place, place.animator, found, "publish")
    found.refresh_from_db()
    assert found.state == "planned"


def test_no_change_comes_after_a_decision_its_writer_has_not_seen(place):
    found = begun(place)
    mine = Article.objects.get()
    plan_article(found, version=1, at=MONDAY, now=MONDAY)
    mine.title = "Achetez mes pilules"

    with pytest.raises(WrongMove):
        change_article(mine, now=MONDAY)

    assert Article.objects.get().title == WORDS["title"]


HOSTILE = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://tracker.example/1.png)",
    "<a href='https://a.example' onclick='x()'>a</a>",
    "<https://a.example/><img src=x onerror=alert(1)>",
    "[x](vbscript:msgbox)",
    "# <iframe src=//a.example>",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_does_no_harm(text):
    assert harmless(marked(text))


@given(st.text(alphabet=st.sampled_from(list("<>[]()!\"'=/:#*_`\n &;javscriptonhdf")), max_size=80))
def test_no_text_becomes_more_than_the_tags_allowed(text):
    assert harmless(marked(text))


def harmless(html: str) -> bool:
    tags = re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)([^>]*)>", html)
    kept = {name for name, _rest in tags} <= TAGS
    links = re.findall(r'href="([^"]*)"', html)
    return (
        kept
        and not re.search(r"<[^>]*\son\w+\s*=", html)
        and all(one.startswith(("http://", "https://", "mailto:")) or ":" not in one for one in links)
    )
