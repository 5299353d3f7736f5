"""What is kept of somebody, for them to take along: every row that is theirs, as the models tell."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import BinaryField, ForeignKey, ManyToManyField, Model, Q
from django.db.models.fields.reverse_related import ForeignObjectRel

from colibri.common.sealing import SealedTextField
from colibri.people.models import Account, Identity

__all__ = ["SECRET", "belongings"]

SECRET = frozenset(
    {
        "people.Credential.identity",  # what lets Colibri act elsewhere: a copy would be a spare key
        "people.Leaving.account",
        "people.Device.account",  # where a browser is reached, and its keys
        "people.Block.identity",  # who blocked whom is told to nobody
        "people.Block.person",
        "federation.ActorKey.identity",
        "appeals.Answer.appeal",  # readers wrote these, and their addresses are not shown
        "conversations.Keyring.account",  # sealed in the browser, and opened only there
        "conversations.Member.account",
        "programme.CalendarKey.account",  # opens somebody's calendar to whoever has it
        "account.EmailAddress.user",  # the address itself is in the account
        "mfa.Authenticator.user",
        "admin.LogEntry.user",
    }
)
"""Relations that are not followed, each because a file that goes astray would harm."""
DECIDERS = frozenset({"by", "invited_by"})
NEVER = frozenset({"password", "due_at", "attempts", "tries"})
AT_ONCE = 1000
"""Rows asked about in one query: databases limit how many values one may hold."""


def belongings(account: Account, *, now: datetime) -> dict[str, Any]:
    """Everything kept of an account by kind of row, as plain values for JSON.

    Followed are the rows that name the account or one of its identities, and the rows that belong to these
    and to nobody else.
    """
    found: dict[str, dict[Any, dict[str, Any]]] = {}
    near = _near(account)
    rows: list[Model] = [account]
    while rows:
        below = []
        for one in _naming(rows):
            kept = found.setdefault(one._meta.label, {})
            if one.pk not in kept and not _anothers(one, account, near):
                kept[one.pk] = _plain(one)
                below.append(one)
        rows = below
    told = {label: list(kept.values()) for label, kept in sorted(found.items()) if kept}
    return {"made_at": now.isoformat(), "account": _plain(account), **told}


def _naming(rows: list[Model]) -> Iterator[Model]:
    """Every row that names one of these: a query for each relation, however many rows there are."""
    kinds: dict[type[Model], list[Model]] = {}
    for row in rows:
        kinds.setdefault(row._meta.model, []).append(row)
    for kind, named in kinds.items():
        for relation in kind._meta.related_objects:
            if _name(relation) in SECRET:
                continue
            naming = relation.related_model._base_manager.order_by("pk")
            for first in range(0, len(named), AT_ONCE):
                some = named[first : first + AT_ONCE]
                yield from naming.filter(**{f"{relation.field.name}__in": some})


def _name(relation: ForeignObjectRel) -> str:
    return f"{relation.related_model._meta.label}.{relation.field.name}"


def _anothers(row: Model, account: Account, near: set[int]) -> bool:
    """Whether a row is somebody else's: it names another's account or identity, beyond who decided it."""
    for field in row._meta.concrete_fields:
        if not isinstance(field, ForeignKey) or field.name in DECIDERS:
            continue
        other = getattr(row, field.attname)
        if other is None:
            continue
        if field.related_model is Account and other != account.pk:
            return True
        if field.related_model is Identity and other not in near:
            return True
    return False


def _near(account: Account) -> set[int]:
    """The identities that are theirs, and those of collectives, which speak for them."""
    theirs = Q(account=account) | Q(account=None, collective__isnull=False)
    return set(Identity.objects.filter(theirs).values_list("pk", flat=True))


def _plain(row: Model) -> dict[str, Any]:
    return {
        field.attname: _value(row, field)
        for field in row._meta.concrete_fields
        if field.name not in NEVER and not isinstance(field, ManyToManyField)
    }


def _value(row: Model, field: Any) -> Any:
    value = getattr(row, field.attname)
    if isinstance(field, SealedTextField):
        return str(value)
    if isinstance(field, BinaryField):
        return f"{len(value or b'')} bytes"
    return value.isoformat() if hasattr(value, "isoformat") else value
