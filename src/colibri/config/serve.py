"""`colibri serve`: the database brought up to date, then every process under one supervisor."""

import click
from django.core.management import call_command

__all__ = ["migrate"]


@click.command("migrate")
def migrate() -> None:
    """Bring the database up to date."""
    call_command("migrate", interactive=False, verbosity=1)
