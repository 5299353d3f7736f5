"""Every page anybody can open, on a small phone: weight, requests, contrast, width, keyboard, both languages.

    python -m pytest tests/acceptance/test_budgets.py -s

prints each page's bytes and when a slow phone paints it first.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page

from colibri.appeals.queries import open_appeals
from colibri.config.demo.stage import Demo, people_to_try
from colibri.impact.models import Edition
from colibri.networks.memory.world import World as MemoryWorld
from colibri.networks.memory.worlds import forget, register
from colibri.people.models import Collective
from tests.peers.browser import axe, first_paint, slow_phone
from tests.sample_world import World, sample_world
from tests.test_house_pages import Address, distinct_addresses, sample_of

pytestmark = pytest.mark.browser

NOWHERE = "/nowhere/"
MOST_BYTES = 14 * 1024
NARROW = {"width": 360, "height": 740}
LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}
# Colours do not depend on words: both are looked at in one language.
SCHEMES = {"fr": ("light", "dark"), "en": ("light",)}
# Signing in with a passkey is done by the browser's script and nothing else; a code by mail needs none.
# What is encrypted is encrypted in the browser, or not at all.
NEED_SCRIPT = re.compile(r"account_request_login_code|mfa_|conversations:(?:keys|conversation)$")
HEADING = re.compile(r"<(h[1-3]|legend|button)\b[^>]*>(.*?)</\1>", re.DOTALL)
# What is data and what only adds to a page that is whole without it is no script that is needed.
SCRIPT = re.compile(
    r"<script\b(?![^>]*(?:application/ld\+json|data-enhances))|\son[a-z]+=|javascript:", re.IGNORECASE
)
# What a finger or a mouse can use, and what of it the tab key has come to.
TOUCHABLE = """() => [...document.querySelectorAll(
    'a[href], button, summary, select, textarea, input:not([type=hidden]), [tabindex="0"]')]
  .filter(one => one.checkVisibility() && !one.disabled)"""
# A field of a day or a moment stops the tab key at its day, month, year, hour, minutes and the calendar.
DATES, STOPS_INSIDE = "input[type=date], input[type=datetime-local]", 7
NAME = "one => one.type === 'radio' ? 'radio ' + one.name : one.outerHTML.slice(0, 120)"
NOTE_FOCUS = f"addEventListener('focusin', event => reached.push(({NAME})(event.target)))"


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that opens for somebody; `cookie` is their session's."""

    who: str
    path: str
    html: str
    cookie: str

    @property
    def look(self) -> tuple[str, ...]:
        """Its headings and buttons: two people who see the same ones see the same page."""
        return tuple(" ".join(words.split()) for _, words in HEADING.findall(self.html))


def visits(address: Address, world: World) -> Iterator[Visit]:
    """The page as each kind of person sees it, once for each look it has."""
    path = reverse(address.name, kwargs=sample_of(address, world))
    seen = set()
    for who, account in world.people.items():
        client = Client(headers={"accept-language": "fr"})
        if account is not None:
            client.force_login(account)
        answer = client.get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            assert answer.status_code < 500
            continue
        cookie = client.cookies["sessionid"].value if account is not None else ""
        visit = Visit(who, path, answer.content.decode(), cookie)
        if visit.look not in seen:
            seen.add(visit.look)
            yield visit


@contextmanager
def phone(browser: Browser, site: str, visit: Visit, language: str) -> Iterator[Page]:
    """A narrow page of this visitor."""
    context = browser.new_context(locale=LANGUAGES[language], viewport=NARROW)
    if visit.cookie:
        context.add_cookies([{"name": "sessionid", "value": visit.cookie, "url": site}])
    try:
        yield context.new_page()
    finally:
        context.close()


def faults_of_look(page: Page, *schemes: str) -> list[str]:
    """What axe finds in these colours, and whether the page is wider than the phone."""
    found = []
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {one.rule} ({one.help}) {one.elements}" for one in axe(page)]
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > NARROW["width"]:
        found.append(f"{wide} pixels wide on a phone of {NARROW['width']}")
    return found


def unreachable(page: Page) -> list[str]:
    """What can be touched and not be come to with the tab key."""
    wanted = page.evaluate(f"() => ({TOUCHABLE})().map({NAME})")
    page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0) }")
    inside = page.evaluate(f"() => {STOPS_INSIDE} * document.querySelectorAll({DATES!r}).length")
    page.evaluate(f"() => {{ const reached = window.reached = []; {NOTE_FOCUS} }}")
    for _ in range(len(wanted) + inside + 5):
        page.keyboard.press("Tab")
    reached = set(page.evaluate("() => window.reached"))
    return [name for name in dict.fromkeys(wanted) if name not in reached]


def weigh(page: Page, url: str) -> tuple[int, int, list[str]]:
    """(status, bytes of HTML and CSS as sent, what else was asked for) of a page opened afresh."""
    asked = []
    page.on("requestfinished", lambda request: asked.append(request))
    answer = page.goto(url)
    assert answer is not None
    kinds = {"document", "stylesheet"}
    sizes = sum(one.sizes()["responseBodySize"] for one in asked if one.resource_type in kinds)
    # A person's picture, from here, is what the page is about; the words do not wait for it.
    here = urlsplit(url).netloc
    pictures = {one.url for one in asked if one.resource_type == "image" and urlsplit(one.url).netloc == here}
    elsewhere = [one.url for one in asked if one.resource_type != "document" and one.url[:5] != "data:"]
    others = [one for one in elsewhere if one not in pictures]
    return answer.status, sizes, others


def faults(browser: Browser, site: str, visit: Visit, *, scripted: bool) -> list[str]:
    """All that is wrong with a page for one visitor, in both languages; prints what it weighs."""
    found = []
    if not scripted and SCRIPT.search(visit.html):
        found.append("a script, where everything is to work without")
    for language in LANGUAGES:
        with phone(browser, site, visit, language) as page:
            status, size, others = weigh(page, site + visit.path)
            found += [f"{language}: {status}"] if status != 200 and visit.path != NOWHERE else []
            found += [f"{language}: {size} bytes"] if size >= MOST_BYTES else []
            found += [f"{language}: asks for {others}"] if others and not scripted else []
            found += [f"{language}: {fault}" for fault in faults_of_look(page, *SCHEMES[language])]
            found += [f"{language}: no key reaches {name}" for name in unreachable(page)]
            assert page.evaluate("document.documentElement.lang") == language
            if language == "fr":
                slow_phone(page)
                page.goto(site + visit.path)
                print(f"{visit.path} {visit.who}: {size} bytes, painted after {first_paint(page):.0f} ms")
    return [f"{visit.who}: {fault}" for fault in found]


@pytest.fixture
def demonstration(transactional_db: None) -> Iterator[Collective]:
    """The small demonstration's collective after its day, in this process."""
    address = register("budgets", MemoryWorld())
    demo = Demo(address, "small", say=lambda _: None)
    demo.set_up()
    demo.run_day()
    yield demo.collective
    forget(address)


def test_the_pages_of_a_collective_after_a_full_day_are_as_light_and_legible(
    browser, live_server, demonstration, settings
):
    settings.DEMO = True
    links = people_to_try(demonstration, "")
    appeal = open_appeals(demonstration).exclude(account=None).first()
    year = f"/c/demo/report/{Edition.objects.latest('month').month:%Y}/"
    paths = {
        "nobody": ("/c/demo/", appeal.get_absolute_url(), "/c/demo/figures/", "/c/demo/causes/", year),
        "animator": ("/me/", "/c/demo/day/", "/c/demo/outcomes/", "/c/demo/inclusion/"),
        "relay": ("/today/",),
        "seeker": (f"/a/{appeal.public_id}/mine/", f"/a/{appeal.public_id}/reach/"),
    }
    found = []
    for who, wanted in paths.items():
        client = Client(headers={"accept-language": "fr"})
        if who in links:
            client.post(links[who])
        cookie = client.cookies["sessionid"].value if who in links else ""
        for path in wanted:
            visit = Visit(who, path, client.get(path).content.decode(), cookie)
            found += [f"{path} {fault}" for fault in faults(browser, live_server.url, visit, scripted=False)]

    assert found == []


@pytest.mark.parametrize("address", distinct_addresses(), ids=str)
def test_a_page_is_light_legible_and_usable_without_script_or_mouse(address, browser, live_server):
    scripted = bool(NEED_SCRIPT.match(address.name))
    found = [
        fault
        for visit in visits(address, sample_world())
        for fault in faults(browser, live_server.url, visit, scripted=scripted)
    ]

    assert found == []


def test_a_page_that_is_not_there_is_as_light_and_legible(browser, live_server, client):
    visit = Visit("nobody", NOWHERE, client.get(NOWHERE).content.decode(), "")

    assert faults(browser, live_server.url, visit, scripted=False) == []


def test_what_no_key_reaches_is_named(page):
    page.set_content('<a href="/">yes</a><button tabindex="-1">no</button>')

    assert unreachable(page) == ['<button tabindex="-1">no</button>']


def test_what_is_wider_than_the_phone_is_named(page):
    page.set_viewport_size(NARROW)
    page.set_content(
        '<html lang="fr"><title>a</title><main><h1 style="width: 500px">large</h1></main></html>'
    )

    assert faults_of_look(page, "light") == ["508 pixels wide on a phone of 360"]
