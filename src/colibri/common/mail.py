"""Sends one message, in HTML and in text. Whether and when to send is decided in `people`."""

from email.utils import make_msgid
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from colibri.networks.errors import Retryable

__all__ = ["send"]


def send(
    to: str,
    template: str,
    context: dict[str, object],
    *,
    language: str,
    name: str = "",
    unsubscribe: str = "",
    reply_to: str = "",
) -> None:
    """Render `template`.subject.txt, .txt and .html in the language and send them.

    `name`, one for each message, makes a second try recognisable as the same; `unsubscribe` is the address a
    mail program may POST to (RFC 8058); `reply_to` is who reads a reply, where it is not this site.
    Raises `Retryable` where the mail server does not take it.
    """
    with translation.override(language):
        context = {**context, "language": language, "unsubscribe": unsubscribe}
        subject = " ".join(render_to_string(f"{template}.subject.txt", context).split())
        host = urlsplit(settings.SITE_URL).hostname or "colibri"
        headers = {"Message-ID": f"<{name}@{host}>" if name else make_msgid(domain=host)}
        if unsubscribe:
            headers["List-Unsubscribe"] = f"<{unsubscribe}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message = EmailMultiAlternatives(
            subject,
            render_to_string(f"{template}.txt", context),
            to=[to],
            reply_to=[reply_to] if reply_to else [],
            headers=headers,
        )
        message.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    try:
        message.send()
    except (SMTPException, OSError) as fault:
        raise Retryable(f"mail: {fault!r}") from fault
