"""A collective with somebody who asks and two who give, and a clock to move."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from colibri.common.work import sweep
from colibri.helping.actions import ask_for_help, give_help, notice_silence
from colibri.helping.models import Giving, HelpRequest, Proposal
from colibri.people.models import Account, Collective
from tests.sample_world import account

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
CANARY = "Canari jaune de mon CV"


@dataclass
class Hands:
    """The collective and its clock."""

    collective: Collective
    seeker: Account
    clock: Any

    def gives(self, name: str, **terms: Any) -> Giving:
        plain = {"kinds": ["cv", "interview"], "languages": ["fr"], "a_week": 1}
        return give_help(account(name), self.collective, now=timezone.now(), **(plain | terms))

    def asks(self, kind: str = "cv", who: Account | None = None, **told: Any) -> HelpRequest:
        plain = {"languages": ["fr"], "words": "Est-ce clair ?", "text": f"Soudeuse.\n\n{CANARY}"}
        asked = ask_for_help(self.collective, who or self.seeker, kind, now=timezone.now(), **(plain | told))
        self.work()
        asked.refresh_from_db()
        return asked

    def work(self) -> None:
        """What the worker does, until nothing is due any more."""
        for _round in range(3):
            sweep(now=timezone.now(), only={"helping.HelpRequest", "helping.Mentorship"})
        sweep(now=timezone.now(), only={"people.Notice"})

    def later(self, **much: float) -> None:
        self.clock.move_to(timezone.now() + timedelta(**much))
        self.work()

    def minds(self) -> tuple[int, int]:
        """What the clock does about silence."""
        found = notice_silence(now=timezone.now())
        self.work()
        return found

    def open_proposal(self, asked: HelpRequest) -> Proposal:
        return Proposal.objects.select_related("giving__account", "request").get(request=asked, state="open")

    def browser(self, who: Account | None) -> Client:
        client = Client()
        if who is not None:
            client.force_login(who)
        return client

    def mails(self, to: str) -> list[str]:
        """Subjects of the mails to somebody, oldest first."""
        return [one.subject for one in mail.outbox if one.to == [f"{to}@example.org"]]


@pytest.fixture
def hands(db: None, time_machine: Any) -> Hands:
    time_machine.move_to(MONDAY, tick=False)
    collective = Collective.objects.create(
        slug="hirondelles",
        name="Les Hirondelles",
        supporters_hashtag="hirondelles",
        seekers_hashtag="hirondellesR",
    )
    seeker = account("camille")
    Account.objects.filter(pk=seeker.pk).update(language="en")
    seeker.refresh_from_db()
    return Hands(collective, seeker, time_machine)
