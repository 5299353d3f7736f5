from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.peers.browser import axe, first_paint, slow_phone

GOOD = """<!doctype html><html lang="fr"><head><title>Colibri</title></head>
<body><main><h1>Bonjour</h1><img src="data:," alt="Un colibri"></main></body></html>"""
BAD = GOOD.replace(' alt="Un colibri"', "").replace(' lang="fr"', "")


class Site(BaseHTTPRequestHandler):
    """One page, and silence about it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'none'; script-src 'none'")
        self.end_headers()
        self.wfile.write(GOOD.encode())

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def address() -> Iterator[str]:
    """Where that page is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_axe_finds_nothing_on_a_page_anybody_can_read(page):
    page.set_content(GOOD)

    assert axe(page) == []


def test_axe_names_the_rule_and_the_element_that_breaks_it(page):
    page.set_content(BAD)

    found = {violation.rule: violation for violation in axe(page)}

    assert {"image-alt", "html-has-lang"} <= set(found)
    assert "<img" in found["image-alt"].elements[0]


def test_axe_reads_a_page_whose_policy_forbids_every_script(page, address):
    page.goto(address)

    assert axe(page) == []


def test_a_slow_phone_waits_for_its_line(page, address):
    slow_phone(page)
    page.goto(address)

    assert first_paint(page) > 400
