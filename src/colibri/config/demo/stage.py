"""The demonstration: a fictional collective's whole day on the built-in network, then the site.

Run by `colibri demo` in a process of its own, whose environment names the demonstration's folder and network.
"""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from colibri.appeals.actions.lifecycle import accept_appeal
from colibri.appeals.models import Appeal
from colibri.appeals.queries import waiting_for_animator
from colibri.audiences.models import Audience
from colibri.audiences.queries import distinct_reach
from colibri.common.signing import token
from colibri.common.states import WrongMove
from colibri.config.day import finish_work, hear_all, in_parts, make_todays_plan
from colibri.config.demo.people import SIZES, Population, imagine
from colibri.config.demo.rooms import furnish
from colibri.federation.models import Source
from colibri.networks.items import Draft, PostRef
from colibri.networks.memory.client import MemoryNetwork
from colibri.networks.memory.door import Door
from colibri.networks.memory.worlds import door_at
from colibri.people.actions import account_at, connect_identity, give_role
from colibri.people.models import Account, Collective, Consent, Credential, Identity, Role
from colibri.relays.actions.boosts import accept_boost, decline_boost
from colibri.relays.models import Boost, Offer, Plan

__all__ = ["Demo", "people_to_try"]

SLUG, TAG = "demo", "DemoEmploiR"
LEFT_IN_QUEUE = 3
"""Searches the animator of the demonstration leaves for the visitor to accept."""


@dataclass
class Demo:
    """A collective on a network in memory at `address`; `say` is told each step."""

    address: str
    size: str
    say: Callable[[str], None]
    seed: int = 7
    processes: int = 1

    def __post_init__(self) -> None:
        self.door: Door = door_at(self.address)
        self.chance = random.Random(self.seed)  # noqa: S311 a demonstration's dice, not a secret

    def set_up(self) -> None:
        """The network's people, the collective, its relays with their offers; nothing has happened yet."""
        self.say("people")
        self.people: Population = imagine(SIZES[self.size], tag=TAG, seed=self.seed)
        self.door.load(self.people.accounts, self.people.follows)
        self.collective = found_collective(self.address, self.door)
        lend_accounts(self.collective, self.people.relays, self.address, self.door)
        for handle in self.people.relays:
            self._post(handle, "Une bonne nouvelle du jour.", interactions=self.chance.randrange(12))

    def run_day(self) -> dict[str, Any]:
        """The whole day; returns its figures."""
        began = time.monotonic()
        started = timezone.now()
        hear_all(self.collective)
        self.say("posts")
        for seeker in self.people.seekers:
            self._post(seeker.handle, seeker.text)
        self.door.fail("reply", "rate_limit", times=2, seconds=5)
        hear_all(self.collective)
        finish_work("appeals.Note", now=timezone.now(), processes=self.processes)
        self.say("answers")
        self._answer_invitations()
        hear_all(self.collective)
        self._accept()
        self.say("audiences")
        finish_work("audiences.Audience", now=timezone.now(), processes=self.processes)
        self.say("plan")
        plan = make_todays_plan(self.collective, now=timezone.now())
        self.say("evening")
        self._evening(plan)
        return figures(self.collective, plan, started=started, seconds=time.monotonic() - began)

    def _post(self, handle: str, text: str, interactions: int = 0) -> None:
        client = self._client(handle)
        post = client.publish(Draft(text, client.new_key()))
        if interactions:
            self.door.interact(post.uri, interactions)

    def _client(self, handle: str) -> MemoryNetwork:
        return MemoryNetwork(self.door, self.door.token_of(handle))

    def _answer_invitations(self) -> None:
        yes = {seeker.handle for seeker in self.people.seekers if seeker.says_yes}
        drafts = Appeal.objects.filter(collective=self.collective, state="draft").select_related("identity")
        for appeal in drafts.prefetch_related("notes"):
            if appeal.identity is not None and appeal.identity.handle in yes:
                client = self._client(appeal.identity.handle)
                client.reply(PostRef(appeal.notes.all()[0].uri), "Oui, merci !", key=client.new_key())

    def _accept(self) -> None:
        animator = Account.objects.get(email="animatrice@demo.example")
        for appeal in list(waiting_for_animator(self.collective))[LEFT_IN_QUEUE:]:
            accept_appeal(appeal, by=animator, now=timezone.now())

    def _evening(self, plan: Plan) -> None:
        """Faults as a real evening has them; then mails, taps, and automatic boosts."""
        first = (
            plan.boosts.filter(offer__automatic=True).select_related("publication", "offer__identity").first()
        )
        self.door.fail("boost", "rate_limit", times=3, seconds=30)
        self.door.fail("boost", "answer_lost", times=3)
        if first is not None and first.publication.identity.handle != first.offer.identity.handle:
            self._client(first.publication.identity.handle).delete(first.publication.uri)
            self.door.revoke(self.people.relays[-1])
        finish_work("relays.Digest", now=timezone.now(), processes=self.processes)
        asked = plan.boosts.filter(state="offered").exclude(offer=relay_to_try(self.collective))
        drawn = {pk: self.chance.random() for pk in asked.values_list("pk", flat=True)}
        in_parts(partial(answer_boosts, drawn), self.processes)
        finish_work("relays.Boost", now=timezone.now(), processes=self.processes)
        hear_all(self.collective)


def answer_boosts(drawn: dict[int, float], part: int, parts: int) -> int:
    """Relays tap: most say yes, some not today, some forget; returns how many said yes."""
    mine = [pk for pk in drawn if pk % parts == part]
    taken = 0
    for boost in Boost.objects.filter(pk__in=mine).select_related(
        "offer__identity__credential", "appeal", "publication"
    ):
        if drawn[boost.pk] < 0.85:
            try:
                accept_boost(boost, now=timezone.now())
            except WrongMove:
                continue
            taken += 1
        elif drawn[boost.pk] < 0.9:
            decline_boost(boost, "not_today")
    return taken


def found_collective(address: str, door: Door) -> Collective:
    """The fictional collective with its own account, its source and its people to try."""
    collective = Collective.objects.create(
        slug=SLUG,
        name="Collectif Colibri (démonstration)",
        description="Des bénévoles prêtent leurs comptes à des personnes qui cherchent un emploi. "
        "Tout ici est inventé : les personnes, les messages et les chiffres du jour.",
        supporters_hashtag="DemoEmploi",
        seekers_hashtag=TAG,
        languages=["fr", "en"],
    )
    connect_identity("memory", "colibri", door.token_of("colibri"), server=address, collective=collective)
    Source.objects.create(collective=collective, network="memory", server=address)
    animator = Account.objects.create_user("animatrice@demo.example", name="Sauge Loriot")
    give_role(animator, collective, "animator")
    Account.objects.create_superuser("operateur@demo.example", name="Thym Geai")
    return collective


@transaction.atomic
def lend_accounts(collective: Collective, handles: list[str], address: str, door: Door) -> None:
    """The relays' standing offers, as they were made before all else: half boost by themselves."""
    now = timezone.now() - timedelta(days=440)
    accounts = Account.objects.bulk_create(
        Account(email=f"{handle}@demo.example", name=handle, password="!")  # noqa: S106 no password
        for handle in handles
    )
    identities = Identity.objects.bulk_create(
        Identity(
            account=account, network="memory", server=address, actor_id=f"memory:{handle}", handle=handle
        )
        for account, handle in zip(accounts, handles, strict=True)
    )
    Credential.objects.bulk_create(
        Credential(identity=identity, secret=f'{{"token": "{door.token_of(identity.handle)}"}}')
        for identity in identities
    )
    offers = Offer.objects.bulk_create(
        Offer(identity=identity, collective=collective, automatic=number % 2 == 0, since=now)
        for number, identity in enumerate(identities)
    )
    Role.objects.bulk_create(
        Role(account=account, collective=collective, kind="relay", since=now) for account in accounts
    )
    Consent.objects.bulk_create(
        Consent(
            identity=offer.identity,
            collective=collective,
            purpose="boost_for_me" if offer.automatic else "be_asked",
            given_at=now,
            given_by="page",
        )
        for offer in offers
    )
    Audience.objects.bulk_create(Audience(identity=identity, due_at=now) for identity in identities)


def figures(collective: Collective, plan: Plan, *, started: datetime, seconds: float) -> dict[str, Any]:
    """What the day brought, each number counted from the rows it left."""
    appeals = Appeal.objects.filter(collective=collective)
    boosts = Boost.objects.filter(plan=plan)
    relays = set(boosts.filter(given_at__isnull=False).values_list("offer__identity", flat=True))
    reach = distinct_reach(relays)
    planned = plan.figures.get("planned", {})
    return {
        "appeals_read": appeals.count(),
        "accepted": appeals.filter(accepted_at__isnull=False).count(),
        "refused": dict(Counter(appeals.filter(state="refused").values_list("refusal", flat=True))),
        "waiting": appeals.filter(state="submitted").count(),
        "no_answer": appeals.filter(state="draft").count(),
        "boosts_planned": boosts.count(),
        "boosts_given": boosts.filter(given_at__isnull=False).count(),
        "boosts_failed": boosts.filter(state="failed").count(),
        "boosts_retried": boosts.filter(tries__gt=1).count(),
        "boosts_declined": boosts.filter(state="declined").count(),
        "boosts_ended": boosts.filter(state="expired").count(),
        "reach_distinct": reach.people,
        "reach_unknown_share": round(reach.share_unknown, 3),
        "visibility_least": planned.get("visibility_least"),
        "visibility_median": planned.get("visibility_median"),
        "unaided": {
            name: plan.figures.get("unaided", {}).get(name)
            for name in ("reach_distinct", "visibility_least", "visibility_median")
        },
        "ratio": plan.ratio,
        "seconds": round(seconds, 2),
    }


def relay_to_try(collective: Collective) -> Offer | None:
    """The relay a visitor may play: one who is asked, with messages waiting."""
    waiting = Offer.objects.filter(
        collective=collective, automatic=False, boosts__state__in=["planned", "offered"]
    )
    return waiting.order_by("pk").distinct().first()


def seeker_to_try(collective: Collective) -> Appeal | None:
    """The seeker a visitor may play: the one relayed most."""
    carried = Appeal.objects.filter(collective=collective, state="active", boosts__state="given")
    return carried.order_by("boosts__given_at").first()


def people_to_try(collective: Collective, site: str) -> dict[str, str]:
    """A link that logs in as each kind of person, with the rooms beside the relay filled for them."""
    links = {"animator": Account.objects.get(email="animatrice@demo.example")}
    links["operator"] = Account.objects.get(email="operateur@demo.example")
    offer = relay_to_try(collective)
    if offer is not None and offer.identity.account is not None:
        links["relay"] = offer.identity.account
    appeal = seeker_to_try(collective)
    if appeal is not None and appeal.identity is not None:
        account = account_at(f"{appeal.identity.handle}@demo.example")
        Account.objects.filter(pk=account.pk, name="").update(name=appeal.identity.name)
        Identity.objects.filter(pk=appeal.identity.pk).update(account=account)
        Appeal.objects.filter(identity=appeal.identity_id).update(account=account, accepts_answers=True)
        give_role(account, collective, "seeker")
        links["seeker"] = account
    links["helper"] = furnish(collective, links["animator"], links.get("seeker"))
    return {kind: f"{site}/demo/{token('demo', account.pk)}/" for kind, account in links.items()}
