"""The real Chromium of the system, driven by Playwright, and axe-core inside it.

Fixtures: `browser` (the running Chromium), `page` (a fresh French visitor). Beside them `axe(page)`,
`slow_phone(page)` and `first_paint(page)`. `python -m tests.peers.browser install` brings axe-core.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.peers import npm
from tests.peers.process import PeerFailed, PeerMissing, find_program, wait_until

__all__ = ["Violation", "axe", "browser", "first_paint", "page", "slow_phone"]

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 120_000  # milliseconds
WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule axe saw broken: its name, what it asks for, and the elements that break it."""

    rule: str
    help: str
    elements: tuple[str, ...]


@cache
def axe_source() -> str:
    """The script of axe-core, installed on first use."""
    folder = npm.install(Path(__file__).parent / "browser")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def axe(page: Page) -> list[Violation]:
    """What breaks WCAG 2.2, levels A and AA, on the page as it stands; empty when nothing was found."""
    if not page.evaluate("() => Boolean(window.axe?.run)"):
        page.evaluate(axe_source())
    report = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        WCAG_2_2_AA,
    )
    return [
        Violation(found["id"], found["help"], tuple(node["html"] for node in found["nodes"]))
        for found in report["violations"]
    ]


def slow_phone(page: Page) -> None:
    """From now on this page keeps nothing and has 400 kbit/s, 400 ms latency and a CPU four times slower."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    bytes_a_second = 400_000 / 8
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 400,
            "downloadThroughput": bytes_a_second,
            "uploadThroughput": bytes_a_second,
        },
    )
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def first_paint(page: Page) -> float:
    """Milliseconds from the request to the first contentful paint of the page as loaded.

    Raises `PeerFailed` where nothing is painted within half a minute.
    """
    # Playwright's own waiting evaluates text inside the page, which a strict policy forbids.
    painted = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
    if not wait_until(lambda: page.evaluate(painted) > 0):
        raise PeerFailed(f"{page.url} painted nothing")
    return float(page.evaluate(painted))


def patient(browser: Browser) -> Browser:
    """The same browser, whose contexts wait on a busy machine as long as everything else does."""
    new_context = browser.new_context

    def waiting(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(PATIENCE)
        return context

    browser.new_context = waiting  # type: ignore[method-assign]
    expect.set_options(timeout=PATIENCE)
    return browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless, for this test session."""
    try:
        chromium = find_program("chromium", package="chromium")
    except PeerMissing as missing:
        pytest.fail(str(missing), pytrace=False)
    # Playwright keeps an event loop in this thread, and Django would refuse rows beside one.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            running = patient(playwright.chromium.launch(executable_path=chromium, args=FLAGS))
            yield running
            running.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a fresh visitor who reads French, 1280 pixels wide, without cookies."""
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


if __name__ == "__main__":
    if sys.argv[1:] != ["install"]:
        sys.exit("Usage: python -m tests.peers.browser install")
    axe_source()
