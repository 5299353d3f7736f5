"""A site whose collective is an actor, and a neighbouring server."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from colibri.appeals.actions.lifecycle import accept_appeal
from colibri.appeals.models import Appeal
from colibri.common.work import sweep
from colibri.federation.actions.speaking import OWN_CAPABILITIES
from colibri.federation.queries import actor_of
from colibri.networks.guard import Guard
from colibri.networks.registry import CAPABILITIES
from colibri.people.models import Account, Collective, Identity
from tests.federation.neighbours import Neighbour, Town, town

__all__ = ["TAG", "Home"]

TAG = "hirondellesR"
SITE = "https://colibri.example"


@dataclass
class Home:
    """The site, its collective and the collective's actor."""

    collective: Collective
    actor: Identity
    client: Client

    @property
    def inbox(self) -> str:
        return f"{self.actor.actor_id}/inbox"

    def get(self, url: str, **headers: str) -> HttpResponse:
        """What a server asks."""
        path = url.removeprefix(SITE)
        asked = {"accept": "application/activity+json", "host": "colibri.example", **headers}
        return self.client.get(path, headers=asked, secure=True)

    def post(self, body: bytes, headers: dict[str, str], url: str = "") -> HttpResponse:
        """What a server sends, byte for byte."""
        sent = {name: value for name, value in headers.items() if name != "content-type"}
        return self.client.post(
            (url or self.inbox).removeprefix(SITE),
            body,
            content_type=headers.get("content-type", "application/activity+json"),
            headers={"host": "colibri.example", **sent},
            secure=True,
        )

    def hears(self, who: Neighbour, activity: dict[str, Any], **how: Any) -> HttpResponse:
        """An activity that somebody signs and sends."""
        body = json.dumps(activity).encode()
        return self.post(body, who.signed(self.inbox, body, **how))

    def told(self, who: Neighbour, activity: dict[str, Any]) -> None:
        """Heard and acted upon, with all that follows."""
        assert self.hears(who, activity).status_code == 202
        self.work()

    def work(self) -> None:
        """All that is due is done, and what follows from it."""
        while sweep(now=timezone.now()):
            pass

    def accepts(self, appeal: Appeal) -> None:
        accept_appeal(appeal, by=Account.objects.create_user("sauge@example.org"), now=timezone.now())
        self.work()


@pytest.fixture
def home(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A federating site with one collective."""
    settings.SITE_URL, settings.FEDERATION = SITE, True
    settings.ALLOWED_HOSTS = ["colibri.example"]
    settings.GUARD = Guard(
        allow=frozenset({"127.0.0.1:*", "localhost:*"}), connect_timeout=20, total_timeout=40
    )
    if "mastodon" not in CAPABILITIES:
        monkeypatch.setitem(CAPABILITIES, "mastodon", OWN_CAPABILITIES)
    cache.clear()
    collective = Collective.objects.create(
        slug="hirondelles",
        name="Les Hirondelles",
        supporters_hashtag="hirondelles",
        seekers_hashtag=TAG,
        languages=["fr"],
    )
    actor = actor_of(collective)
    assert actor is not None
    return Home(collective, actor, Client())


@pytest.fixture
def village_over() -> Iterator[Town]:
    """A neighbouring server."""
    with town() as made:
        yield made


@pytest.fixture
def camille(village_over: Town) -> Neighbour:
    """Somebody there."""
    return village_over.person("camille")
