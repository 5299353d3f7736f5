"""What people say they did for an appeal beyond the networks Colibri speaks."""

from datetime import datetime

from colibri.appeals.models import Appeal, Share

__all__ = ["note_share"]


def note_share(appeal: Appeal, service: str, *, now: datetime) -> Share:
    """Somebody says that they showed it on a service. Who they are is not kept."""
    return Share.objects.create(appeal=appeal, service=service, shared_at=now)
