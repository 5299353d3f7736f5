"""News from below: somebody goes for good."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from colibri.helping.actions import close_request, end_giving
from colibri.helping.models import Giving, HelpRequest
from colibri.people.actions import account_leaves
from colibri.people.models import Account

__all__ = ["end_helping"]


@receiver(account_leaves)
def end_helping(sender: Any, account: Account, now: datetime, **_: Any) -> None:
    """Whom they helped is passed on; who helped them is told that it is over."""
    for giving in Giving.objects.filter(account=account).exclude(state="ended").select_related("collective"):
        end_giving(giving, now=now)
    for request in HelpRequest.objects.filter(account=account).exclude(state="closed"):
        close_request(request, "otherwise", now=now)
