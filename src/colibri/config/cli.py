"""`colibri`: every command, each read in only when it is asked for."""

import locale
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from django.utils.module_loading import import_string
from environs import EnvError

from colibri.config.keyring import KeyProblem

__all__ = ["Colibri", "main"]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colibri.config.settings")


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives, what `--help` says of it, and whether it needs the settings and the rows."""

    path: str
    help: str
    rooms: bool = True
    hidden: bool = False


COMMANDS = {
    "demo": Entry("colibri.config.demo_command.demo", "A day on the built-in network, then its site.", rooms=False),
    "demo-day": Entry("colibri.config.demo_day.demo_day", "The demonstration's day.", hidden=True),
    "day": Entry("colibri.config.day_command.day", "Run a collective's day now."),
    "plan": Entry("colibri.config.plan_command.plan", "Plan who relays whom, from tables.", rooms=False),
    "serve": Entry("colibri.config.serve.serve", "Serve the site, work, listen and keep time."),
    "migrate": Entry("colibri.config.serve.migrate", "Bring the database up to date."),
    "run": Entry("colibri.config.processes.run", "One process alone.", hidden=True),
}


class Colibri(click.Group):
    """Commands by name; the program is set up before one that needs it is read in."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        shown = [name for name, entry in COMMANDS.items() if not entry.hidden]
        return [*shown, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return super().get_command(ctx, cmd_name)
        if entry.rooms:
            set_up()
        else:
            set_up_words()
        command: Any = import_string(entry.path)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, entry.help) for name, entry in COMMANDS.items() if not entry.hidden]
        more = [(name, command.get_short_help_str()) for name, command in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows + more)


def set_up() -> None:
    """Settings, key and rooms. Raises `click.ClickException` that says what to mend."""
    try:
        django.setup()
    except (KeyProblem, EnvError, ImproperlyConfigured, OSError) as fault:
        raise click.ClickException(f"Colibri cannot start: {fault}") from fault
    translation.activate(language_wanted())


def set_up_words() -> None:
    """Languages alone: no key, no database, no folder of one's own."""
    if not settings.configured:
        settings.configure(LANGUAGE_CODE="fr", LOCALE_PATHS=[Path(__file__).parent.parent / "locale"])
        django.setup()
    translation.activate(language_wanted())


def language_wanted() -> str:
    """The terminal's language where Colibri speaks it, else French."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if locale.normalize(said).startswith("en") else "fr"


@click.group(cls=Colibri, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="colibri")
def main() -> None:
    """Colibri: visibility and a hand for people looking for work."""


if __name__ == "__main__":
    sys.exit(main())
