"""Writing with the coach on a small phone, with and without script."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from colibri.people.models import Account
from tests.appeals.model_stand_in import model
from tests.networks.local_server import allowing
from tests.peers.browser import axe
from tests.sample_world import sample_world

pytestmark = pytest.mark.browser

NARROW = {"width": 360, "height": 740}
ROUGH = "DÉSOLÉE DE VOUS DÉRANGER, je soude depuis dix ans et je cherche à Brest. Tél : 06 12 34 56 78."
CHANGES = "#coach button[value^=personal_data]"


@pytest.fixture
def writer(transactional_db) -> Account:
    account = sample_world().people["relay"]
    assert account is not None
    return account


def opened(browser, live_server, account: Account, *, script: bool):
    client = Client()
    client.force_login(account)
    context = browser.new_context(locale="fr-FR", viewport=NARROW, java_script_enabled=script)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page = context.new_page()
    page.goto(live_server.url + reverse("appeals:new", args=["hirondelles"]))
    return page


def test_without_script_one_looks_changes_and_undoes(browser, live_server, writer):
    page = opened(browser, live_server, writer, script=False)
    page.fill("textarea", ROUGH)
    page.click("button[value=look]")
    assert "06 12 34 56 78" in page.inner_text("mark >> nth=1")
    page.click(CHANGES)
    assert "06 12" not in page.input_value("textarea")
    page.click("button[value=undo]")
    assert page.input_value("textarea") == ROUGH
    page.context.close()


def test_with_script_the_coach_follows_what_is_written(browser, live_server, writer):
    page = opened(browser, live_server, writer, script=True)
    page.fill("textarea", ROUGH)
    page.wait_for_selector(CHANGES)
    page.fill("textarea", "Soudeuse, dix ans de chantier naval, je cherche un CDI à Brest. Écrivez-moi.")
    page.wait_for_selector(CHANGES, state="detached")
    assert page.locator("#coach").is_visible()
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_coach_says_is_legible_narrow_and_light(browser, live_server, writer, scheme):
    page = opened(browser, live_server, writer, script=True)
    page.emulate_media(color_scheme=scheme)
    page.fill("textarea", ROUGH + " #chefdeprojet #a1 #b2 #c3 #d4 #e5 asap https://bit.ly/x dès lundi")
    page.click("button[value=look]")
    page.wait_for_selector("#coach .remarks")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert len(gzip.compress(page.content().encode(), 6)) < 14 * 1024
    page.context.close()


@pytest.fixture
def proposing(settings):
    with model() as stand_in:
        settings.MODEL_URL, settings.MODEL_NAME = f"{stand_in.address}/v1", "small"
        settings.GUARD = allowing(stand_in.address)
        stand_in.propose(("je soude depuis dix ans et je cherche", "soudeuse depuis dix ans, je cherche"))
        yield


def pressed(page, button: str) -> None:
    """A button reached and pressed by keyboard, and the page that follows."""
    page.focus(button)
    with page.expect_navigation():
        page.keyboard.press("Enter")


TAKE = "#coach button[value^='take:']"


def test_what_a_language_model_proposes_is_taken_by_keyboard_without_script(
    browser, live_server, writer, proposing
):
    page = opened(browser, live_server, writer, script=False)
    page.fill("textarea", ROUGH)
    pressed(page, "button[value=propose]")
    pressed(page, TAKE)
    assert "soudeuse depuis dix ans, je cherche" in page.input_value("textarea")
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_a_language_model_proposes_is_legible_narrow_and_light(
    browser, live_server, writer, proposing, scheme
):
    page = opened(browser, live_server, writer, script=True)
    page.emulate_media(color_scheme=scheme)
    page.fill("textarea", ROUGH)
    page.click("button[value=propose]")
    page.wait_for_selector(TAKE)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert len(gzip.compress(page.content().encode(), 6)) < 14 * 1024
    page.context.close()
