"""What animators change of their collective: its rules, its hours, who animates it."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q

from colibri.people.actions.agreeing import end_role, give_role
from colibri.people.actions.noticing import notify
from colibri.people.charters import Charter
from colibri.people.models import Account, Collective, Role
from colibri.people.queries import animators_of

__all__ = [
    "LastAnimator",
    "account_at",
    "add_animator",
    "change_collective",
    "end_animator",
    "forget_unused_accounts",
]


class LastAnimator(Exception):
    """Without this one nobody would animate the collective."""


@transaction.atomic
def account_at(email: str, *, language: str = "fr") -> Account:
    """The account of an address, made where there is none; `language` is then that of its mails.

    Any address somebody proved to be theirs is theirs; one they only wrote down is not.
    """
    email = email.strip().lower()
    proven = Q(email=email) | Q(emailaddress__email=email, emailaddress__verified=True)
    account = Account.objects.filter(proven).first()
    if account is None:
        EmailAddress.objects.filter(email=email).delete()
        account = Account.objects.create_user(email, language=language)
        # Nobody signs in without a code sent there: once is enough to prove that it is theirs.
        EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account


UNUSED = timedelta(days=2)
"""After so long an account made by asking for a code that nobody typed is forgotten."""


def forget_unused_accounts(*, now: datetime) -> int:
    """Accounts nobody ever came in with, that hold nothing; returns how many."""
    unused = Account.objects.filter(
        last_login=None, date_joined__lt=now - UNUSED, is_staff=False, roles=None, identities=None
    )
    unused = unused.filter(appeals=None, consents=None, notices_off=None)
    return unused.delete()[0]


def change_collective(collective: Collective, charter: Charter) -> None:
    """Keep a collective as it was changed, with its charter. Raises `ValidationError`, nothing kept."""
    collective.charter = charter.to_dict()
    collective.full_clean()
    collective.save()


@transaction.atomic
def add_animator(collective: Collective, email: str, *, now: datetime) -> Role:
    """Let whoever has this address animate the collective, and tell them; twice changes nothing."""
    role = give_role(account_at(email), collective, "animator")
    notify(role.account, "animator_named", role.pk, now=now)
    return role


@transaction.atomic
def end_animator(role: Role, *, now: datetime) -> None:
    """Let somebody animate the collective no more. Raises `LastAnimator`."""
    if not animators_of(role.collective).exclude(pk=role.pk).exists():
        raise LastAnimator
    end_role(role, now=now)
    notify(role.account, "animator_ended", role.pk, now=now)
