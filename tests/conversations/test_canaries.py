"""What people write in conversations is nowhere on the server: no row, log, mail, queue or page holds it."""

import base64
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.config.served import Served, call, rows, served, surroundings
from tests.conversations.conftest import ROOT, Device
from tests.peers.process import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

TEXTS = ["CANARI-TEXTE-7f3a9c", "CANARI-REPONSE-51be20"]
FILE, FILE_NAME = "CANARI-DANS-LE-CV-90d1e4", "CANARI-NOM-DE-FICHIER-2ab77e.txt"
DRAFT = "CANARI-BROUILLON-c44f18"
KNOWN = "Temoin-aa11bb"
"""Somebody's name, which the server does know: whoever searches rightly finds it."""


@pytest.fixture
def site(tmp_path: Path, script: None) -> Iterator[tuple[Served, dict[str, str]]]:
    """A served installation that writes down all it can, and the sessions of its people."""
    assert call(tmp_path, "migrate").returncode == 0
    people = ["seeker:camille", f"helper:{KNOWN}", "operator:operatrice"]
    made = subprocess.run(
        [sys.executable, "-m", "tests.conversations.founding", *people],
        env=surroundings(tmp_path, COLIBRI_LOG_LEVEL="WARNING"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    with served(tmp_path, COLIBRI_MAIL_URL="file:", COLIBRI_LOG_LEVEL="DEBUG") as one:
        yield one, json.loads(made.stdout)


def page_of(browser: Browser, site: str, session: str) -> Page:
    context = browser.new_context(locale="fr-FR")
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    return context.new_page()


def spellings(canary: str) -> list[bytes]:
    """How a text may stand somewhere: as it is, in hexadecimal digits, as UTF-16, in base 64."""
    raw = canary.encode()
    shifted = [base64.b64encode(b"x" * shift + raw)[4:-4] for shift in range(3)]
    return [raw, raw.hex().encode(), canary.encode("utf-16-le"), *shifted]


def places_of(folder: Path, canary: str) -> list[str]:
    """Every file below a folder that holds the text in any spelling, and the database's dump."""
    contents = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with closing(sqlite3.connect(folder / "colibri.sqlite3")) as database:
        contents["dump"] = "\n".join(database.iterdump()).encode()
        values = [
            bytes(value)
            for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for row in database.execute(f'SELECT * FROM "{table}"')
            for value in row
            if isinstance(value, bytes)
        ]
    contents["blobs"] = b"\n".join(values)
    return [place for place, held in contents.items() if any(one in held for one in spellings(canary))]


def story(browser: Browser, one: Served, sessions: dict[str, str], cv: Path) -> list[Device]:
    """Two make keys, agree, write, send a file, erase, and leave a draft."""
    site = f"http://127.0.0.1:{one.port}"
    seeker, mentor = (Device(page_of(browser, site, sessions[name]), site) for name in ("camille", KNOWN))
    seeker.makes_keys()
    mentor.makes_keys()
    seeker.page.goto(f"{site}/c/hirondelles/conversations/new/")
    seeker.page.check(f"text={KNOWN}")
    seeker.page.click("main form button")
    mentor.page.goto(f"{site}/conversations/")
    mentor.page.click("button[value=yes]")
    mentor.page.wait_for_selector("#write:not([hidden])")
    seeker.page.reload()
    seeker.page.wait_for_selector("#write:not([hidden])")
    seeker.writes(TEXTS[0], cv)
    mentor.looks()
    mentor.writes(TEXTS[1])
    mentor.writes("x")
    mentor.page.click("#m3 button")
    mentor.page.wait_for_selector("#m3 button", state="detached")
    seeker.looks()
    seeker.page.fill("#text", DRAFT)
    seeker.page.wait_for_function("() => Object.keys(localStorage).some(one => one.includes('draft'))")
    return [seeker, mentor]


def test_no_word_file_name_or_draft_is_anywhere_on_the_server(site, browser, tmp_path):
    one, sessions = site
    cv = tmp_path.parent / FILE_NAME
    cv.write_text(FILE * 40)
    seeker, mentor = story(browser, one, sessions, cv)
    with mentor.page.expect_download() as saving:
        mentor.page.click("#m1 button.quiet")
    assert saving.value.suggested_filename == FILE_NAME
    assert FILE in Path(saving.value.path()).read_text()
    assert seeker.texts[0] == TEXTS[0]
    conversation = seeker.page.url
    seeker.page.goto(f"{seeker.site}/conversations/")
    mentor.writes("y")
    # The mail that something waits would go in ten minutes.
    with closing(sqlite3.connect(tmp_path / "colibri.sqlite3", timeout=20)) as database, database:
        database.execute("UPDATE people_notice SET due_at = '2020-01-01 00:00:00'")
    waiting = "SELECT count(*) FROM people_notice WHERE state = 'planned'"
    assert wait_until(lambda: rows(tmp_path, waiting) == [(0,)], seconds=90)
    operator = page_of(browser, f"http://127.0.0.1:{one.port}", sessions["operatrice"])
    looked = administration(operator, one.port)

    mails = "".join(path.read_text() for path in (tmp_path / "mail").glob("*"))
    assert "Un message vous attend" in mails
    assert places_of(tmp_path, KNOWN) != []
    for canary in (*TEXTS, FILE, FILE_NAME, DRAFT):
        assert places_of(tmp_path, canary) == [], canary
        assert canary not in looked
    kept = seeker.page.evaluate("() => JSON.stringify({...localStorage})")
    assert "draft" in kept
    assert not any(spelling in kept.encode() for spelling in spellings(DRAFT))
    seeker.page.goto(conversation)
    seeker.page.wait_for_selector("#write:not([hidden])")
    assert seeker.page.input_value("#text") == DRAFT


def administration(page: Page, port: int) -> str:
    """Every page of the administration about conversations."""
    seen = []
    for model in ("conversation", "keyring", "keyentry"):
        page.goto(f"http://127.0.0.1:{port}/admin/conversations/{model}/")
        links = page.locator("#result_list th a")
        assert links.count()
        for address in [links.nth(at).get_attribute("href") for at in range(links.count())]:
            page.goto(f"http://127.0.0.1:{port}{address}")
            seen.append(page.content())
    return "\n".join(seen)
