"""Writing to people by mail, once for each thing, where they want it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from colibri.common import mail
from colibri.common.signing import token
from colibri.common.work import ring
from colibri.networks.errors import NetworkError
from colibri.people.letters import letter_kind, write
from colibri.people.models import NOTICE, Account, Credential, Notice
from colibri.people.queries import owners_of, wants_notice

__all__ = ["give_up_notice", "notify", "send_notice", "unsubscribe_link", "warn_before_ends"]

EARLY = timedelta(days=7)
"""So long before a permission ends its owner hears of it."""


def notify(account: Account, letter: str, about: int, *, once: str = "", now: datetime) -> Notice | None:
    """Have a letter written about a row. Nothing where they have no address or do not want this kind.

    `once` tells apart what may be said again about the same row; the same thing is said once.
    """
    if not wants_notice(account, letter_kind(letter)):
        return None
    notice, made = Notice.objects.get_or_create(
        account=account, letter=letter, about=about, once=once, defaults={"due_at": now}
    )
    if made:
        ring(notice)
    return notice


def warn_before_ends(*, now: datetime) -> int:
    """Tell the owners of accounts whose permission ends within days; returns how many accounts."""
    ending = Credential.objects.filter(ends_at__range=(now, now + EARLY), identity__refused_at=None)
    found = list(ending.select_related("identity__collective"))
    for credential in found:
        for owner in owners_of(credential.identity):
            once = f"{credential.ends_at:%Y-%m-%d}"
            notify(owner, "account_ends", credential.identity.pk, once=once, now=now)
    return len(found)


def send_notice(notice: Notice) -> None:
    """Write and send it; a second try carries the same Message-ID. Raises `Retryable`."""
    if notice.state != "planned":
        return
    account, kind = notice.account, letter_kind(notice.letter)
    with translation.override(account.language):
        letter = write(notice.letter, account, notice.about)
    if letter is None or account.email is None or not wants_notice(account, kind):
        NOTICE.move(notice, "dropped")
        return
    mail.send(
        account.email,
        "common/mail/letter",
        {"letter": letter},
        language=account.language,
        name=f"notice.{notice.pk}",
        unsubscribe=unsubscribe_link(account, kind),
    )
    NOTICE.move(notice, "sent")


def give_up_notice(notice: Notice, error: NetworkError) -> None:
    """The mail did not go; the pages still say it."""
    NOTICE.move(notice, "dropped")


def unsubscribe_link(account: Account, kind: str) -> str:
    """Where a mail program, or its reader, ends this kind of mail."""
    return settings.SITE_URL + reverse("people:quiet", args=[token("quiet", f"{kind}.{account.pk}")])
