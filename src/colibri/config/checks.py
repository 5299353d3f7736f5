"""What `colibri doctor` looks at, one function each: what it found, and how to mend it."""

import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from huey.contrib.djhuey import HUEY

from colibri.common.sealing import Unreadable
from colibri.common.work import kinds
from colibri.config.check_networks import check_accounts, check_sources
from colibri.config.database import DatabaseProblem, has_tables, pending_migrations, probe_writing
from colibri.config.findings import Finding
from colibri.conversations.bundle import bundle
from colibri.people.models import Credential

__all__ = ["CHECKS", "FAR", "ON_ROWS"]

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
LATE = timedelta(minutes=5)
ROOM_NEEDED, ROOM_WISHED = 200 * 2**20, 2 * 2**30
"""Bytes: below the first nothing more can be promised, below the second it is time to make room."""
CREDENTIALS_TRIED = 200


def check_settings() -> Iterator[Finding]:
    """Is what the public would meet meant for the public?"""
    site = urlsplit(settings.SITE_URL)
    public = site.hostname not in LOOPBACK
    if not public:
        says = _("The site's address is {site}: only this machine reaches it.").format(site=settings.SITE_URL)
        yield Finding("settings", "good", says)
    elif site.scheme != "https":
        says = _("The site's address {site} is not encrypted.").format(site=settings.SITE_URL)
        mend = _("Put a proxy with a certificate before it and write https in {setting}.")
        yield Finding("settings", "broken", says, mend.format(setting="COLIBRI_SITE_URL"))
    elif settings.SECURE_PROXY_SSL_HEADER is None:
        says = _("The site is https, yet no proxy before it is declared.")
        mend = _("Set {setting}=true where a proxy of yours sets X-Forwarded-Proto itself.")
        yield Finding("settings", "warning", says, mend.format(setting="COLIBRI_BEHIND_PROXY"))
    else:
        says = _("The site's address is {site}.").format(site=settings.SITE_URL)
        yield Finding("settings", "good", says)
    for name, on in (("COLIBRI_DEBUG", settings.DEBUG), ("COLIBRI_DEMO", settings.DEMO)):
        if public and on:
            says = _("{setting} is on: strangers would see the program's inside.").format(setting=name)
            yield Finding("settings", "broken", says, _("Unset it and restart."))


def check_key() -> Iterator[Finding]:
    """Is the key kept from others, and does it open what was sealed?"""
    file = settings.DATA_DIR / "key"
    if file.exists() and (mode := stat.S_IMODE(file.stat().st_mode)) & 0o077:
        says = _("Others may read the key file {file} (mode {mode}).").format(file=file, mode=f"{mode:o}")
        yield Finding("key", "broken", says, f"chmod 600 {file}")
    stored = list(Credential.objects.order_by("-pk").values_list("pk", flat=True)[:CREDENTIALS_TRIED])
    shut = sum(not _opens(pk) for pk in stored)
    if shut:
        words = ngettext(
            "{number} stored credential was sealed with another key.",
            "{number} stored credentials were sealed with another key.",
            shut,
        )
        mend = _("Put the former key back ({setting} or the key file); else their owners must connect again.")
        yield Finding("key", "broken", words.format(number=shut), mend.format(setting="COLIBRI_KEY"))
    else:
        yield Finding("key", "good", _("The key opens what was sealed with it. Is a copy kept elsewhere?"))


def _opens(pk: int) -> bool:
    try:
        return Credential.objects.filter(pk=pk).exists() and Credential.objects.get(pk=pk) is not None
    except Unreadable:
        return False


def check_database() -> Iterator[Finding]:
    """Can it be written, and does it have the shape this version needs?"""
    try:
        probe_writing()
        pending, empty = pending_migrations(), not has_tables()
    except DatabaseProblem as fault:
        yield Finding("database", "broken", str(fault))
        return
    if pending and empty:
        yield Finding("database", "broken", _("The database has no tables yet."), "colibri migrate")
        return
    if pending:
        words = ngettext(
            "The database lacks {number} step of this version.",
            "The database lacks {number} steps of this version.",
            len(pending),
        )
        yield Finding("database", "broken", words.format(number=len(pending)), "colibri migrate")
        return
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            (mode,) = cursor.fetchone()
        if mode != "wal":
            says = _("The database does not keep a write-ahead log (journal mode {mode}).").format(mode=mode)
            mend = _("Keep it on a local disk: network file systems know no shared memory.")
            yield Finding("database", "warning", says, mend)
            return
    yield Finding(
        "database", "good", _("The database ({kind}) is up to date.").format(kind=connection.vendor)
    )


def check_queue() -> Iterator[Finding]:
    """Does the queue take and give back?"""
    mend = _("Does its server run, and is {setting} right? Meanwhile the clock does the work, later.")
    try:
        HUEY.put("doctor", "here")
        back = HUEY.get("doctor")
        waiting = HUEY.pending_count()
    except Exception as fault:  # noqa: BLE001 each queue has faults of its own
        says = _("The queue cannot be reached ({why}).").format(why=fault)
        yield Finding("queue", "broken", says, mend.format(setting="COLIBRI_QUEUE_URL"))
        return
    if back != "here":
        says = _("The queue loses what it is given.")
        yield Finding("queue", "broken", says, mend.format(setting="COLIBRI_QUEUE_URL"))
    else:
        yield Finding("queue", "good", _("The queue answers; {number} wait in it.").format(number=waiting))


def check_waiting_work() -> Iterator[Finding]:
    """Is what is due being done?"""
    now = timezone.now()
    late = {label: oldest for label, oldest in _oldest().items() if oldest < now - LATE}
    if not late:
        yield Finding("work", "good", _("No work waits for longer than it should."))
        return
    label, oldest = min(late.items(), key=lambda pair: pair[1])
    says = _("Work has been waiting for {time} ({kind}).").format(time=timesince(oldest, now), kind=label)
    yield Finding("work", "broken", says, _("Is “colibri serve” running? Its log says which process died."))


def _oldest() -> dict[str, datetime]:
    found = {}
    for label, kind in kinds().items():
        due = kind.model._default_manager.filter(due_at__isnull=False).order_by("due_at")
        oldest = due.values_list("due_at", flat=True).first()
        if oldest is not None:
            found[label] = oldest
    return found


def check_mail() -> Iterator[Finding]:
    """Does the mail server take a connection?"""
    backend = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    if backend != "smtp":
        public = urlsplit(settings.SITE_URL).hostname not in LOOPBACK
        says = _("Mail is not sent ({backend}): nobody can sign in by mail.").format(backend=backend)
        mend = _("Set {setting}, for example submission://user:password@mail.example.org:587.")
        state = "broken" if public else "warning"
        yield Finding("mail", state, says, mend.format(setting="COLIBRI_MAIL_URL"))
        return
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with get_connection():
            yield Finding("mail", "good", _("The mail server {server} answers.").format(server=server))
    except OSError as fault:  # smtplib's faults are among them
        says = _("The mail server {server} does not take our connection ({why}).")
        mend = _("Check the address, the user and the password in {setting}.")
        yield Finding(
            "mail",
            "broken",
            says.format(server=server, why=fault),
            mend.format(setting="COLIBRI_MAIL_URL"),
        )


def check_disk() -> Iterator[Finding]:
    """Is there room where rows are written, and are they nobody else's to read?"""
    mode = stat.S_IMODE(Path(settings.DATA_DIR).stat().st_mode)
    if mode & 0o077:
        words = _("Others may look into the data folder {folder} (mode {mode}).")
        says = words.format(folder=settings.DATA_DIR, mode=f"{mode:o}")
        yield Finding("disk", "warning", says, f"chmod 700 {settings.DATA_DIR}")
    folders = {Path(settings.DATA_DIR)}
    if connection.vendor == "sqlite":
        folders.add(Path(str(connection.settings_dict["NAME"])).parent)
    for folder in sorted(folders):
        free = shutil.disk_usage(folder).free
        state = "broken" if free < ROOM_NEEDED else "warning" if free < ROOM_WISHED else "good"
        says = _("{folder} has {free} MB left.").format(folder=folder, free=free // 2**20)
        yield Finding("disk", state, says, "" if state == "good" else _("Make room, or move the folder."))


def check_static() -> Iterator[Finding]:
    """Are the files found that pages need: the administration's, and the script of conversations?"""
    if finders.find("admin/css/base.css"):
        yield Finding("static", "good", _("The pages' files are there."))
    else:
        says = _("The administration pages' files are missing.")
        yield Finding("static", "broken", says, _("Install Colibri again."))
    if bundle() is None:
        says = _("The script of encrypted conversations was not built: nobody can write there.")
        mend = _("make setup, where npm's registry can be reached")
        yield Finding("static", "warning", says, mend)


CHECKS: dict[str, Callable[[], Iterator[Finding]]] = {
    "settings": check_settings,
    "database": check_database,
    "key": check_key,
    "queue": check_queue,
    "work": check_waiting_work,
    "sources": check_sources,
    "accounts": check_accounts,
    "mail": check_mail,
    "disk": check_disk,
    "static": check_static,
}
ON_ROWS = {"key", "work", "sources", "accounts"}
"""Checks that read rows: they tell nothing where the database has none, or others."""
FAR = {"accounts", "mail"}
"""Checks that speak to other machines."""
