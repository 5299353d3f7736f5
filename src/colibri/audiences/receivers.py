"""News from below: an identity that is connected again has its followers kept fresh again."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from colibri.audiences.actions import want_audience
from colibri.audiences.models import Audience
from colibri.people.actions import identity_connected
from colibri.people.models import Identity


@receiver(identity_connected)
def refresh_audience(sender: Any, identity: Identity, now: datetime, **_: Any) -> None:
    """Whose followers were wanted before, and a collective's own account's: they may wear its hashtag."""
    if identity.collective_id is not None or Audience.objects.filter(identity=identity).exists():
        want_audience(identity, now=now)
