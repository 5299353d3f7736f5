"""A hand, from the first question to the last step: five people at once, each in a browser of their own.

A seeker asks, a helper accepts, they talk encrypted with a CV attached, the CV gets comments; a mentor falls
silent and is replaced; a workshop is joined and its file opens in a calendar's parser; a step of the cohort
is done. Afterwards nothing of what they wrote in private is anywhere on the server.

Days pass by moving what the rows remember back, and one step of the clock.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page

from tests.config.served import Served, rows, served, tick
from tests.conversations.canaries import administration, founded, page_of, places_of
from tests.conversations.conftest import Device, script
from tests.peers.process import wait_until

__all__ = ["script"]

pytestmark = pytest.mark.browser

HOME, PARIS = "/c/hirondelles", ZoneInfo("Europe/Paris")
TEXT, REMARK = "CANARI-CV-EN-TEXTE-1f0a", "CANARI-REMARQUE-77be"
SAID, ANSWERED, DRAFT = "CANARI-MESSAGE-a31c", "CANARI-REPONSE-0d4e", "CANARI-BROUILLON-c9f2"
FILE, FILE_NAME = "CANARI-DANS-LE-CV-5b6d", "CANARI-NOM-DU-CV-e8a0.txt"


@dataclass
class Place:
    """The served site and its people's pages."""

    folder: Path
    one: Served
    pages: dict[str, Page]

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.one.port}"

    def goes(self, who: str, path: str) -> Page:
        self.pages[who].goto(f"{self.site}{path}")
        return self.pages[who]

    def waits(self, query: str, seconds: float = 300) -> None:
        """Until the database says yes."""
        assert wait_until(lambda: rows(self.folder, query) == [(1,)], seconds=seconds), query

    def days_pass(self, days: int) -> None:
        """What helping remembers, and when people were seen, is so much longer ago."""
        with closing(sqlite3.connect(self.folder / "colibri.sqlite3", timeout=60)) as database, database:
            known = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
            where = "WHERE m.type = 'table' AND m.name LIKE 'helping%' AND c.type = 'datetime'"
            moments = [*database.execute(f"{known} {where}"), ("people_account", "last_login")]
            for table, column in moments:
                ago = f"strftime('%Y-%m-%d %H:%M:%f', {column}, '-{days} days')"
                database.execute(f"UPDATE {table} SET {column} = {ago} WHERE {column} IS NOT NULL")
        tick(self.folder, COLIBRI_MAIL_URL="file:")


@pytest.fixture
def place(tmp_path: Path, browser: Browser, script: None) -> Iterator[Place]:
    people = ["seeker:camille", "helper:rose", "helper:iris", "relay:pic", "animator:sauge", "operator:ops"]
    sessions = founded(tmp_path, *people)
    with served(tmp_path, COLIBRI_MAIL_URL="file:", COLIBRI_LOG_LEVEL="DEBUG") as one:
        site = f"http://127.0.0.1:{one.port}"
        pages = {name: page_of(browser, site, session) for name, session in sessions.items()}
        yield Place(tmp_path, one, pages)
        for page in pages.values():
            page.context.close()


def test_five_people_and_nothing_they_wrote_in_private_is_on_the_server(place, tmp_path):
    reviewing(place)
    cv = tmp_path.parent / FILE_NAME
    cv.write_text(FILE * 40)
    talking(place, cv)
    changing_mentors(place)
    workshop(place)
    cohort(place)

    for canary in (TEXT, REMARK, SAID, ANSWERED, DRAFT, FILE, FILE_NAME):
        assert places_of(tmp_path, canary) == [], canary
        assert canary not in administration(place.pages["ops"], place.one.port)
    backup(tmp_path)
    assert places_of(tmp_path, SAID) == []
    assert any(found.endswith("backup.sqlite3") for found in places_of(tmp_path, "camille@example.org"))


def offers(place: Place, who: str, *kinds: str) -> None:
    page = place.goes(who, f"{HOME}/help/give/")
    for kind in kinds:
        page.check(f"[name=kinds][value={kind}]")
    page.fill("[name=a_week]", "2")
    page.click("main form button")
    page.wait_for_url("**/help/")


def asks(place: Place, kind: str, text: str = "") -> str:
    """Camille asks; the path of the request."""
    page = place.goes("camille", f"{HOME}/help/ask/")
    page.check(f"[name=kind][value={kind}]")
    page.fill("[name=text]", text)
    page.click("main form button")
    page.wait_for_selector("text=C’est demandé")
    return page.url.removeprefix(place.site)


def accepts(place: Place, who: str) -> None:
    account = f"SELECT id FROM people_account WHERE name = '{who}'"
    mine = f"giving_id IN (SELECT id FROM helping_giving WHERE account_id = ({account}))"
    place.waits(f"SELECT count(*) FROM helping_proposal WHERE state = 'open' AND {mine}")
    page = place.goes(who, "/help/")
    page.click("button[value=accept]")
    page.wait_for_selector("button[value=write]")


def writes(place: Place, who: str, path: str, text: str) -> None:
    page = place.goes(who, path)
    page.fill("main textarea[name=text]", text)
    page.click("button[value=write]")
    page.wait_for_selector(f"text={text}")


def reviewing(place: Place) -> None:
    """One asks for a look at their CV, another accepts and comments on a passage, and it ends with a word."""
    offers(place, "rose", "cv", "mentor")
    request = asks(place, "cv", f"Soudeuse.\n\n{TEXT}")
    accepts(place, "rose")
    assert place.goes("rose", request).is_visible(f"text={TEXT}")
    writes(place, "rose", f"{request}?passage=2#p2", REMARK)
    seen = place.goes("camille", request)
    assert seen.is_visible(f"#p2 >> text={REMARK}")
    seen.click("summary")
    seen.check("[name=ending][value=helped]")
    seen.click("button[value=close]")
    seen.wait_for_selector("text=Merci d’avoir dit")


def talking(place: Place, cv: Path) -> None:
    """Keys made in both browsers, a yes, words and a CV only the two can open."""
    seeker, mentor = (Device(place.pages[name], place.site) for name in ("camille", "rose"))
    for one in (seeker, mentor):
        one.makes_keys()
    seeker.asks("rose")
    mentor.agrees()
    seeker.page.reload()
    seeker.page.wait_for_selector("#write:not([hidden])")
    seeker.writes(SAID, cv)
    mentor.looks()
    with mentor.page.expect_download() as saving:
        mentor.page.click("#m1 button.quiet")
    assert saving.value.suggested_filename == FILE_NAME
    assert FILE in Path(saving.value.path()).read_text()
    mentor.writes(ANSWERED)
    seeker.looks()
    assert seeker.texts == mentor.texts == [SAID, ANSWERED]
    seeker.page.fill("#text", DRAFT)
    seeker.page.wait_for_function("() => Object.keys(localStorage).some(one => one.includes('draft'))")


def changing_mentors(place: Place) -> None:
    """A mentor writes once and is heard of no more: asked gently, relieved, and another takes over."""
    request = asks(place, "mentor")
    accepts(place, "rose")
    writes(place, "rose", request, "Bonjour, voyons-nous jeudi.")
    writes(place, "camille", request, "Avec joie, à quelle heure ?")
    offers(place, "iris", "mentor")
    of_rose = "account_id = (SELECT id FROM people_account WHERE name = 'rose')"
    place.days_pass(6)
    place.waits(f"SELECT count(*) FROM helping_giving WHERE state = 'asked' AND {of_rose}")
    place.days_pass(3)
    place.waits(f"SELECT count(*) FROM helping_giving WHERE state = 'paused' AND silent AND {of_rose}")
    accepts(place, "iris")
    seen = place.goes("camille", request)
    assert seen.is_visible("text=iris")
    assert seen.is_visible("text=à quelle heure")
    iris = place.goes("iris", request)
    assert not iris.is_visible("text=à quelle heure")


def workshop(place: Place) -> None:
    """Proposed by one, agreed to by an animator, joined by another, whose calendar reads its file."""
    begins = datetime.now(PARIS).replace(minute=0, second=0, microsecond=0) + timedelta(days=9)
    page = place.goes("pic", f"{HOME}/workshops/new/")
    page.fill("[name=title]", "Oser l’entretien")
    page.fill("[name=learn]", "Se présenter en une minute.")
    page.fill("[name=starts_at]", f"{begins:%Y-%m-%dT%H:%M}")
    page.fill("[name=ends_at]", f"{begins + timedelta(hours=1):%Y-%m-%dT%H:%M}")
    page.fill("[name=venue]", "Maison des associations")
    page.fill("[name=host_name]", "Pic")
    page.click("main form button")
    page.wait_for_selector("h1 >> text=Oser l’entretien")
    path = page.url.removeprefix(place.site)
    agreed = place.goes("sauge", path)
    agreed.click("button[value=agree]")
    agreed.wait_for_selector("button[value=agree]", state="detached")
    joins = place.goes("camille", path)
    joins.click("button[value=take]")
    joins.wait_for_selector("button[value=give_back]")
    answer = joins.context.request.get(f"{place.site}{path}event.ics")
    (event,) = Calendar.from_ical(answer.body()).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Oser l’entretien"
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(hours=1)


def cohort(place: Place) -> None:
    """Made and opened by an animator, joined by a seeker, whose first step is done."""
    page = place.goes("sauge", f"{HOME}/programme/organise/")
    page.click("main form button")
    place.waits("SELECT count(*) FROM programme_programme")
    (programme,) = rows(place.folder, "SELECT public_id FROM programme_programme")[0]
    page = place.goes("sauge", f"/programmes/{programme}/cohorts/new/")
    page.fill("[name=name]", "Bretagne, hiver")
    page.fill("[name=begins_on]", f"{datetime.now(PARIS):%Y-%m-%d}")
    page.fill("[name=ends_on]", f"{datetime.now(PARIS) + timedelta(days=90):%Y-%m-%d}")
    page.fill("[name=places]", "10")
    page.click("main form button")
    page.click("button[value=open]")
    page.wait_for_selector("button[value=open]", state="detached")
    walks = place.goes("camille", page.url.removeprefix(place.site))
    walks.click("button[value=join]")
    walks.click("button[value=done] >> nth=0")
    walks.wait_for_selector("text=1 étape sur 6 est derrière vous")


def backup(folder: Path) -> None:
    """As the operator's guide says it."""
    with closing(sqlite3.connect(folder / "colibri.sqlite3", timeout=60)) as database:
        database.execute("VACUUM INTO ?", [str(folder / "backup.sqlite3")])
