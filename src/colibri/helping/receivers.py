"""News from below: somebody goes for good, or keeps apart from somebody."""

from datetime import datetime
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from colibri.helping.actions import close_request, end_giving, part_ways
from colibri.helping.models import Giving, HelpRequest
from colibri.people.actions import account_leaves
from colibri.people.models import Account, Block

__all__ = ["end_between", "end_helping"]


@receiver(account_leaves)
def end_helping(sender: Any, account: Account, now: datetime, **_: Any) -> None:
    """Whom they helped is passed on; who helped them is told that it is over."""
    for giving in Giving.objects.filter(account=account).exclude(state="ended").select_related("collective"):
        end_giving(giving, now=now)
    for request in HelpRequest.objects.filter(account=account).exclude(state="closed"):
        close_request(request, "otherwise", now=now)


@receiver(post_save, sender=Block)
def end_between(sender: Any, instance: Block, created: bool, **_: Any) -> None:
    """Neither helps the other any more; somebody else is asked."""
    other = instance.person or (instance.identity.account if instance.identity is not None else None)
    if created and instance.account is not None and other is not None:
        part_ways(instance.account, other, now=timezone.now())
