"""What people agree to, what they want to hear, whom they do not want to meet."""

from datetime import datetime

from django.db import transaction
from django.dispatch import Signal

from colibri.people.models import Account, Block, Collective, Consent, Identity, NoticeOff, Role
from colibri.people.queries import standing_consents

__all__ = [
    "block",
    "choose_language",
    "choose_name",
    "choose_time_zone",
    "consent_withdrawn",
    "end_role",
    "give_consent",
    "give_role",
    "silence_notice",
    "unblock",
    "want_notice",
    "withdraw_consent",
]

consent_withdrawn = Signal()
"""Sent inside the transaction with `consent`: rooms above stop what rested on it."""


def give_role(account: Account, collective: Collective, kind: str) -> Role:
    """Let the account hold a role; holding it already changes nothing."""
    role, _made = Role.objects.get_or_create(account=account, collective=collective, kind=kind, until=None)
    return role


def end_role(role: Role, *, now: datetime) -> None:
    """Let the account hold it no more; it stays written down since when and until when it did."""
    Role.objects.filter(pk=role.pk, until=None).update(until=now)


def give_consent(
    collective: Collective,
    purpose: str,
    *,
    account: Account | None = None,
    identity: Identity | None = None,
    by: str,
    now: datetime,
) -> Consent:
    """Write down a yes; one that still stands is returned as it is."""
    standing = standing_consents(collective, purpose, account=account, identity=identity).first()
    return standing or Consent.objects.create(
        collective=collective, purpose=purpose, account=account, identity=identity, given_by=by, given_at=now
    )


@transaction.atomic
def withdraw_consent(
    collective: Collective,
    purpose: str,
    *,
    account: Account | None = None,
    identity: Identity | None = None,
    by: str,
    now: datetime,
) -> int:
    """Withdraw every standing yes to a purpose and stop what rested on it; returns how many there were."""
    standing = list(standing_consents(collective, purpose, account=account, identity=identity))
    for consent in standing:
        consent.withdrawn_at, consent.withdrawn_by = now, by
        consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
        consent_withdrawn.send(Consent, consent=consent, now=now)
    return len(standing)


def silence_notice(account: Account, kind: str, way: str = "mail") -> None:
    """Tell nothing of this kind any more by this way."""
    NoticeOff.objects.get_or_create(account=account, kind=kind, way=way)


def want_notice(account: Account, kind: str, way: str = "mail") -> None:
    """Tell of this kind by this way again."""
    NoticeOff.objects.filter(account=account, kind=kind, way=way).delete()


def block(
    account: Account,
    collective: Collective,
    *,
    identity: Identity | None = None,
    person: Account | None = None,
    known_as: str = "",
) -> Block:
    """Keep an account apart from an identity and the person behind it; blocking twice changes nothing."""
    found, _made = Block.objects.get_or_create(
        account=account,
        collective=collective,
        identity=identity,
        person=person,
        defaults={"known_as": known_as[:120]},
    )
    return found


def unblock(found: Block) -> None:
    """Let them meet again."""
    found.delete()


def choose_language(account: Account, language: str) -> None:
    """Write to the account in this language from now on."""
    Account.objects.filter(pk=account.pk).update(language=language)


def choose_name(account: Account, name: str) -> None:
    """Call the person so from now on."""
    Account.objects.filter(pk=account.pk).update(name=name)


def choose_time_zone(account: Account, time_zone: str) -> None:
    """Tell the account the hour by these clocks from now on; empty means by the collective's."""
    Account.objects.filter(pk=account.pk).update(time_zone=time_zone)
    account.time_zone = time_zone
