"""A collective with somebody who relays and somebody who animates."""

from dataclasses import dataclass

import pytest
from django.test import Client

from colibri.people.models import Account, Collective, Role
from tests.sample_world import account


@dataclass(frozen=True)
class Place:
    """The collective, its people and their browsers."""

    collective: Collective
    author: Account
    animator: Account

    def browser(self, who: Account | None) -> Client:
        client = Client()
        if who is not None:
            client.force_login(who)
        return client


@pytest.fixture
def place(db) -> Place:
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
    return Place(collective, people["relay"], people["animator"])
