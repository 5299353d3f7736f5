"""Keeping what browsers made: public keys in their log, vaults, what opens them. Nothing here opens one."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from colibri.conversations.documents import BadDocument, KeyDocument, digest_of, holds, read_key
from colibri.conversations.models import KeyEntry, Keyring, Wrap
from colibri.people.models import Account

__all__ = ["LEAST_WRAPS", "SignedKey", "TooFewWays", "add_wrap", "change_keys", "make_keys", "remove_wrap"]

LEAST_WRAPS = 2
"""So many ways to open one's keys stay at least: whoever loses one still has another."""
MOST_WRAPS = 10


class TooFewWays(Exception):
    """Fewer ways to open the keys than somebody who loses one of them needs."""


@dataclass(frozen=True, slots=True)
class SignedKey:
    """A key entry with its signature and, where the key before it is still known, that one's."""

    document: str
    signature: str
    endorsement: str = ""


Way = tuple[str, str, str]
"""One way to open a vault: its kind, the sealed key, which passkey."""


@transaction.atomic
def make_keys(account: Account, key: SignedKey, vault: str, ways: list[Way], *, now: datetime) -> Keyring:
    """Keep somebody's first keys. Raises `BadDocument`, `TooFewWays`."""
    _check_ways(ways)
    read = _checked(key, number=1, previous="", verify="")
    if Keyring.objects.filter(account=account).exists():
        raise BadDocument("keys are there already")
    try:
        with transaction.atomic():
            keyring = Keyring.objects.create(
                account=account, public_id=read.owner, vault=vault, changed_at=now
            )
    except IntegrityError as fault:
        raise BadDocument("this name is taken, or keys were made on another device just now") from fault
    _enter(keyring, read.number, key, now)
    _keep_ways(keyring, ways)
    return keyring


@transaction.atomic
def change_keys(keyring: Keyring, key: SignedKey, vault: str, ways: list[Way], *, now: datetime) -> None:
    """Add newer keys to the log. Without `ways` those that stand stay. Raises `BadDocument`, `TooFewWays`."""
    if ways:
        _check_ways(ways)
    last = keyring.entries.order_by("-number").select_for_update().first()
    if last is None:
        raise BadDocument("a keyring without keys")
    _checked(
        key,
        number=last.number + 1,
        previous=last.digest,
        verify=read_key(last.document).verify,
        owner=keyring.public_id,
    )
    try:
        with transaction.atomic():
            _enter(keyring, last.number + 1, key, now)
    except IntegrityError as fault:
        raise BadDocument("keys were changed on another device just now") from fault
    Keyring.objects.filter(pk=keyring.pk).update(vault=vault, changed_at=now)
    if ways:
        keyring.wraps.all().delete()
        _keep_ways(keyring, ways)


@transaction.atomic
def add_wrap(keyring: Keyring, way: Way) -> None:
    """One more way to open the vault; new words or a new code replace the former. Raises `TooFewWays`."""
    kind, _sealed, _hint = way
    if kind != "passkey":
        keyring.wraps.filter(kind=kind).delete()
    elif keyring.wraps.count() >= MOST_WRAPS:
        raise TooFewWays("no more passkeys")
    _keep_ways(keyring, [way])


@transaction.atomic
def remove_wrap(wrap: Wrap) -> None:
    """Let this way open the vault no more. Raises `TooFewWays` where only one other would be left."""
    held = list(Wrap.objects.filter(keyring=wrap.keyring_id).select_for_update())
    if len(held) <= LEAST_WRAPS:
        raise TooFewWays("two ways stay")
    wrap.delete()


def _check_ways(ways: list[Way]) -> None:
    if len(ways) < LEAST_WRAPS or len(ways) > MOST_WRAPS:
        raise TooFewWays("two ways at least")


def _checked(key: SignedKey, *, number: int, previous: str, verify: str, owner: str = "") -> KeyDocument:
    read = read_key(key.document)
    if (read.number, read.previous) != (number, previous) or owner not in ("", read.owner):
        raise BadDocument("this entry does not follow the one before")
    if not holds(read.verify, key.signature, key.document):
        raise BadDocument("the signature does not hold")
    if key.endorsement and not holds(verify, key.endorsement, key.document):
        raise BadDocument("the signature of the key before does not hold")
    return read


def _enter(keyring: Keyring, number: int, key: SignedKey, now: datetime) -> None:
    KeyEntry.objects.create(
        keyring=keyring,
        number=number,
        document=key.document,
        digest=digest_of(key.document),
        signature=key.signature,
        endorsement=key.endorsement,
        made_at=now,
    )


def _keep_ways(keyring: Keyring, ways: list[Way]) -> None:
    for kind, sealed, hint in ways:
        Wrap.objects.create(keyring=keyring, kind=kind, sealed=sealed, hint=hint)
