"""Feeds and cards, read by the programs that read them."""

import json
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from colibri.appeals.actions.intake import submit_form
from colibri.appeals.models import Appeal, Message
from tests.sample_world import sample_world

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def appeal() -> Appeal:
    sample_world()
    Appeal.objects.filter(kind="search", state="active").update(
        occupation="H2913", region="53", place="Brest"
    )
    found = Appeal.objects.get(kind="search", state="active")
    Message.objects.create(appeal=found, version=2, text="Je soude.\n<script>alert(1)</script> & plus")
    return found


def entries(client, name: str, *where: str) -> list[ElementTree.Element]:
    answer = client.get(reverse(name, args=["hirondelles", *where]))
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def test_the_feed_tells_each_open_appeal_as_harmless_html(client, appeal):
    [entry] = entries(client, "home:feed")

    assert entry.find(f"{ATOM}link").get("href").endswith(appeal.get_absolute_url())
    assert "Brest" in entry.findtext(f"{ATOM}title")
    summary = entry.findtext(f"{ATOM}summary")
    assert "&lt;script&gt;" in summary
    assert "<script>" not in summary
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Les Hirondelles"


@pytest.mark.parametrize(
    ("name", "where", "count"),
    [
        ("home:region_feed", "53", 1),
        ("home:region_feed", "11", 0),
        ("home:trade_feed", "H", 1),
        ("home:trade_feed", "J", 0),
    ],
)
def test_a_feed_can_be_of_one_region_or_one_trade_family(client, appeal, name, where, count):
    assert len(entries(client, name, where)) == count


@pytest.mark.parametrize(("name", "where"), [("home:region_feed", "99"), ("home:trade_feed", "Z")])
def test_there_is_no_feed_of_a_region_or_trade_nobody_knows(client, appeal, name, where):
    assert client.get(reverse(name, args=["hirondelles", where])).status_code == 404


@pytest.mark.parametrize("state", ["draft", "submitted", "paused", "closed"])
def test_what_is_not_being_relayed_is_in_no_feed_and_on_no_card(client, appeal, settings, state):
    Appeal.objects.filter(pk=appeal.pk).update(state=state)

    assert entries(client, "home:feed") == []
    assert card(client, settings.SITE_URL + appeal.get_absolute_url()).status_code == 404


def card(client, url: str, **more: str):
    return client.get(reverse("home:oembed"), {"url": url, **more})


def test_a_site_shows_our_link_as_a_quotation_without_script(client, appeal, settings):
    answer = card(client, settings.SITE_URL + appeal.get_absolute_url(), maxwidth="400")

    document = json.loads(answer.content)
    assert (document["version"], document["type"], document["width"]) == ("1.0", "rich", 400)
    assert document["author_name"] == "Les Hirondelles"
    assert "<script" not in document["html"]
    assert "&lt;script&gt;" in document["html"]


def test_the_page_says_where_its_card_is(client, appeal, settings):
    url = settings.SITE_URL + appeal.get_absolute_url()

    page = client.get(appeal.get_absolute_url()).content.decode()

    assert f"{settings.SITE_URL}{reverse('home:oembed')}?url={quote(url, safe='')}" in page
    assert client.get(f"{reverse('home:oembed')}?url={quote(url, safe='')}").status_code == 200


@pytest.mark.parametrize(
    "url",
    ["", "x", "https://elsewhere.test/a/x/", "javascript:alert(1)", "http://127.0.0.1:8000/c/hirondelles/"],
)
def test_other_addresses_have_no_card(client, appeal, url):
    assert card(client, url).status_code == 404


def test_only_json_is_spoken(client, appeal, settings):
    url = settings.SITE_URL + appeal.get_absolute_url()

    assert card(client, url, format="xml").status_code == 501


@pytest.mark.parametrize("url", ["http://[", "http://℀.com/", "http://a＃b/", "x" * 5_000, "\x00"])
def test_what_is_no_address_has_no_card(client, appeal, url):
    assert client.get(reverse("home:oembed"), {"url": url}).status_code == 404


def test_no_character_breaks_the_feed_of_all(client, appeal):
    account = appeal.account
    Appeal.objects.all().delete()
    words = "Soudeuse,\x07 je cherche\x0b un CDI \x1bà Brest \u202ek"
    made = submit_form(appeal.collective, account, words, now=timezone.now())
    Appeal.objects.update(state="active")

    assert made.message.text == "Soudeuse, je cherche un CDI à Brest k"
    [entry] = entries(client, "home:feed")
    assert "Soudeuse" in entry.findtext(f"{ATOM}summary")
