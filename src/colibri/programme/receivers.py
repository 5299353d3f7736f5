"""Counts follow the rows, also when these go with an account that is erased; who goes leads nothing more."""

from datetime import datetime
from typing import Any

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver

from colibri.people.actions import account_leaves
from colibri.people.models import Account
from colibri.programme.actions import call_off_workshop, count_again
from colibri.programme.models import Cohort, Walk, Workshop

__all__ = ["call_off", "count_without", "unname_host"]


@receiver(post_delete, sender=Walk)
def count_without(sender: Any, instance: Walk, **_: Any) -> None:
    """A walk that is erased is counted no more, nor its steps."""
    cohort = Cohort.objects.filter(pk=instance.cohort_id).first()
    if cohort is not None:
        count_again(cohort, list(cohort.counts.values_list("step", flat=True)))


@receiver(account_leaves)
def call_off(sender: Any, account: Account, now: datetime, **_: Any) -> None:
    """The workshops they lead do not take place; who has a place is told."""
    coming = Workshop.objects.filter(host=account, ends_at__gt=now).exclude(state="cancelled")
    for workshop in coming:
        call_off_workshop(workshop, "", account, now=now)


@receiver(pre_delete, sender=Account)
def unname_host(sender: Any, instance: Account, **_: Any) -> None:
    """What took place stays told, without who led it."""
    Workshop.objects.filter(host=instance).update(host_name="")
