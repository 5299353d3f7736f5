"""The page of devices in a real browser: asking, showing, and what it says where it cannot be told.

Browsers' own push services are not reached here: a stand-in gives the subscription, and the browser's own
tools hand its worker what would have come.
"""

import json
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page

from colibri.people.models import Account, Device
from tests.peers.browser import axe
from tests.peers.process import wait_until
from tests.peers.push_service import PushBrowser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STAND_IN = """
  PushManager.prototype.subscribe = async (asked) => {
    window.asked = asked.applicationServerKey.length;
    return { toJSON: () => (GIVEN) };
  };
"""


@pytest.fixture
def lou(transactional_db: None) -> Account:
    return Account.objects.create_user("lou@example.org", name="lou")


@pytest.fixture
def page(browser: Browser, live_server, lou: Account) -> Iterator[Page]:
    client = Client()
    client.force_login(lou)
    site = re.sub(r"//127\.0\.0\.1", "//localhost", live_server.url)
    context = browser.new_context(locale="fr-FR", viewport={"width": 360, "height": 740})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    made = context.new_page()
    made.said = []
    made.on("console", lambda line: made.said.append(line.text) if line.type == "error" else None)
    made.address = site + reverse("people:hearing")
    yield made
    context.close()


def test_one_button_asks_the_browser_and_its_worker_shows_what_comes(page, lou):
    one = PushBrowser("https://push.example/7").subscription
    given = {"endpoint": one.endpoint, "keys": {"p256dh": one.p256dh, "auth": one.auth}}
    page.add_init_script(STAND_IN.replace("GIVEN", json.dumps(given)))
    page.context.grant_permissions(["notifications"])
    page.goto(page.address)
    page.click("#device button")
    page.wait_for_selector("text=celui-ci")

    assert Device.objects.get(account=lou).endpoint == one.endpoint
    shown = ringing(page, {"title": "Un message vous attend", "body": "", "link": "/", "tag": "x.1"})
    assert shown == [{"title": "Un message vous attend", "tag": "x.1", "link": "/"}]
    assert axe(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    assert page.said == []


def ringing(page: Page, words: dict[str, str]) -> list[dict[str, str]]:
    """What the real worker shows when its browser gets these words.

    They are handed over until they are shown: a worker that is not up yet loses them, and the same words
    twice are shown once.
    """
    origin = re.match(r"https?://[^/]+", page.address)[0]
    tools = page.context.new_cdp_session(page)
    found: list[str] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(
            one["registrationId"] for one in event["registrations"] if one["scopeURL"].startswith(origin)
        ),
    )
    tools.send("ServiceWorker.enable")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    assert wait_until(lambda: page.evaluate("() => true") and found)
    said = {"origin": origin, "registrationId": found[-1], "data": json.dumps(words)}
    read = """async () => {
      const worker = await navigator.serviceWorker.ready;
      const shown = await worker.getNotifications();
      return shown.map(({ title, tag, data }) => ({ title, tag, link: data }));
    }"""

    def shown() -> bool:
        tools.send("ServiceWorker.deliverPushMessage", said)
        return bool(page.evaluate(read))

    assert wait_until(shown, pause=0.5)
    return page.evaluate(read)


def test_whoever_says_no_is_told_what_that_means(page, lou):
    page.goto(page.address)
    page.evaluate("() => { Notification.requestPermission = async () => 'denied'; }")
    page.click("#device button")
    page.wait_for_selector("text=Votre navigateur ne laisse pas ce site vous prévenir")
    assert not Device.objects.exists()


def test_without_script_the_page_says_why_and_everything_else_works(browser, page, lou):
    context = browser.new_context(
        java_script_enabled=False, locale="fr-FR", viewport={"width": 360, "height": 740}
    )
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(page.address)
    assert plain.is_visible("text=il lui faut les scripts")
    assert not plain.is_visible("#device")
    plain.select_option("[name=quiet_from]", "22")
    plain.click("text=Garder ces heures")
    lou.refresh_from_db()
    assert lou.quiet_from == 22
    context.close()
