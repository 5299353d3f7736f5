"""A sawmill saved: a group that begins on Friday, 200 relays by Sunday, another date, offers, the end told.

Everybody acts in a browser of their own; the posts and boosts are read in the network's own log. Seekers keep
four fifths of every day at least. Beside the built-in network with its 220 relays stand a real Bluesky, where
three more lend their accounts, and a real ActivityPub server, where somebody follows the collective.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from colibri.federation.actions.actors import ensure_actor
from colibri.federation.actions.speaking import OWN_CAPABILITIES
from colibri.federation.models import Follower
from colibri.networks.registry import CAPABILITIES
from colibri.people.models import Account, Consent, Identity
from colibri.relays.models import Boost
from tests.guides.bluesky_town import Town as Bluesky
from tests.networks.bluesky.story import REPOST
from tests.peers.bluesky_peer import GUARD
from tests.peers.fedify_peer import Fedify, fedify_server
from tests.rooms import AFTERNOON, TAG, Village, village

__all__ = ["village"]

pytestmark = [pytest.mark.browser, pytest.mark.bluesky]

WORDS = {
    "title": "Sauvons la scierie",
    "goal": "un repreneur, trente-deux emplois",
    "deadline": "2026-12-15",
    "text": "La scierie ferme en janvier si personne ne la reprend. Parlez-en autour de vous.",
    "story": "## Depuis 1920\n\nOn y scie du chêne.",
    "needs": "Un repreneur",
}
WILLING, UNWILLING, BY_SUNDAY = 204, 16, 200
ON_BLUESKY = ("sauge", "anis", "thym")
PLACES = ("Brest", "Lyon", "Nantes", "Lille", "Rennes", "Toulouse", "Nancy", "Limoges", "Caen", "Nice")
BUYER = {"name": "Achille", "email": "achille@acheteur.example", "text": "Je reprends la scie et six postes."}


@dataclass
class Town:
    """A village with 220 relays and ten seekers, two real networks, and browsers for those who act."""

    village: Village
    site: str
    browser: Browser
    bluesky: Bluesky
    fedify: Fedify

    def page(self, account: Account | None = None) -> Page:
        """A phone of theirs; a visitor's where nobody is named."""
        context = self.browser.new_context(locale="fr-FR", viewport={"width": 360, "height": 740})
        if account is not None:
            client = Client()
            client.force_login(account)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.site}])
        return context.new_page()

    def of(self, name: str) -> Page:
        return self.page(self.village.account(name))

    def night(self, day: int) -> None:
        """The plan of a day of November, and its boosts in the evening."""
        self.village.at(datetime(2026, 11, day, 15, 5, tzinfo=UTC))
        self.village.plans()
        self.village.at(datetime(2026, 11, day, 21, 30, tzinfo=UTC))
        self.village.work()

    def told(self) -> list[dict[str, Any]]:
        """The posts about the cause that the other server was sent."""
        sent = [one["object"] for one in self.fedify.received("Create")]
        return [one for one in sent if WORDS["title"] in one["content"]]

    def until(self, ready: Callable[[], Any]) -> None:
        """Let what waits be done until something is so on a server that may be slow to answer."""
        for _ in range(600):
            self.village.work()
            if ready():
                return
            time.sleep(0.1)
        raise AssertionError("a minute was not enough")


@pytest.fixture
def town(transactional_db, live_server, village: Village, browser: Browser, settings: Any,
         monkeypatch: pytest.MonkeyPatch, bluesky: Any, tmp_path: Any) -> Iterator[Town]:  # fmt: skip
    settings.SITE_URL, settings.FEDERATION = live_server.url, True
    settings.ALLOWED_HOSTS, settings.GUARD = ["*"], GUARD
    if "mastodon" not in CAPABILITIES:
        monkeypatch.setitem(CAPABILITIES, "mastodon", OWN_CAPABILITIES)
    cache.clear()
    for number in range(WILLING + UNWILLING):
        village.lends(f"relais{number}", followers=1, boosts_a_day=3, causes=number < WILLING)
    for number, place in enumerate(PLACES):
        text = f"Soudeuse, je cherche un CDI à {place}, dix ans d'expérience. #{TAG}"
        village.relayed(f"camille{number}", text)
    with fedify_server(tmp_path, anytime=True) as fedify:
        made = Town(village, live_server.url, browser, Bluesky(bluesky), fedify)
        is_followed(made)
        lends_on_bluesky(made)
        yield made
        for context in browser.contexts:
            context.close()


def is_followed(town: Town) -> None:
    """Somebody of another server follows the collective, on that server's own day, and is welcomed."""
    actor = ensure_actor(town.village.collective, now=timezone.now())
    assert actor is not None
    town.village.at(town.fedify.now())
    town.fedify.does("sasha", "follow", actor.actor_id)
    town.until(lambda: Follower.objects.exists() and town.fedify.received("Create"))
    town.village.at(AFTERNOON)


def lends_on_bluesky(town: Town) -> None:
    """The collective and three relays connect accounts of a real server."""
    town.bluesky.settle(followers=False)
    town.bluesky.connect_collective(town.village.collective)
    now = timezone.now()
    for place, name in enumerate(ON_BLUESKY):
        offer = town.bluesky.lend(name, town.village.collective, automatic=True, now=now, causes=True)
        town.bluesky.remember_followers(offer, place, now=now - timedelta(days=1))


def test_from_a_private_group_on_friday_to_an_end_that_is_told(town):
    rosalie = town.of("rosalie")
    address = begins(town, rosalie)
    gathers(town, rosalie)
    becomes_public(town, rosalie, address)
    for day in (20, 21, 22):
        town.night(day)
    carried_by_sunday(town)
    carried_elsewhere(town)
    the_date_moves(town, rosalie, address)
    offers_come(town, address)
    is_told(town, rosalie, address)
    taken_back_elsewhere(town)


def begins(town: Town, rosalie: Page) -> str:
    """The address of its page, which nobody else can read."""
    rosalie.goto(town.site + reverse("causes:begin", args=["village"]))
    for name, words in WORDS.items():
        rosalie.fill(f"main [name={name}]", words)
    rosalie.click("main form button")
    rosalie.wait_for_selector("#link")
    with rosalie.expect_navigation():
        rosalie.click("main p.small a")
    address = rosalie.url
    answer = town.page().goto(address)
    assert answer is not None
    assert answer.status == 404
    return address


def gathers(town: Town, rosalie: Page) -> None:
    """Each invites the next, by the link on their own page."""
    rosalie.go_back()
    link = rosalie.input_value("#link")
    for name, named in (("basile", True), ("cerise", False)):
        guest = town.of(name)
        guest.goto(link)
        guest.set_checked("[name=named]", named)
        guest.click("main form button")
        link = guest.input_value("#link")
        guest.context.close()
    rosalie.reload()
    assert "cerise sur l’invitation de basile" in rosalie.inner_text("main ul >> nth=-1")


def becomes_public(town: Town, rosalie: Page, address: str) -> None:
    """She agrees, an animator reads its whole page and accepts, the collective's account posts it."""
    with rosalie.expect_navigation():
        rosalie.click("button[value=publish]")
    animator = town.page(town.village.animator)
    animator.goto(town.site + reverse("home:day", args=["village"]))
    animator.click("summary:has-text('Toute la page')")
    assert "On y scie du chêne" in animator.inner_text("main")
    animator.click("button[value=accept]")
    animator.wait_for_selector("button[value=accept]", state="detached")
    town.village.work()
    (post,) = [one for one in town.village.written("post") if one.actor == "memory:collectif"]
    assert WORDS["title"] in town.village.client("collectif").fetch_post(post.uri).text
    visitor = town.page()
    visitor.goto(address)
    assert visitor.is_visible("text=basile")
    assert not visitor.is_visible("text=cerise")


def carried_by_sunday(town: Town) -> None:
    """Two hundred relays, each of whom agreed to causes; seekers keep four fifths of every day."""
    given = Boost.objects.filter(state="given")
    for_cause = given.filter(appeal__kind="cause")
    assert for_cause.values("offer").distinct().count() >= BY_SUNDAY
    willing = set(Consent.objects.filter(purpose="relay_causes").values_list("identity", flat=True))
    assert set(for_cause.values_list("offer__identity", flat=True)) <= willing
    for day in (20, 21, 22):
        of_day = Counter(given.filter(plan__day=f"2026-11-{day}").values_list("appeal__kind", flat=True))
        assert of_day["search"] >= 4 * of_day["cause"], of_day
    # The network's own log says the same of the boosts that stand on it.
    posts = Counter(post for _boost, post in town.village.world.standing_boosts())
    here = given.filter(publication__network="memory")
    assert sum(posts.values()) == here.count()
    for_cause = here.filter(appeal__kind="cause")
    (post,) = for_cause.values_list("publication__uri", flat=True).distinct()
    assert posts[post] == for_cause.count()


def carried_elsewhere(town: Town) -> None:
    """The real Bluesky has its post and each relay's repost, and the other server was told of it."""
    (post,) = town.bluesky.posted()
    assert [town.bluesky.reposted(name) for name in ON_BLUESKY] == [[post]] * len(ON_BLUESKY)
    told = [
        one["object"] for one in town.fedify.received("Create") if WORDS["title"] in one["object"]["content"]
    ]
    assert len(told) == 1
    assert told[0]["attributedTo"] == Identity.objects.get(network="mastodon").actor_id


def taken_back_elsewhere(town: Town) -> None:
    """The post and every repost are gone from the real Bluesky, each once; the other server was told so."""
    town.until(lambda: not any(town.bluesky.reposted(name) for name in ON_BLUESKY))
    town.until(lambda: not town.bluesky.posted() and town.fedify.received("Delete"))
    for name in ON_BLUESKY:
        offer = town.bluesky.identity(name).offers.get()
        key = Boost.objects.get(offer=offer, appeal__kind="cause").key
        events = town.bluesky.repost_events(name)
        assert events == [("create", f"{REPOST}/{key}"), ("delete", f"{REPOST}/{key}")]
    (told,), (gone,) = town.told(), town.fedify.received("Delete")
    assert gone["object"]["id"] == told["id"]


def the_date_moves(town: Town, rosalie: Page, address: str) -> None:
    rosalie.goto(address + "write/")
    rosalie.fill("[name=deadline]", "2027-01-20")
    with rosalie.expect_navigation():
        rosalie.click("main form button")
    visitor = town.page()
    visitor.goto(address)
    assert "20 janvier 2027" in visitor.inner_text("main p > strong")
    assert visitor.is_visible("text=15 décembre 2026")  # its news say from which date


def offers_come(town: Town, address: str) -> None:
    """A reader writes on the page, opens the link they are sent, and their words reach who began it."""
    buyer = town.page()
    buyer.goto(address)
    for name, words in BUYER.items():
        buyer.fill(f"#answer [name={name}]", words)
    buyer.click("#answer button")
    buyer.wait_for_selector("#answer [role=status]")
    town.village.work()
    letter = next(one.body for one in mail.outbox if one.to == [BUYER["email"]])
    link = re.search(r"http\S+/answer/\S+", letter)
    assert link
    buyer.goto(link.group().rstrip("."))
    with buyer.expect_navigation():
        buyer.click("main form button")
    town.village.work()
    (forwarded,) = [one for one in mail.outbox if BUYER["text"] in one.body and one.to != [BUYER["email"]]]
    assert forwarded.to == ["rosalie@example.org"]
    buyer.goto(address)
    assert re.search(r"proposition reçue\s*1\b", buyer.inner_text("dl.figures"))


def is_told(town: Town, rosalie: Page, address: str) -> None:
    """Saved: its boosts are taken back on the network, and all who carried it hear how it ended."""
    rosalie.goto(address + "group/")
    rosalie.click("details:has([value=end]) summary")
    rosalie.check("[name=ending][value=saved]")
    rosalie.fill("[name=words]", "Achille la reprend, vingt-huit emplois restent.")
    rosalie.click("button[value=end]")
    rosalie.wait_for_selector("text=vingt-huit emplois")
    town.village.work()
    town.village.later(hours=1)
    town.village.work()
    kinds = set(Boost.objects.filter(state="given").values_list("appeal__kind", flat=True))
    assert kinds == {"search"}
    here = Boost.objects.filter(state="given", publication__network="memory")
    assert len(town.village.world.standing_boosts()) == here.count()
    heard = [one.to[0] for one in mail.outbox if "Sauvé" in one.subject]
    relays = {one for one in heard if one.startswith("relais")}
    assert len(relays) >= BY_SUNDAY
    assert len(heard) == len(set(heard))
    assert {"basile@example.org", "cerise@example.org"} <= set(heard)
    assert {f"{name}@example.org" for name in ON_BLUESKY} <= set(heard)
    visitor = town.page()
    visitor.goto(address)
    assert "vingt-huit emplois" in visitor.inner_text("main .note")
    assert timezone.localdate().isoformat() == "2026-11-22"
