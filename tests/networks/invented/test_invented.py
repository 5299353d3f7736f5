"""An invented network joins: one file and one line, and a collective's whole day runs on it unchanged."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from colibri.appeals.actions.lifecycle import accept_appeal, close_appeal
from colibri.appeals.models import Appeal, Note
from colibri.common.work import sweep
from colibri.config.day import hear_all
from colibri.federation.models import Source
from colibri.networks import registry
from colibri.networks.base import Network
from colibri.networks.errors import Gone, Unauthorised
from colibri.networks.items import Draft, PostRef
from colibri.people.actions import connect_identity, give_role
from colibri.people.models import Account, Collective, Identity
from colibri.relays.actions.offers import make_offer
from colibri.relays.actions.planning import plan_day
from colibri.relays.models import Boost
from tests.networks.invented import client as invented
from tests.networks.invented.server import Rookery, rookery
from tests.networks.local_server import allowing
from tests.rooms import AFTERNOON, EVENING

HERE = Path(__file__).parent
GUIDE = HERE.parents[2] / "docs" / "reference" / "adding-a-network.md"
SEARCH = "Je suis soudeuse, je cherche un CDI à Brest. #rooksR"


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rookery]:
    """A Rookery, and the one line that makes it known."""
    monkeypatch.setitem(registry._NETWORKS, "rookery", invented.REGISTRATION)
    monkeypatch.setitem(registry.CAPABILITIES, "rookery", invented.REGISTRATION.capabilities)
    with rookery() as served:
        yield served


def client(place: Rookery, name: str) -> Network:
    guard = allowing(place.origin)
    return registry.connect(
        "rookery", credentials={"token": f"token-of-{name}"}, address=place.origin, guard=guard
    )


def test_it_says_and_takes_back_each_thing_once(place):
    place.settle("ada"), place.settle("bob", "ada")
    ada, bob = client(place, "ada"), client(place, "bob")
    post = ada.publish(Draft("Bonjour", "k1"))
    assert ada.publish(Draft("Bonjour", "k1")) == post
    assert bob.boost(post, key="k2") == bob.boost(post, key="k2")
    assert len(place.standing("echoe")) == 1
    bob.undo_boost(post, key="k2")
    bob.undo_boost(post, key="k2")
    ada.delete(post.uri)

    assert (place.standing("caw"), place.standing("echoe")) == ([], [])
    with pytest.raises(Gone):
        bob.boost(post, key="k3")
    with pytest.raises(Unauthorised):
        client(place, "nobody").whoami()
    assert [one.handle for one in bob.fetch_followers("bob").items] == ["ada"]


@pytest.fixture
def collective(db: None, place: Rookery, settings, time_machine) -> Collective:
    """A collective that lives there, and nowhere else."""
    settings.GUARD = allowing(place.origin)
    time_machine.move_to(AFTERNOON)
    made = Collective.objects.create(
        slug="rooks", name="Rooks", supporters_hashtag="rooks", seekers_hashtag="rooksR"
    )
    connect_identity("rookery", "we", place.settle("we"), server=place.origin, collective=made)
    Source.objects.create(collective=made, network="rookery", server=place.origin, cursor="0")
    return made


def lends(place: Rookery, collective: Collective, name: str, *followers: str) -> Identity:
    account = Account.objects.create_user(f"{name}@example.org")
    token = place.settle(name, *followers)
    identity = connect_identity("rookery", name, token, server=place.origin, account=account)
    make_offer(identity, collective, by="page", now=timezone.now(), automatic=True)
    return identity


def test_a_whole_day_runs_on_it_and_nothing_else_had_to_change(place, collective, time_machine):
    for name in ("ada", "bob"):
        place.settle(name)
    lends(place, collective, "relay", "ada", "bob")
    animator = Account.objects.create_user("animator@example.org")
    give_role(animator, collective, "animator")
    place.settle("camille")
    camille = client(place, "camille")
    post = camille.publish(Draft(SEARCH, "search"))
    hear_all(collective)
    work()
    invitation = Note.objects.get()
    camille.reply(PostRef(invitation.uri), "oui", key="yes")
    hear_all(collective)
    appeal = Appeal.objects.get()
    assert (appeal.state, appeal.place) == ("submitted", "Brest")
    accept_appeal(appeal, by=animator, now=timezone.now())
    work()
    plan_day(collective, timezone.localdate(), now=timezone.now())
    evening(time_machine, EVENING)

    assert [one["of"] for one in place.standing("echoe")] == [post.uri]
    assert Boost.objects.get().state == "given"
    appeal.refresh_from_db()
    close_appeal(appeal, "found", by="page", now=timezone.now())
    work()
    assert place.standing("echoe") == []


def work() -> None:
    while sweep(now=timezone.now()):
        pass


def evening(time_machine, moment: datetime) -> None:
    work()
    time_machine.move_to(moment)
    work()


def test_the_guide_tells_how_small_it_is():
    lines = len((HERE / "client.py").read_text(encoding="utf-8").splitlines())
    told = re.search(r"(\d+) lines", GUIDE.read_text(encoding="utf-8"))

    assert told is not None
    assert int(told[1]) == lines
