"""Where an identity's credentials are kept while several processes speak for it; see `networks.keeping`."""

import json
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from colibri.networks.errors import Unauthorised
from colibri.people.models import Credential

__all__ = ["CredentialKeeper"]

LONGEST_RENEWAL = timedelta(minutes=3)
"""More than two requests can take: whoever claimed and was killed holds up the others no longer."""


class CredentialKeeper:
    """The row of one identity; claiming is one conditional write, so that nobody holds a lock."""

    def __init__(self, identity: int) -> None:
        self._rows = Credential.objects.filter(identity=identity)

    def __call__(self, credentials: dict[str, str]) -> None:
        """Keep new ones. Raises `Unauthorised` where the identity was disconnected meanwhile."""
        changed = self._rows.update(
            secret=json.dumps(credentials), stored_at=timezone.now(), renewing_until=None
        )
        if not changed:
            raise Unauthorised("disconnected meanwhile")

    def read(self) -> dict[str, str]:
        """What is kept now. Raises `Unauthorised` where nothing is."""
        found = self._rows.first()
        if found is None:
            raise Unauthorised("disconnected meanwhile")
        known: dict[str, str] = json.loads(str(found.secret))
        return known

    def claim(self) -> bool:
        """Whether this process alone may renew from now on."""
        now = timezone.now()
        free = self._rows.filter(Q(renewing_until=None) | Q(renewing_until__lt=now))
        return bool(free.update(renewing_until=now + LONGEST_RENEWAL))

    def release(self) -> None:
        """Let others try."""
        self._rows.update(renewing_until=None)
