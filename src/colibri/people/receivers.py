"""News of this room that its people should hear."""

from typing import Any

from django.contrib.auth import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from colibri.people.actions import end_device, identity_refused, notify
from colibri.people.browsers import device_here
from colibri.people.models import Account, Identity
from colibri.people.queries import owners_of

__all__ = ["leave_browser", "tell_of_refusal"]


@receiver(user_logged_out)
def leave_browser(sender: Any, request: HttpRequest, user: Account | None, **_: Any) -> None:
    """Whoever signs out may leave a browser others use: nothing more is told there."""
    device = device_here(request, user)
    if device is not None:
        end_device(device)


@receiver(identity_refused)
def tell_of_refusal(sender: Any, identity: Identity, **_: Any) -> None:
    """Its owner, or the animators of the collective whose account it is, should connect it again."""
    if identity.refused_at is None:
        return  # they took it back themselves
    moment = f"{identity.refused_at:%Y-%m-%dT%H:%M:%S}"
    for account in owners_of(identity):
        notify(account, "account_refused", identity.pk, once=moment, now=timezone.now())
