"""News from below: somebody found work, left, was shut out, or took back a yes."""

from datetime import datetime
from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from colibri.appeals.actions.lifecycle import appeal_stopped
from colibri.appeals.actions.publishing import publication_gone
from colibri.appeals.models import Appeal, Publication
from colibri.appeals.queries import stand_ins
from colibri.people.actions import account_leaves, account_suspended, consent_withdrawn, taking_back
from colibri.people.models import Account, Consent
from colibri.showcase.actions import ask_of_end, drop_ranked, ranking, stop_portraits, take_back_list
from colibri.showcase.actions.relaying import PURPOSE
from colibri.showcase.models import FollowList, Portrait


@receiver(appeal_stopped)
def ask_what_becomes(sender: Any, appeal: Appeal, now: datetime, **_: Any) -> None:
    """Who found work decides what becomes of their portrait."""
    if appeal.ending == "found" and appeal.account is not None:
        ask_of_end(appeal.account, appeal.collective_id, now=now)


@receiver(publication_gone)
def stand_no_more(sender: Any, publication: Publication, **_: Any) -> None:
    """Nothing is left of a portrait's posts: its search ended, a yes was taken back, a network deleted it."""
    if publication.instead and not stand_ins(publication.appeal).exists():
        Portrait.objects.filter(stands_for=publication.appeal_id).update(stands_for=None)


@receiver(consent_withdrawn)
def take_portraits_off(sender: Any, consent: Consent, now: datetime, **_: Any) -> None:
    """No more portrait of somebody who withdrew their yes."""
    if consent.purpose == PURPOSE and consent.account is not None:
        stop_portraits(consent.account, consent.collective_id, now=now)


@receiver(consent_withdrawn)
def rank_no_more(sender: Any, consent: Consent, now: datetime, **_: Any) -> None:
    """Nothing is kept of whoever withdrew their yes to be ranked."""
    if consent.purpose == ranking.PURPOSE and consent.account is not None:
        drop_ranked(consent.account, consent.collective, now=now)


@receiver(account_suspended)
def hide_portraits(sender: Any, account: Account, now: datetime, **_: Any) -> None:
    """Nobody reads the portrait of somebody who was shut out."""
    told = Portrait.objects.filter(subject=account).order_by().values_list("collective", flat=True)
    for collective in told.distinct():
        stop_portraits(account, collective, now=now)


@receiver([account_leaves, account_suspended])
def take_lists_back(sender: Any, account: Account, now: datetime, **_: Any) -> None:
    """What they signed is shown no more, on Bluesky either."""
    for found in FollowList.objects.filter(maker=account).exclude(state="draft"):
        take_back_list(found, now=now)


@receiver(taking_back)
def lists_still(sender: Any, account: Account, **_: Any) -> bool:
    """Whether a list of theirs still stands on Bluesky."""
    return FollowList.objects.filter(maker=account, on_bluesky_at__isnull=False).exists()


@receiver(pre_delete, sender=Account)
def forget_lists(sender: Any, instance: Account, **_: Any) -> None:
    """The lists they made go with them."""
    FollowList.objects.filter(maker=instance).delete()
