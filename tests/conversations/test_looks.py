"""Pages of conversations with their script at work: legible, narrow enough, reached by keyboard, light."""

import pytest
from playwright.sync_api import Page

from tests.acceptance.test_budgets import faults_of_look, unreachable
from tests.conversations.canaries import page_of
from tests.conversations.conftest import Device, talking
from tests.conversations.test_canaries import site  # noqa: F401 a fixture

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

MOST_BYTES = 60 * 1024


def faults(page: Page, stage: str) -> list[str]:
    """What is wrong with the page as it stands, with all that can be unfolded unfolded."""
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = faults_of_look(page, "light", "dark")
    return [f"{stage}: {one}" for one in [*found, *unreachable(page)]]


def test_each_stage_of_the_pages_is_legible_and_reached_by_keyboard(device, people, transactional_db):
    seeker, mentor = device(people["seeker"]), device(people["helper"])
    mentor.makes_keys()
    seeker.goes("conversations:keys")
    found = faults(seeker.page, "no keys")
    seeker.page.click("#begin")
    seeker.page.click("#make_words")
    seeker.page.click("#make_code")
    seeker.page.wait_for_selector("#words_made:not([hidden])")
    found += faults(seeker.page, "making")
    seeker.makes_keys()
    found += faults(seeker.page, "open")
    talk = talking(people["seeker"], people["helper"])
    for one in (seeker, mentor):
        one.goes("conversations:conversation", talk.public_id)
    mentor.writes("Bonjour, voici un mot assez long pour tenir sur plusieurs lignes d'un téléphone étroit.")
    seeker.looks()
    seeker.writes("Merci !")
    found += faults(seeker.page, "talking")
    talk.messages.filter(number=1).delete()
    seeker.page.reload()
    seeker.page.wait_for_selector("#alarm:not([hidden])")
    found += faults(seeker.page, "alarm")

    assert found == []


def test_what_a_page_loads_in_all_stays_below_sixty_kilobytes(site, browser):  # noqa: F811 the fixture
    one, sessions = site
    address = f"http://127.0.0.1:{one.port}"
    seeker = Device(page_of(browser, address, sessions["camille"]), address)
    asked = []
    seeker.page.on("requestfinished", lambda request: asked.append(request))
    seeker.makes_keys()
    loaded = [one for one in asked if one.method == "GET"]
    sizes = [one.sizes()["responseBodySize"] for one in loaded]
    names = [one.url.rpartition("/")[2].partition("?")[0] for one in loaded]
    print(f"{sum(sizes)} bytes: {list(zip(names, sizes, strict=True))}")

    assert any(name.startswith("french") for name in names)
    assert not any(name.startswith("english") for name in names)
    assert sum(sizes) < MOST_BYTES


def test_without_script_the_pages_say_so_and_where_else_to_write(browser, live_server, people, client):
    client.force_login(people["seeker"])
    context = browser.new_context(locale="fr-FR", java_script_enabled=False)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"{live_server.url}/conversations/keys/")
    said = page.inner_text("#without")
    context.close()

    assert "JavaScript" in said
    assert "message privé de votre réseau" in said
