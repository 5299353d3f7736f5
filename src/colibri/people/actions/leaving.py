"""Leaving, or being shut out: what rests on somebody is taken back; who left is then erased."""

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone

from colibri.common.work import ring
from colibri.networks.errors import NetworkError
from colibri.people.actions.agreeing import end_role, withdraw_consent
from colibri.people.actions.identities import disconnect_identity
from colibri.people.actions.running import end_animator
from colibri.people.models import Account, Consent, Identity, Leaving

__all__ = [
    "account_leaves",
    "account_suspended",
    "erase",
    "erase_again",
    "give_up_erasing",
    "leave",
    "suspend",
    "taking_back",
]

log = logging.getLogger(__name__)

LOOKED_AGAIN = timedelta(minutes=1)
AT_LONGEST = timedelta(days=3)
"""A network that is not heard of for so long keeps nobody's data here: what it still shows stays there."""
BACKUPS_LAST = timedelta(days=30)

account_leaves = Signal()
"""Sent inside the transaction with `account` and `now`: rooms above end what is theirs."""
account_suspended = Signal()
"""Sent inside the transaction with `account` and `now`: rooms above stop what is theirs."""
taking_back = Signal()
"""Sent with `account`: a receiver answers True while something of theirs is still taken back on a network."""


@transaction.atomic
def leave(account: Account, *, by: str, now: datetime) -> Leaving:
    """End everything at once; the rest is erased once the networks have heard. Raises `LastAnimator`."""
    for role in account.roles.filter(until=None).select_related("collective"):
        if role.kind == "animator":
            end_animator(role, now=now)
        else:
            end_role(role, now=now)
    account_leaves.send(Account, account=account, now=now)
    mine = Q(account=account) | Q(identity__account=account)
    for consent in Consent.objects.filter(mine, withdrawn_at=None).select_related("collective"):
        withdraw_consent(
            consent.collective,
            consent.purpose,
            account=consent.account,
            identity=consent.identity,
            by=by,
            now=now,
        )
    Account.objects.filter(pk=account.pk).update(is_active=False)
    leaving, _made = Leaving.objects.get_or_create(account=account, defaults={"since": now, "due_at": now})
    ring(leaving)
    return leaving


@transaction.atomic
def suspend(account: Account, *, now: datetime) -> None:
    """An operator shuts somebody out: no session, link or device of theirs works any more, nothing of theirs
    is relayed or given. What they agreed to stays written, and they can come back.
    """
    Account.objects.filter(pk=account.pk).update(is_active=False)
    account_suspended.send(Account, account=account, now=now)


def erase(leaving: Leaving) -> datetime | None:
    """Erase all that is kept of them, or say when to look again while something is still taken back."""
    account, now = leaving.account, timezone.now()
    busy = any(answer for _receiver, answer in taking_back.send(Account, account=account))
    if busy and now < leaving.since + AT_LONGEST:
        return now + LOOKED_AGAIN
    with transaction.atomic():
        for identity in Identity.objects.filter(account=account):
            disconnect_identity(identity)
        pk = account.pk  # deleting forgets it
        account.delete()
        _note(pk, account.date_joined, now)
    return None


def give_up_erasing(leaving: Leaving, error: NetworkError) -> None:
    """Never for good: it is tried again each hour, and its trouble stays written."""
    Leaving.objects.filter(pk=leaving.pk).update(due_at=timezone.now() + timedelta(hours=1))


def erase_again(*, now: datetime) -> int:
    """Let go once more whoever a restored backup brought back; returns how many.

    The list of erasures lives beside the database, where no backup of the rows reaches it, as long as
    backups do. It holds no name: a row's number and when it was made.
    """
    with _list() as file:
        lines = [json.loads(line) for line in file]
        kept = [one for one in lines if datetime.fromisoformat(one["erased"]) >= now - BACKUPS_LAST]
        if len(kept) < len(lines):
            file.seek(0)
            file.truncate()
            file.writelines(json.dumps(one) + "\n" for one in kept)
    back = 0
    for one in kept:
        joined = datetime.fromisoformat(one["joined"])
        for account in Account.objects.filter(pk=one["account"], date_joined=joined, leaving=None):
            log.warning("a restored backup brought back somebody who had left: they are erased again")
            _leave_whatever_it_takes(account, now)
            back += 1
    return back


def _leave_whatever_it_takes(account: Account, now: datetime) -> None:
    """Also where nobody else animates: they are gone already."""
    account.roles.filter(kind="animator", until=None).update(until=now)
    leave(account, by="restored", now=now)


def _note(pk: int, joined: datetime, now: datetime) -> None:
    told = {"account": pk, "joined": joined.isoformat(), "erased": now.isoformat()}
    with _list() as file:
        file.seek(0, os.SEEK_END)
        file.write(json.dumps(told) + "\n")


@contextmanager
def _list() -> Iterator[TextIO]:
    """The list, held alone, at its beginning."""
    with (Path(settings.DATA_DIR) / "erased.jsonl").open("a+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        yield file
