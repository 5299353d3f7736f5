"""News from below that this room acts upon."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone

from colibri.conversations.actions import forget_person
from colibri.people.models import Account

__all__ = ["forget_with_account"]


@receiver(pre_delete, sender=Account)
def forget_with_account(sender: Any, instance: Account, **_: Any) -> None:
    """Whoever is erased leaves their conversations, and nothing opens their keys any more."""
    forget_person(instance, now=timezone.now())
