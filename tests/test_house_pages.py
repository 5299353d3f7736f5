"""No page writes when it is only looked at: every address, asked by every kind of person."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.sample_world import World, sample_world

# Django's own administration and static files; the tests of their makers answer for them.
LEFT_TO_THEIR_MAKERS = {"admin", "djdt"}
WRITES = re.compile(
    r'^\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Address:
    """One named address and the parameters it takes."""

    name: str
    parameters: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


def addresses(patterns: list[Any], namespace: str = "", above: tuple[str, ...] = ()) -> Iterator[Address]:
    """Every named address below these patterns; one without a name is an error, since nobody can test it."""
    for pattern in patterns:
        parameters = above + tuple(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            below = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            if pattern.namespace not in LEFT_TO_THEIR_MAKERS:
                yield from addresses(pattern.url_patterns, below, parameters)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"the address {pattern.pattern} has no name"
            yield Address(namespace + pattern.name, parameters)


def distinct_addresses() -> list[Address]:
    return sorted(set(addresses(get_resolver().url_patterns)), key=str)


def sample_of(address: Address, world: World) -> dict[str, object]:
    """A value for each parameter, the address's own before the common one.

    Raises `AssertionError` where `tests/sample_world.py` has none.
    """
    values = {}
    for parameter in address.parameters:
        own = f"{address.name}.{parameter}"
        assert own in world.values or parameter in world.values, (
            f"the address '{address.name}' needs a sample of '{parameter}' in tests/sample_world.py"
        )
        values[parameter] = world.values.get(own, world.values.get(parameter))
    return values


@contextmanager
def read_only() -> Iterator[None]:
    """Refuse every change of a row for the length of the block, except in sessions."""

    def refuse(execute, sql, params, many, context):
        written = WRITES.match(sql)
        if written and written[1] != Session._meta.db_table:
            raise AssertionError(f"a page that was only looked at wrote: {sql[:200]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("address", distinct_addresses(), ids=str)
def test_looking_at_a_page_changes_nothing(address):
    world = sample_world()
    path = reverse(address.name, kwargs=sample_of(address, world))

    for kind, account in world.people.items():
        visitor = Client()
        if account is not None:
            visitor.force_login(account)
        with read_only():
            answers = [visitor.get(path), visitor.head(path)]

        assert [answer.status_code for answer in answers if answer.status_code >= 500] == [], kind


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO django_content_type (app_label, model) VALUES ('a', 'b')",
        "UPDATE django_content_type SET model = 'b' WHERE model = 'c'",
        "DELETE FROM django_content_type WHERE model = 'c'",
    ],
)
def test_a_page_that_writes_is_caught(statement):
    with read_only(), connection.cursor() as cursor, pytest.raises(AssertionError, match="wrote"):
        cursor.execute(statement)


def test_an_address_without_a_sample_is_an_error():
    with pytest.raises(AssertionError, match="needs a sample of 'planet'"):
        sample_of(Address("room:page", ("planet",)), World(people={}, values={}))


def test_an_address_has_its_own_sample_before_the_common_one():
    world = World(people={}, values={"token": "common", "room:page.token": "own"})

    assert sample_of(Address("room:page", ("token",)), world) == {"token": "own"}
    assert sample_of(Address("room:other", ("token",)), world) == {"token": "common"}
