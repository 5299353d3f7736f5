"""News of this room that its people should hear."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from colibri.people.actions import identity_refused, notify
from colibri.people.models import Identity
from colibri.people.queries import owners_of

__all__ = ["tell_of_refusal"]


@receiver(identity_refused)
def tell_of_refusal(sender: Any, identity: Identity, **_: Any) -> None:
    """Its owner, or the animators of the collective whose account it is, should connect it again."""
    if identity.refused_at is None:
        return  # they took it back themselves
    moment = f"{identity.refused_at:%Y-%m-%dT%H:%M:%S}"
    for account in owners_of(identity):
        notify(account, "account_refused", identity.pk, once=moment, now=timezone.now())
