"""What people write in conversations is nowhere on the server: no row, log, mail, queue or page holds it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.config.served import Served, rows, served, tick
from tests.conversations.canaries import administration, founded, page_of, places_of, spellings
from tests.conversations.conftest import Device
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
    sessions = founded(tmp_path, "seeker:camille", f"helper:{KNOWN}", "operator:operatrice")
    with served(tmp_path, COLIBRI_MAIL_URL="file:", COLIBRI_LOG_LEVEL="DEBUG") as one:
        yield one, sessions


def story(browser: Browser, one: Served, sessions: dict[str, str], cv: Path) -> list[Device]:
    """Two make keys, agree, write, send a file, erase, and leave a draft."""
    site = f"http://127.0.0.1:{one.port}"
    seeker, mentor = (Device(page_of(browser, site, sessions[name]), site) for name in ("camille", KNOWN))
    seeker.makes_keys()
    mentor.makes_keys()
    seeker.asks(KNOWN)
    mentor.agrees()
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
    with closing(sqlite3.connect(tmp_path / "colibri.sqlite3", timeout=90)) as database, database:
        database.execute("UPDATE people_notice SET due_at = '2020-01-01 00:00:00'")
    tick(tmp_path, COLIBRI_MAIL_URL="file:")
    waiting = "SELECT count(*) FROM people_notice WHERE state = 'planned'"
    assert wait_until(lambda: rows(tmp_path, waiting) == [(0,)])
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
