"""What is done with CVs: kept, shown to somebody, taken back, deleted at their date."""

import base64
import json
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction

from colibri.compute.resumes import from_json_resume
from colibri.people.actions import notify
from colibri.people.models import Account
from colibri.resumes.models import File, Viewer
from colibri.resumes.queries import address_hash
from colibri.resumes.reading import FileText

__all__ = [
    "FILES_MOST",
    "KEPT",
    "VIEWERS_MOST",
    "TooMany",
    "delete_file",
    "forget_files",
    "hide_file",
    "keep_file",
    "keep_longer",
    "lines_of_document",
    "show_file",
]

KEPT = timedelta(days=90)
"""How long a CV is kept, from its upload or its owner's wish to keep it longer."""
FILES_MOST = 3
VIEWERS_MOST = 20


class TooMany(Exception):
    """So many CVs or viewers are enough."""


def lines_of_document(content: bytes, language: str) -> FileText:
    """A JSON Resume document as what a file says, its headings in a language.

    Raises `NotAResume` or ValueError where it is none.
    """
    lines = from_json_resume(json.loads(content), language)
    return FileText(kind="json", pages=1, images=0, columns=False, links=(), lines=lines)


@transaction.atomic
def keep_file(account: Account, name: str, content: bytes, text: FileText, *, now: datetime) -> File:
    """Keep a CV sealed until its date. Raises `TooMany`."""
    Account.objects.select_for_update().get(pk=account.pk)
    if File.objects.filter(account=account).count() >= FILES_MOST:
        raise TooMany
    return File.objects.create(
        account=account,
        name=name,
        sealed=base64.b64encode(content).decode(),
        read=json.dumps(asdict(text)),
        size=len(content),
        uploaded_at=now,
        expires_at=now + KEPT,
    )


def keep_longer(file: File, *, now: datetime) -> None:
    """Keep it as long again, from now."""
    File.objects.filter(pk=file.pk).update(expires_at=now + KEPT)


@transaction.atomic
def show_file(file: File, email: str, *, now: datetime) -> None:
    """Let somebody see it, by the address they sign in with; who is known here is told. Raises `TooMany`."""
    if file.viewers.count() >= VIEWERS_MOST:
        raise TooMany
    email = email.strip().lower()
    viewer, made = Viewer.objects.get_or_create(
        file=file, address=address_hash(email), defaults={"email": email, "since": now}
    )
    reader = Account.objects.filter(email=email, is_active=True).first()
    if made and reader is not None:
        notify(reader, "cv_shown", viewer.pk, now=now)


def hide_file(viewer: Viewer) -> None:
    """From now on this person sees it no more."""
    viewer.delete()


def delete_file(file: File) -> None:
    """Delete it at once, and who could see it."""
    file.delete()


def forget_files(*, now: datetime) -> int:
    """Delete CVs whose date has come; returns how many."""
    return File.objects.filter(expires_at__lte=now).delete()[1].get("resumes.File", 0)
