"""A collective whose people talk, each in a browser of their own."""

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from colibri.conversations.actions import answer, propose
from colibri.conversations.bundle import bundle
from colibri.conversations.models import Conversation
from colibri.people.models import Account, Collective, Role
from tests.sample_world import account

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "scripts" / "build_script.sh"
PEOPLE = {"seeker": "seeker", "helper": "helper", "animator": "animator", "relay": "relay"}


@pytest.fixture(scope="session")
def script() -> None:
    """The script as it stands in the source, built now."""
    subprocess.run([BUILD], check=True)
    assert bundle() is not None, "the script of conversations could not be built"


@pytest.fixture
def people(db: None) -> dict[str, Account]:
    """A seeker, and three who give a hand, of one collective."""
    collective = Collective.objects.create(
        slug="hirondelles",
        name="Les Hirondelles",
        supporters_hashtag="hirondelles",
        seekers_hashtag="hirondellesR",
    )
    made = {name: account(name) for name in PEOPLE}
    for name, kind in PEOPLE.items():
        Role.objects.create(account=made[name], collective=collective, kind=kind)
    return made


@dataclass
class Device:
    """Somebody's browser: a page, and what it said on its console."""

    page: Page
    site: str
    said: list[str] = field(default_factory=list)
    words: str = ""
    code: str = ""

    def goes(self, name: str, *given: object) -> None:
        self.page.goto(self.site + reverse(name, args=given))
        self.page.wait_for_selector("#within:not([hidden])")

    def makes_keys(self) -> None:
        """With six words and a printed code."""
        self.goes("conversations:keys")
        self.page.click("#begin")
        self.keeps_words()
        self.keeps_code()
        self.page.click("#finish")
        self.page.wait_for_selector("#held li")

    def keeps_words(self) -> None:
        self.page.click("#make_words")
        self.page.wait_for_selector("#words_made:not([hidden])")
        self.words = self.page.inner_text("#secret_words")
        self.page.fill("#words_again", self.words)
        self.page.click("#check_words button")
        self.page.wait_for_selector("#words_made", state="hidden")

    def keeps_code(self) -> None:
        self.page.click("#make_code")
        self.code = self.page.inner_text("#secret_code")
        self.page.fill("#code_again", self.code)
        self.page.click("#check_code button:not([type])")
        self.page.wait_for_selector("#code_made", state="hidden")

    def opens_keys(self, typed: str) -> None:
        self.goes("conversations:keys")
        self.page.fill("#typed", typed)
        self.page.click("#open_typed button")
        self.page.wait_for_selector("#held li")

    def asks(self, name: str) -> None:
        """For a conversation; its page is open when the server has kept the question."""
        self.page.goto(f"{self.site}/c/hirondelles/conversations/new/")
        self.page.check(f"text={name}")
        self.page.click("main form button")
        self.page.wait_for_url(lambda address: not address.endswith("/new/"))

    def agrees(self) -> None:
        """To the conversation this person is asked for."""
        self.page.goto(f"{self.site}/conversations/")
        self.page.click("button[value=yes]")
        self.page.wait_for_selector("#write:not([hidden])")

    def writes(self, text: str, *files: Path) -> None:
        """One message more; it is shown, and the page is ready for the next, when this returns."""
        alike = self.page.locator("#messages .mine .text", has_text=re.compile(rf"^{re.escape(text)}$"))
        before = alike.count()
        self.page.fill("#text", text)
        if files:
            self.page.set_input_files("#files", files)
        self.page.click("#write button:not([type])")
        alike.nth(before).wait_for()
        self.page.wait_for_selector("#write:not([aria-busy])")

    def looks(self) -> None:
        self.page.click("#look")
        self.page.wait_for_selector("#look:not([aria-busy])")

    @property
    def texts(self) -> list[str]:
        """The texts as they stand on the page."""
        return self.page.locator("#messages .text").all_inner_texts()


@pytest.fixture
def in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The site answers one request after the other: its threads share one connection to rows in memory."""
    turn, answer = Lock(), WSGIHandler.get_response

    def answered(handler: WSGIHandler, request: HttpRequest) -> HttpResponseBase:
        with turn:
            return answer(handler, request)

    monkeypatch.setattr(WSGIHandler, "get_response", answered)


@pytest.fixture
def device(
    browser: Browser, live_server: object, script: None, in_turn: None
) -> Iterator[Callable[[Account], Device]]:
    """Gives somebody one more browser, signed in; nothing may go wrong on its console."""
    opened: list[Device] = []
    contexts = []

    def give(account: Account) -> Device:
        site = re.sub(r"//127\.0\.0\.1", "//localhost", live_server.url)  # type: ignore[attr-defined]
        client = Client()
        client.force_login(account)
        context = browser.new_context(locale="fr-FR", viewport={"width": 360, "height": 740})
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        contexts.append(context)
        made = Device(context.new_page(), site)
        made.page.on("pageerror", lambda fault: made.said.append(str(fault)))
        made.page.on("console", lambda line: made.said.append(line.text) if line.type == "error" else None)
        opened.append(made)
        return made

    yield give
    for context in contexts:
        context.close()
    assert [line for one in opened for line in one.said] == []


def talking(*accounts: Account) -> Conversation:
    """The conversation of people who all have keys and agreed."""
    now = timezone.now()
    first, *others = accounts
    made = propose(Collective.objects.get(), first, list(others), now=now)
    for member in made.members.filter(state="invited"):
        answer(member, yes=True, now=now)
    made.refresh_from_db()
    return made
