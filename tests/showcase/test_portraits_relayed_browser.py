"""Choosing what is relayed, portrait or message, on a small phone without script, in both languages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from colibri.networks.memory import worlds
from colibri.networks.memory.world import World
from colibri.people.actions import connect_identity
from colibri.people.models import Collective
from colibri.showcase.models import Portrait
from colibri.showcase.portrait_mails import told_link
from tests.peers.browser import axe
from tests.sample_world import account, appeal_of
from tests.showcase.samples import portrait_of

PHONE = {"width": 360, "height": 740}
WORDS = {
    "fr-FR": (
        "Oui, relayer mon portrait à la place de mon message",
        "Votre portrait est désormais relayé",
        "Relayer de nouveau mon message",
    ),
    "en-GB": (
        "Yes, let my portrait be relayed in place of my message",
        "Your portrait is relayed in place of your message from now on",
        "Let my message be relayed again",
    ),
}


@pytest.fixture
def portrait(transactional_db) -> Iterator[Portrait]:
    """A public portrait of somebody whose message is relayed, in a collective with an account of its own."""
    world = World()
    address = worlds.register("portraits", world)
    collective = Collective.objects.create(
        slug="hirondelles",
        name="Les Hirondelles",
        supporters_hashtag="hirondelles",
        seekers_hashtag="hirondellesR",
    )
    token = world.open_account("collectif")
    connect_identity("memory", "collectif", token, server=address, collective=collective)
    seeker = account("seeker")
    appeal_of(seeker, collective)
    yield portrait_of(collective, seeker)
    worlds.forget(address)


@pytest.mark.parametrize("language", WORDS)
def test_one_press_each_way(browser, live_server, portrait, language):
    offer, said, back = WORDS[language]
    url = live_server.url + told_link(portrait)
    plain = browser.new_context(locale=language, viewport=PHONE, java_script_enabled=False).new_page()
    seen = browser.new_context(locale=language, viewport=PHONE).new_page()

    def looks_right() -> None:
        seen.goto(url)
        assert axe(seen) == []
        assert seen.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    plain.goto(url)
    looks_right()
    plain.get_by_role("button", name=offer).click()
    expect(plain.get_by_text(said)).to_be_visible()
    looks_right()
    plain.get_by_role("button", name=back).press("Enter")
    expect(plain.get_by_role("button", name=offer)).to_be_visible()
    plain.context.close()
    seen.context.close()
