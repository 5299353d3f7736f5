"""Readers' words to an author: verified, limited, held if they smell of a scam, forwarded."""

import hashlib
import re
import unicodedata
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from colibri.appeals.models import ANSWER, Answer, Appeal
from colibri.common import mail
from colibri.common.signing import token
from colibri.common.work import ring
from colibri.networks.errors import NetworkError

__all__ = [
    "UNPROVEN",
    "TooMany",
    "Unreachable",
    "give_up_answer",
    "reject_answer",
    "release_answer",
    "report_answer",
    "verify_answer",
    "work_on_answer",
    "write_answer",
]

A_DAY = timedelta(days=1)
PER_SENDER, PER_ORIGIN = 5, 20
"""Answers a day from one address, and from one place on the network."""
PER_APPEAL = 30
"""Answers a day to one appeal whose writers proved their address; more are held for a human."""

UNPROVEN = ("written", "unverified")

SCAMS = {
    "money": r"western union|moneygram|mandat cash|virement|frais (?:de dossier|d'inscription)|"
    r"(?:registration|application|processing) fee|carte (?:pcs|prépayée)|coupon|bitcoin|crypto",
    "elsewhere": r"whats ?app|telegram|t\.me/|wa\.me/|signal me|snapchat",
    "documents": r"\biban\b|\brib\b|carte d'identité|passeport|passport|bank details|"
    r"numéro de sécurité sociale",
    "links": r"(?:https?://\S+.*){3,}|bit\.ly|tinyurl|goo\.gl",
}
"""Known patterns of scams on people looking for work; what matches is held for a human."""


class TooMany(Exception):
    """More answers than one person writes in a day."""


class Unreachable(Exception):
    """The author gave no address, wants no answers any more, or has ended the appeal."""


@transaction.atomic
def write_answer(
    appeal: Appeal, *, name: str, email: str, text: str, origin: str, language: str, now: datetime
) -> Answer:
    """Keep a reader's words; a link that proves their address goes to them by mail. Raises `TooMany`."""
    sender, place = _counted(email.lower()), _counted(origin)
    today = Answer.objects.filter(written_at__gt=now - A_DAY)
    if today.filter(sender=sender).count() >= PER_SENDER or today.filter(origin=place).count() >= PER_ORIGIN:
        raise TooMany
    answer = Answer.objects.create(
        appeal=appeal,
        name=name,
        email=email,
        text=text,
        sender=sender,
        origin=place,
        suspicion=suspicion(f"{name}\n{text}"),
        language=language,
        written_at=now,
        due_at=now,
    )
    ring(answer)
    return answer


def work_on_answer(answer: Answer) -> None:
    """Send what it waits for: the link to its writer, or the words to the author. Raises `Retryable`."""
    if answer.state == "written":
        link = settings.SITE_URL + reverse("appeals:verify", args=[token("answer", answer.pk)])
        context = {"link": link, "appeal": answer.appeal}
        name = f"verify.{answer.pk}"
        mail.send(str(answer.email), "appeals/mail/verify", context, language=answer.language, name=name)
        ANSWER.move(answer, "unverified")
    elif answer.state == "forwarding":
        forward_answer(answer)


def verify_answer(answer: Answer, *, now: datetime) -> None:
    """Its writer proved their address: forward it, or hold it for a human. Raises `WrongMove`."""
    proven = Answer.objects.filter(appeal=answer.appeal_id, written_at__gt=now - A_DAY)
    flood = proven.exclude(state__in=UNPROVEN).count() >= PER_APPEAL
    if answer.suspicion or flood or not answer.appeal.reaches_author:
        ANSWER.move(answer, "held", suspicion=answer.suspicion or ("flood" if flood else ""))
        return
    ANSWER.move(answer, "forwarding", due_at=now)
    ring(answer)


def release_answer(answer: Answer, *, now: datetime) -> None:
    """An animator found nothing wrong with it. Raises `Unreachable`, `WrongMove`."""
    if not answer.appeal.reaches_author:
        raise Unreachable
    ANSWER.move(answer, "forwarding", due_at=now)
    ring(answer)


def reject_answer(answer: Answer) -> None:
    """An animator found it wrong. Raises `WrongMove`."""
    ANSWER.move(answer, "rejected")


def report_answer(answer: Answer) -> None:
    """Its reader says something is wrong with it. Raises `WrongMove`."""
    ANSWER.move(answer, "reported")


def forward_answer(answer: Answer) -> None:
    """Send the words to the author, whose reply goes to the reader; a second try has the same Message-ID."""
    account = answer.appeal.account
    if account is None or account.email is None or not answer.appeal.reaches_author:
        ANSWER.move(answer, "held")
        return
    report = settings.SITE_URL + reverse("appeals:report", args=[token("report", answer.pk)])
    context = {"answer": answer, "appeal": answer.appeal, "report": report}
    mail.send(
        account.email,
        "appeals/mail/answer",
        context,
        language=account.language,
        name=f"answer.{answer.pk}",
        reply_to=str(answer.email),
    )
    ANSWER.move(answer, "forwarded")


def give_up_answer(answer: Answer, error: NetworkError) -> None:
    """It stays with the animators, who see why; where its writer cannot be written to, it is over."""
    ANSWER.move(answer, "rejected" if answer.state == "written" else "held")


def suspicion(text: str) -> str:
    """The kind of scam the words look like, empty where none is known; whatever is hidden between letters."""
    folded = unicodedata.normalize("NFKC", text)
    shown = "".join(one for one in folded if unicodedata.category(one) != "Cf")
    words = " ".join(shown.split())
    return next((kind for kind, pattern in SCAMS.items() if re.search(pattern, words, re.IGNORECASE)), "")


def _counted(value: str) -> str:
    return hashlib.blake2b(value.encode(), key=settings.MEMBER_HASH_KEY.encode(), digest_size=32).hexdigest()
