"""The evening's mail and word: today's messages with a link each, and nothing where there is nothing."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from colibri.common import mail
from colibri.common.signing import token
from colibri.networks.errors import NetworkError
from colibri.people.actions import notify, unsubscribe_link
from colibri.people.queries import wants_notice
from colibri.relays.models import DIGEST, Boost, Digest
from colibri.relays.queries import givable, texts_of, todays_boosts

__all__ = ["give_up_digest", "send_digest"]


def send_digest(digest: Digest) -> None:
    """Send it, once: a second try carries the same Message-ID. Raises `Retryable`."""
    if digest.state != "planned":
        return
    account = digest.account
    waiting = todays_boosts(account).filter(
        plan=digest.plan, offer__automatic=False, state__in=["planned", "offered"]
    )
    boosts = givable(waiting)
    told = notify(account, "evening", digest.pk, now=timezone.now()) if boosts else None
    if not boosts or not (told or wants_notice(account, "digest")):
        DIGEST.move(digest, "dropped")
        return
    if wants_notice(account, "digest"):
        _mail(digest, boosts)
    with transaction.atomic():
        DIGEST.move(digest, "sent")
        Boost.objects.filter(pk__in=[boost.pk for boost in boosts], state="planned").update(state="offered")


def _mail(digest: Digest, boosts: list[Boost]) -> None:
    account = digest.account
    texts = texts_of(boosts)
    lines = [
        {
            "boost": boost,
            "appeal": boost.appeal,
            "text": texts[boost.pk],
            "link": settings.SITE_URL + reverse("relays:tap", args=[token("boost", boost.pk)]),
        }
        for boost in boosts
    ]
    context = {
        "lines": lines,
        "account": account,
        "collective": digest.plan.collective,
        "mine": settings.SITE_URL + reverse("relays:today"),
    }
    mail.send(
        str(account.email),
        "relays/mail/digest",
        context,
        language=account.language,
        name=f"digest.{digest.pk}",
        unsubscribe=unsubscribe_link(account, "digest"),
    )


def give_up_digest(digest: Digest, error: NetworkError) -> None:
    """The mail did not go; the page still shows today's messages."""
    DIGEST.move(digest, "dropped")
