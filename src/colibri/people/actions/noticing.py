"""Writing to people by mail, once for each thing, where they want it."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from colibri.common import mail
from colibri.common.signing import token
from colibri.common.work import ring
from colibri.networks.errors import NetworkError
from colibri.people.letters import letter_kind, write
from colibri.people.models import NOTICE, Account, Notice
from colibri.people.queries import wants_notice

__all__ = ["give_up_notice", "notify", "send_notice", "unsubscribe_link"]


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
