"""Is the database there, writable and up to date? Each fault in words that name the remedy."""

import getpass
from pathlib import Path

from django.core.management import call_command
from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

__all__ = ["DatabaseProblem", "bring_up_to_date", "has_tables", "pending_migrations", "probe_writing"]


class DatabaseProblem(Exception):
    """What is wrong with the database and how to mend it, in the operator's language."""


def probe_writing() -> None:
    """Begin to write, change nothing. Raises `DatabaseProblem`."""
    recorder = MigrationRecorder(connection)
    try:
        with transaction.atomic():
            if recorder.has_table():
                recorder.migration_qs.filter(pk=-1).update(app="")
    except Error as fault:
        raise DatabaseProblem(_in_words(fault)) from fault


def pending_migrations() -> list[str]:
    """Migrations not yet applied. Raises `DatabaseProblem`."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as fault:
        raise DatabaseProblem(_in_words(fault)) from fault
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def has_tables() -> bool:
    """Whether the database was ever brought up to date. Raises `DatabaseProblem`."""
    try:
        return MigrationRecorder(connection).has_table()
    except Error as fault:
        raise DatabaseProblem(_in_words(fault)) from fault


def bring_up_to_date(verbosity: int = 0) -> None:
    """Apply what is pending. Raises `DatabaseProblem`; nothing is applied where nothing can be written."""
    probe_writing()
    try:
        call_command("migrate", interactive=False, verbosity=verbosity)
    except Error as fault:
        raise DatabaseProblem(_in_words(fault)) from fault


def _in_words(fault: Error) -> str:
    said = " ".join(str(fault).split())
    lower = said.lower()
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        if "readonly" in lower or "unable to open" in lower:
            return _(
                "The database {file} cannot be written. Let {user} write to the file and to its folder."
            ).format(file=file, user=_whoami())
        if "full" in lower:
            return _("The disk of the database {file} is full: make room.").format(file=file)
        if "locked" in lower:
            return _("Another program holds the database {file}: end it, or wait.").format(file=file)
        return _("The database {file} cannot be used: {said}").format(file=file, said=said)
    if "read-only" in lower:
        return _(
            "The database server lets nothing be written. Is it a standby? Name the primary in {setting}."
        ).format(setting="COLIBRI_DATABASE_URL")
    return _("The database cannot be used: {said}. Does its server run, and is {setting} right?").format(
        said=said, setting="COLIBRI_DATABASE_URL"
    )


def _whoami() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        return "Colibri"
