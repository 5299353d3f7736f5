"""News from below: a withdrawn consent stops everything it allowed."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from colibri.appeals.actions.lifecycle import close_appeal, pause_appeal
from colibri.appeals.actions.notes import resume_notes
from colibri.appeals.actions.publishing import plan_deletions, resume_publications
from colibri.appeals.models import APPEAL, Appeal, Correction, Publication
from colibri.people.actions import (
    account_leaves,
    account_suspended,
    consent_withdrawn,
    identity_connected,
    taking_back,
)
from colibri.people.models import Account, Consent, Identity


@receiver(consent_withdrawn)
def stop_appeals(sender: Any, consent: Consent, now: datetime, **_: Any) -> None:
    """No more relaying, or no more posts in somebody's name."""
    mine = Q(account=consent.account_id) if consent.account_id else Q(pk__in=[])
    if consent.identity_id:
        mine |= Q(identity=consent.identity_id)
    appeals = Appeal.objects.filter(mine, collective=consent.collective).exclude(state="closed")
    if consent.purpose in ("be_relayed", "carry_cause"):
        for appeal in (one for one in appeals if one.yes_to_relay == consent.purpose):
            close_appeal(appeal, "withdrawn", by=consent.withdrawn_by, now=now)
    elif consent.purpose == "measure_reading":
        Correction.objects.filter(consent=consent).delete()
    elif consent.purpose == "publish_for_me":
        for appeal in appeals.filter(kind="search"):
            plan_deletions(appeal, now=now)


@receiver(identity_connected)
def resume_writing(sender: Any, identity: Identity, now: datetime, **_: Any) -> None:
    """What the collective's account could not write is tried again."""
    resume_notes(identity, now=now)
    resume_publications(identity, now=now)


@receiver(account_leaves)
def close_appeals(sender: Any, account: Account, now: datetime, **_: Any) -> None:
    """Nothing of theirs is relayed any more, whatever state it is in."""
    for appeal in _of(account).exclude(state="closed"):
        close_appeal(appeal, "withdrawn", by="page", now=now)


@receiver(account_suspended)
def pause_appeals(sender: Any, account: Account, now: datetime, **_: Any) -> None:
    """Nothing of theirs is shown or relayed, and what the collective published for them is deleted."""
    for appeal in _of(account).filter(state__in=APPEAL.before("paused")):
        pause_appeal(appeal)
        plan_deletions(appeal, now=now)


@receiver(taking_back)
def deleting_still(sender: Any, account: Account, **_: Any) -> bool:
    """Whether what was published for them is still deleted."""
    return Publication.objects.filter(appeal__in=_of(account), state="deleting").exists()


@receiver(pre_delete, sender=Account)
def forget_appeals(sender: Any, instance: Account, **_: Any) -> None:
    """Their words go with them."""
    _of(instance).delete()


def _of(account: Account) -> QuerySet[Appeal]:
    return Appeal.objects.filter(Q(account=account) | Q(identity__account=account))
