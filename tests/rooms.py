"""A collective of a handful of people on a network in memory, with a clock to move: for stories of the rooms.

Each story acts as people do, lets what waits be done, and looks at the rows and at the network's own log.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.utils import timezone

from colibri.appeals.actions.lifecycle import accept_appeal
from colibri.appeals.models import Appeal, Note
from colibri.common.work import sweep
from colibri.config.day import hear_all
from colibri.federation.models import Source
from colibri.networks.items import Draft, PostRef
from colibri.networks.memory import worlds
from colibri.networks.memory.client import MemoryNetwork
from colibri.networks.memory.state import Change
from colibri.networks.memory.world import World
from colibri.people.actions import connect_identity, give_role
from colibri.people.models import Account, Collective, Identity
from colibri.relays.actions.offers import make_offer
from colibri.relays.actions.planning import plan_day
from colibri.relays.models import Boost, Offer, Plan

__all__ = [
    "AFTERNOON",
    "EVENING",
    "SEARCH",
    "TAG",
    "Village",
    "everything_stored",
    "refusing_writes",
    "village",
]

AFTERNOON = datetime(2026, 11, 20, 15, 5, tzinfo=UTC)
"""A Friday, five past four in Paris: the hour of the plan."""
EVENING = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
"""Half past ten in Paris: every boost of the day is due."""
TAG = "villageR"
SEARCH = f"Je suis soudeuse, je cherche un CDI à Brest, dix ans d'expérience. #{TAG}"


@dataclass
class Village:
    """The collective, its network and the clock of the test (`move_to`)."""

    world: World
    address: str
    collective: Collective
    animator: Account
    clock: object

    def opens(self, handle: str, biography: str = "") -> str:
        """Somebody has an account on the network; returns their token."""
        return self.world.open_account(handle, handle.title(), biography)

    def client(self, handle: str) -> MemoryNetwork:
        return MemoryNetwork(self.world, self.world.token_of(handle))

    def account(self, name: str) -> Account:
        """Somebody's account here."""
        return Account.objects.get_or_create(email=f"{name}@example.org", defaults={"name": name})[0]

    def connects(self, handle: str, name: str = "") -> Identity:
        """Somebody connects their account on the network to the one they have here."""
        token = self.world.token_of(handle)
        account = self.account(name or handle)
        return connect_identity("memory", handle, token, server=self.address, account=account)

    def lends(self, handle: str, *, followers: int = 3, automatic: bool = True, **terms: object) -> Offer:
        """A relay with followers of their own makes a standing offer."""
        self.opens(handle)
        for number in range(followers):
            self.opens(f"{handle}-{number}", "Soudeur à Brest" if number else "")
            self.world.follow(f"{handle}-{number}", handle)
        offer = make_offer(
            self.connects(handle),
            self.collective,
            by="page",
            now=timezone.now(),
            automatic=automatic,
            **terms,
        )
        self.work("audiences.Audience")
        return offer

    def posts(self, handle: str, text: str = SEARCH) -> PostRef:
        """Somebody writes on the network, which is heard."""
        if not self.world._state.knows(handle):
            self.opens(handle)
        client = self.client(handle)
        post = client.publish(Draft(text, client.new_key()))
        self.hear()
        return post

    def says(self, handle: str, appeal: Appeal, words: str) -> None:
        """Somebody answers the collective's invitation."""
        client = self.client(handle)
        invitation = Note.objects.get(appeal=appeal, kind="invitation")
        client.reply(PostRef(invitation.uri), words, key=client.new_key())
        self.hear()
        appeal.refresh_from_db()

    def invited(self, handle: str = "camille", text: str = SEARCH) -> Appeal:
        """A search whose author was asked."""
        post = self.posts(handle, text)
        self.work("appeals.Note")
        return Appeal.objects.get(source_uri=post.uri)

    def relayed(self, handle: str = "camille", text: str = SEARCH) -> Appeal:
        """A search whose author said yes, accepted by the animator."""
        appeal = self.invited(handle, text)
        self.says(handle, appeal, "Oui !")
        accept_appeal(appeal, by=self.animator, now=timezone.now())
        return appeal

    def hear(self) -> int:
        """What the listener does."""
        return hear_all(self.collective)

    def work(self, *labels: str) -> dict[str, int]:
        """What the worker does with all that is due."""
        return sweep(now=timezone.now(), only=set(labels) or None)

    def plans(self) -> Plan:
        """What the clock does at the hour of the plan, and the worker after it."""
        plan = plan_day(self.collective, timezone.localdate(), now=timezone.now())
        self.work("relays.Plan")
        plan.refresh_from_db()
        return plan

    def at(self, moment: datetime) -> None:
        self.clock.move_to(moment)

    def later(self, **much: float) -> None:
        self.clock.move_to(timezone.now() + timedelta(**much))

    def evening(self) -> None:
        """The evening has come and its work is done."""
        self.at(EVENING)
        self.work()

    def written(self, kind: str) -> list[Change]:
        """What the network's own log says was written."""
        return [change for change in self.world.log() if change.kind == kind]

    def standing(self) -> set[str]:
        """The posts that are boosted on the network at this moment."""
        return {post for _boost, post in self.world.standing_boosts()}

    def states(self) -> list[str]:
        """The state of every boost, in order."""
        return list(Boost.objects.order_by("pk").values_list("state", flat=True))


@pytest.fixture
def village(db: None, time_machine: object) -> Iterator[Village]:
    """A collective with its own account, its source and its animator, on a Friday afternoon."""
    time_machine.move_to(AFTERNOON)
    world = World()
    address = worlds.register("village", world)
    collective = Collective.objects.create(
        slug="village", name="Le Village", supporters_hashtag="village", seekers_hashtag=TAG
    )
    token = world.open_account("collectif")
    connect_identity("memory", "collectif", token, server=address, collective=collective)
    sweep(now=timezone.now(), only={"audiences.Audience"})
    Source.objects.create(collective=collective, network="memory", server=address, cursor="0")
    animator = Account.objects.create_user("animatrice@example.org", name="Sauge")
    give_role(animator, collective, "animator")
    yield Village(world, address, collective, animator, time_machine)
    worlds.forget(address)


@contextmanager
def refusing_writes() -> Iterator[None]:
    """A database that can only be read: SQLite's own refusal, and its like where another is used."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON")
            try:
                yield
            finally:
                cursor.execute("PRAGMA query_only = OFF")
        return

    def refuse(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            raise OperationalError("the database is read-only")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


def everything_stored() -> bytes:
    """Every value of every table as the database holds it."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            for row in cursor.fetchall():
                found += [
                    bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row
                ]
    return b"\n".join(found)
