"""What animators change of their collective: its rules, its hours, who animates it."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from colibri.people.actions.agreeing import end_role, give_role
from colibri.people.charters import Charter
from colibri.people.models import Account, Collective, Role
from colibri.people.queries import animators_of

__all__ = ["LastAnimator", "account_at", "add_animator", "change_collective", "end_animator"]


class LastAnimator(Exception):
    """Without this one nobody would animate the collective."""


@transaction.atomic
def account_at(email: str) -> Account:
    """The account of an address, made where there is none."""
    email = email.strip().lower()
    account = Account.objects.filter(email=email).first()
    if account is None:
        account = Account.objects.create_user(email)
        # Nobody signs in without a code sent there: once is enough to prove that it is theirs.
        EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account


def change_collective(collective: Collective, charter: Charter) -> None:
    """Keep a collective as it was changed, with its charter. Raises `ValidationError`, nothing kept."""
    collective.charter = charter.to_dict()
    collective.full_clean()
    collective.save()


def add_animator(collective: Collective, email: str) -> Role:
    """Let whoever has this address animate the collective; doing so already changes nothing."""
    return give_role(account_at(email), collective, "animator")


@transaction.atomic
def end_animator(role: Role, *, now: datetime) -> None:
    """Let somebody animate the collective no more. Raises `LastAnimator`."""
    if not animators_of(role.collective).exclude(pk=role.pk).exists():
        raise LastAnimator
    end_role(role, now=now)
