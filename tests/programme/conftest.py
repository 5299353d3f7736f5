"""A collective in Paris: somebody who relays and leads workshops, an animator, people who take part."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colibri.common.work import sweep
from colibri.people.models import Account, Collective, Role
from colibri.programme.models import Workshop
from tests.sample_world import account

__all__ = ["Room", "room"]

BEGINS = datetime(2026, 12, 1, 17, 30, tzinfo=UTC)
"""Half past six in Paris, on a Tuesday."""


@dataclass
class Room:
    """The collective, its people and their browsers."""

    collective: Collective
    host: Account
    animator: Account
    people: dict[str, Account] = field(default_factory=dict)

    def person(self, name: str) -> Account:
        """Somebody who takes part."""
        if name not in self.people:
            self.people[name] = account(name)
        return self.people[name]

    def browser(self, who: Account | None) -> Client:
        client = Client()
        if who is not None:
            client.force_login(who)
        return client

    def workshop(self, **given: object) -> Workshop:
        """A workshop everybody sees, with one place."""
        return Workshop.objects.create(
            **{
                "collective": self.collective,
                "host": self.host,
                "host_name": "Pic",
                "title": "Oser l'entretien",
                "learn": "Se présenter en une minute.",
                "starts_at": BEGINS,
                "ends_at": BEGINS + timedelta(minutes=90),
                "link": "https://salle.example/1",
                "places": 1,
                "state": "agreed",
                **given,
            }
        )

    def asks(self, who: Account | None, workshop: Workshop, do: str = "take"):
        """Somebody presses the button of a place."""
        path = reverse("programme:place", args=[workshop.public_id])
        return self.browser(who).post(path, {"do": do}, follow=True)

    def decides(self, who: Account, workshop: Workshop, do: str, **more: str):
        path = reverse("programme:decide", args=[workshop.public_id])
        read = Workshop.objects.get(pk=workshop.pk).revision
        return self.browser(who).post(path, {"do": do, "version": read, **more}, follow=True)

    def page(self, who: Account | None, workshop: Workshop) -> str:
        return self.browser(who).get(workshop.get_absolute_url()).content.decode()

    def works(self) -> None:
        """What the worker does with all that is due now."""
        for label in ("programme.Registration", "people.Notice"):
            sweep(now=timezone.now(), only={label})


@pytest.fixture
def room(db) -> Room:
    collective = Collective.objects.create(
        slug="hirondelles",
        name="Les Hirondelles",
        supporters_hashtag="hirondelles",
        seekers_hashtag="hirondellesR",
    )
    people = {}
    for name, kind in (("autrice", "relay"), ("anime", "animator")):
        people[kind] = account(name)
        Role.objects.create(account=people[kind], collective=collective, kind=kind)
    return Room(collective, people["relay"], people["animator"])
