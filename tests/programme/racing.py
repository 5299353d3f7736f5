"""Two processes of their own that do the same at the same moment, on the database of the test."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

__all__ = ["at_once"]

PATIENCE = 300
"""Seconds after which a process is taken to wait for ever: a machine may be busy with much else."""
BEGINNING = """
import os, sys, django
django.setup()
from django.utils import timezone
from colibri.people.models import Account
from colibri.programme import actions, models
Account.objects.exists()
print("ready", flush=True)
sys.stdin.readline()
"""


def at_once(folder: Path, *programs: str) -> list[str]:
    """What each program printed last, all begun at one moment. The rows must be committed.

    SQLite's database of the test lives in memory: the programs get a copy of it as a file.
    """
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "colibri.config.settings",
        "COLIBRI_DATABASE_URL": _address(folder),
        "COLIBRI_DATA_DIR": str(folder),
        "COLIBRI_KEY": settings.KEY,
        "COLIBRI_QUEUE_URL": f"sqlite:///{folder / 'queue.sqlite3'}",
    }
    running = [
        subprocess.Popen(
            [sys.executable, "-c", BEGINNING + program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for program in programs
    ]
    try:
        for one in running:
            assert one.stdout.readline() == "ready\n"
        for one in running:
            one.stdin.write("go\n")
            one.stdin.flush()
        said = [one.communicate(timeout=PATIENCE)[0].split() for one in running]
    finally:
        for one in running:
            one.kill()
    assert [one.returncode for one in running] == [0] * len(running)
    return [words[-1] for words in said]


def _address(folder: Path) -> str:
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        file = folder / "copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        return f"sqlite:///{file}"
    host = f"{known['HOST']}:{known['PORT']}" if known["PORT"] else known["HOST"]
    return f"postgres://{known['USER']}:{known['PASSWORD']}@{host}/{known['NAME']}"
