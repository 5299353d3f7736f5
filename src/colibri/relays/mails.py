"""What a device says of the evening's messages; the mail with their words is `actions/digests.py`'s."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import ngettext

from colibri.people.letters import Letter
from colibri.people.models import Account
from colibri.relays.models import Digest
from colibri.relays.queries import givable, todays_boosts

__all__ = ["evening"]


def evening(reader: Account, about: int) -> Letter | None:
    """How many messages wait for a tap, as long as any does."""
    digest = Digest.objects.filter(pk=about).first()
    if digest is None:
        return None
    waiting = todays_boosts(reader).filter(plan=digest.plan_id, state__in=["planned", "offered"])
    count = len(givable(waiting.filter(offer__automatic=False)))
    if not count:
        return None
    words = ngettext("A message waits for your boost", "{count} messages wait for your boost", count)
    return Letter(
        subject=words.format(count=count), paragraphs=(), link=settings.SITE_URL + reverse("relays:today")
    )
