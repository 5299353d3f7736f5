"""Feeds of other sites: read politely from a real server, chosen, passed on with a word, never whole."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from django.urls import reverse
from django.utils import timezone

from colibri.common.work import sweep
from colibri.networks.guard import Guard
from colibri.showcase.actions import TooManyFeeds, follow_feed, forget_old_entries
from colibri.showcase.actions.reading import FEEDS_MOST
from colibri.showcase.models import Entry, Feed
from tests.networks.local_server import allowing, reply, serving

ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>Le blog</title>
<entry><id>tag:1</id><title>Lettre &lt;b&gt;courte&lt;/b&gt;</title>
<link href="https://blog.example/1"/>
<updated>2026-11-20T10:00:00Z</updated>
<summary type="html">&lt;p onclick="x()"&gt;Le début&lt;/p&gt;</summary>
<content type="html">Le texte entier, que nul ne recopie.</content></entry>
<entry><id>tag:2</id><title>Piège</title>
<link href="javascript:alert(1)"/></entry>
<entry><id>tag:3</id><title></title><link href="https://blog.example/3"/></entry></feed>"""
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Les nouvelles</title>
<item><title>Un droit de plus</title><link>https://news.example/a</link>
<pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>"""
BOMB = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel>
<item><title>&d;&x;</title><link>https://news.example/a</link></item></channel></rss>"""


class Site:
    """Another site: what it answers with, and the headers it was asked with."""

    def __init__(self) -> None:
        self.body, self.status, self.headers = ATOM.encode(), 200, {"ETag": '"1"'}
        self.asked: list[dict[str, str]] = []
        self.origin = ""

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(dict(handler.headers))
        if handler.headers.get("If-None-Match") == self.headers.get("ETag"):
            reply(handler, 304)
        else:
            reply(handler, self.status, self.body, **self.headers)


@pytest.fixture
def site(settings):
    made = Site()
    with serving(made) as (origin, _asked):
        made.origin = origin
        settings.GUARD = allowing(origin)
        yield made


def read(place, site) -> Feed:
    feed = follow_feed(place.collective, f"{site.origin}/feed", now=timezone.now())
    sweep(now=timezone.now() + timedelta(seconds=1), only={"showcase.Feed"})
    feed.refresh_from_db()
    return feed


def test_entries_are_taken_in_plain_and_short(place, site):
    feed = read(place, site)

    assert (feed.name, feed.fault) == ("Le blog", "")
    assert feed.due_at > timezone.now() + timedelta(hours=5)
    entry = Entry.objects.get()  # what leads nowhere or has no title is left
    assert (entry.title, entry.link, entry.summary) == ("Lettre courte", "https://blog.example/1", "Le début")


def test_it_is_asked_again_politely_and_nothing_comes_twice(place, site):
    read(place, site)
    read(place, site)
    assert site.asked[1]["If-None-Match"] == '"1"'

    site.headers["ETag"] = '"2"'
    site.body = ATOM.replace("tag:1", "tag:9").encode()
    read(place, site)
    assert Entry.objects.count() == 2
    assert {one["User-Agent"] for one in site.asked} == {allowing().user_agent}


def test_rss_is_read_too(place, site):
    site.body = RSS.encode()
    read(place, site)

    entry = Entry.objects.get()
    assert (entry.title, entry.written_at.day) == ("Un droit de plus", 20)


@pytest.mark.parametrize("body", ["<html><p>Bonjour</p></html>", "", "{}", "\x00\x01"])
def test_what_is_no_feed_says_so(place, site, body):
    site.body = body.encode()
    feed = read(place, site)

    assert feed.fault == "refused"
    assert not Entry.objects.exists()
    desk = place.browser(place.animator).get("/c/hirondelles/desk/").content.decode()
    assert str(feed.get_fault_display()) in desk


def test_entities_are_neither_unfolded_nor_fetched(place, site):
    site.body = BOMB.encode()
    read(place, site)

    told = " ".join(f"{one.title} {one.summary}" for one in Entry.objects.all())
    assert "bbbbbbbbbb" * 10 not in told
    assert "root:" not in told


def test_a_feed_that_is_gone_waits_for_an_animator(place, site):
    site.status = 410
    feed = read(place, site)

    assert (feed.fault, feed.due_at) == ("gone", None)


def test_an_entry_is_passed_on_with_a_word_and_taken_back(place, site):
    read(place, site)
    entry, animator = Entry.objects.get(), place.browser(place.animator)
    choose = reverse("showcase:choose", args=["hirondelles", entry.pk])

    missing = animator.post(choose, {"do": "pass", "step": "cv", "word": ""})
    assert missing.status_code == 422
    animator.post(choose, {"do": "pass", "step": "cv", "word": "Pour oser faire court."})
    page = place.browser(None).get("/c/hirondelles/read/?step=cv").content.decode()
    assert "Pour oser faire court." in page
    assert 'href="https://blog.example/1"' in page
    assert "Le début" not in page  # their words stay on their site

    animator.post(choose, {"do": "leave"})
    assert "Lettre courte" not in place.browser(None).get("/c/hirondelles/read/").content.decode()


def test_only_animators_choose_and_only_their_own(place, site):
    read(place, site)
    entry, feed = Entry.objects.get(), Feed.objects.get()

    author = place.browser(place.author)
    choose = reverse("showcase:choose", args=["hirondelles", entry.pk])
    assert author.post(choose, {"do": "leave"}).status_code == 403
    assert author.post("/c/hirondelles/desk/", {"url": "https://a.example/"}).status_code == 403
    assert author.post(reverse("showcase:unfollow", args=["hirondelles", feed.pk])).status_code == 403


def test_addresses_that_are_none_are_refused_and_feeds_are_counted(place):
    animator = place.browser(place.animator)
    for url in ("javascript:alert(1)", "ftp://a.example", "file:///etc/passwd", "nothing"):
        assert animator.post("/c/hirondelles/desk/", {"url": url}).status_code == 422
    for number in range(FEEDS_MOST):
        Feed.objects.create(collective=place.collective, url=f"https://a.example/{number}")
    with pytest.raises(TooManyFeeds):
        follow_feed(place.collective, "https://a.example/more", now=timezone.now())
    full = animator.post("/c/hirondelles/desk/", {"url": "https://a.example/more"})
    assert "Cinquante" in full.content.decode()


def test_what_nobody_passed_on_is_forgotten_after_a_month(place, site):
    read(place, site)
    assert forget_old_entries(now=timezone.now() + timedelta(days=29)) == 0
    assert forget_old_entries(now=timezone.now() + timedelta(days=31)) == 1


def test_no_private_place_is_read(place, settings):
    settings.GUARD = Guard()
    feed = follow_feed(place.collective, "http://127.0.0.1:1/feed", now=timezone.now())
    sweep(now=timezone.now() + timedelta(seconds=1), only={"showcase.Feed"})
    feed.refresh_from_db()

    assert feed.fault == "refused"
