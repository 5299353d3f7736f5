"""Who is heard, as pages ask for it."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from colibri.people.models import Account, Collective, Identity
from colibri.people.queries import kept_apart
from colibri.showcase.models import Ranked

__all__ = ["KEPT", "may_be_ranked", "rankable", "ranked_of", "standings"]

KEPT = timedelta(days=30)
"""So long what was fetched of somebody counts; an account that answers no more is ranked no more."""


def rankable(account: Account) -> QuerySet[Identity]:
    """The account's identities that can be ranked: connected, so that their posts can be read."""
    return Identity.objects.filter(account=account, refused_at=None, credential__isnull=False).order_by("pk")


def may_be_ranked(account: Account) -> bool:
    """Whether the account has anything to be ranked by."""
    return rankable(account).exists()


def ranked_of(collective: Collective, *, now: datetime) -> list[Ranked]:
    """Everybody who agreed and was heard of lately, but those unwelcome in the collective."""
    apart = kept_apart(collective)
    known = Ranked.objects.filter(collective=collective, fetched_at__gt=now - KEPT)
    rows = known.select_related("identity").order_by("pk")
    return [one for one in rows if not apart.unwelcome((one.identity_id, one.identity.account_id))]


def standings(collective: Collective, *, now: datetime) -> list[Ranked]:
    """The ranking, first place first; who shares a place in alphabetical order."""
    ranked = [one for one in ranked_of(collective, now=now) if one.place is not None]
    return sorted(ranked, key=lambda one: (one.place or 0, one.identity.handle))
