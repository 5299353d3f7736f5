"""Who asks whom, and which boosts came before an outcome: before, not because of it."""

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from colibri.appeals.models import Appeal
from colibri.common.signing import token
from colibri.impact.models import FollowUp, Outcome
from colibri.people.models import Account
from colibri.relays.models import Boost, Offer

__all__ = ["follow_up_of_link", "namable_relays", "relays_before", "relays_to_thank", "situation_links"]


def follow_up_of_link(subject: str) -> FollowUp | None:
    """The follow-up a signed link speaks of."""
    rows = FollowUp.objects.select_related("appeal__collective", "appeal__account", "appeal__identity")
    return rows.filter(pk=subject).first()


def situation_links(appeals: list[int]) -> dict[int, str]:
    """Where the person of each search says more of their situation, by the number of the search."""
    rows = FollowUp.objects.filter(appeal__in=appeals).values_list("appeal", "pk")
    return {appeal: reverse("impact:situation", args=[token("follow_up", number)]) for appeal, number in rows}


def relays_before(outcome: Outcome) -> QuerySet[Boost]:
    """Boosts that were given to a search before its outcome was told, first to last."""
    given = Boost.objects.filter(appeal=outcome.appeal_id, given_at__lte=outcome.told_at)
    return given.select_related("offer__identity").order_by("given_at")


def relays_to_thank(appeal: Appeal) -> QuerySet[Account]:
    """Everybody who gave the appeal a boost and can still be written to."""
    gave = Q(identities__offers__boosts__appeal=appeal, identities__offers__boosts__given_at__isnull=False)
    return Account.objects.filter(gave, is_active=True).distinct()


def namable_relays(appeal: Appeal) -> QuerySet[Offer]:
    """Relays who boosted it and agreed to be named in public, so that its person may name one."""
    gave = Offer.objects.filter(boosts__appeal=appeal, boosts__given_at__isnull=False)
    agreed = Q(
        identity__account__consents__purpose="be_listed",
        identity__account__consents__collective=F("collective"),
        identity__account__consents__withdrawn_at=None,
    ) | Q(
        identity__consents__purpose="be_listed",
        identity__consents__collective=F("collective"),
        identity__consents__withdrawn_at=None,
    )
    return gave.filter(agreed).select_related("identity").distinct().order_by("identity__handle")
