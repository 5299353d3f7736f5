"""Looking for words that may stand nowhere on a server: files, the database's dump, the administration."""

import base64
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.config.served import call, surroundings
from tests.conversations.conftest import ROOT

__all__ = ["administration", "founded", "page_of", "places_of", "spellings"]


def founded(folder: Path, *people: str) -> dict[str, str]:
    """An installation in this folder with people (`role:name`) of one collective; their sessions by name."""
    assert call(folder, "migrate").returncode == 0
    made = subprocess.run(
        [sys.executable, "-m", "tests.conversations.founding", *people],
        env=surroundings(folder, COLIBRI_LOG_LEVEL="WARNING"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


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
