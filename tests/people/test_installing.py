"""The site on a home screen: its manifest, the icon that is drawn, and what a browser thinks of both."""

import io
import json

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser

from colibri.people.icons import ICON_SIZES, icon, outlines


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_manifest_opens_ones_own_page_in_the_readers_language(client, language, db):
    answer = client.get(reverse("people:manifest"), headers={"accept-language": language})
    said = json.loads(answer.content)

    assert answer["Content-Type"] == "application/manifest+json"
    assert (said["lang"], said["start_url"], said["display"]) == (language, "/me/", "standalone")
    assert ("bénévoles" in said["description"].lower()) == (language == "fr")
    for one in said["icons"]:
        picture = Image.open(io.BytesIO(client.get(one["src"]).content))
        assert "{}x{}".format(*picture.size) == one["sizes"]


def test_there_is_no_icon_of_another_size(client, db):
    assert client.get(reverse("people:icon", args=[9000])).status_code == 404


@pytest.mark.parametrize("size", ICON_SIZES)
def test_the_icon_shows_wing_and_body_inside_the_circle_a_launcher_may_cut(size):
    picture = Image.open(io.BytesIO(icon(size))).convert("RGB")
    colours = {}
    for x in range(0, size, 4):
        for y in range(0, size, 4):
            r, g, _b = picture.getpixel((x, y))
            name = "wing" if r - g > 60 else "body" if g - r > 60 else "paper"
            colours.setdefault(name, []).append(((x - size / 2) ** 2 + (y - size / 2) ** 2) ** 0.5)

    assert all(len(colours[name]) * 16 > size * size / 50 for name in ("wing", "body"))
    assert max(colours["wing"] + colours["body"]) <= 0.4 * size


def test_a_path_is_followed_as_svg_means_it():
    assert list(outlines("M1 2L3-.5l1 1zM0 0C0 0 0 0 6 6z")) == [
        [(1, 2), (3, -0.5), (4, 0.5)],
        [(0, 0), *[pytest.approx((6 * (t / 12) ** 3,) * 2) for t in range(1, 13)]],
    ]


@pytest.mark.browser
def test_a_browser_finds_the_site_fit_for_a_home_screen(browser: Browser, live_server):
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(live_server.url.replace("127.0.0.1", "localhost"))
    tools = context.new_cdp_session(page)
    read = tools.send("Page.getAppManifest")

    assert read["url"].endswith(reverse("people:manifest"))
    assert read["errors"] == []
    assert json.loads(read["data"])["lang"] == "fr"
    # A window without a memory of its own is never on a home screen; nothing else may be amiss.
    amiss = tools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in amiss if one["errorId"] != "in-incognito"] == []
    context.close()
