"""`colibri`: every command, each read in only when it is asked for."""

import sys
from dataclasses import dataclass
from typing import Any

import click
from django.utils.module_loading import import_string

from colibri.config.doctor import doctor
from colibri.config.keyring import new_key
from colibri.config.starting import CannotStart, set_up, set_up_words

__all__ = ["Colibri", "main"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives, what `--help` says of it, and whether it needs the settings and the rows."""

    path: str
    help: str
    rooms: bool = True
    hidden: bool = False


COMMANDS = {
    "demo": Entry(
        "colibri.config.demo.command.demo", "A fictional collective's day, then its site.", rooms=False
    ),
    "demo-day": Entry("colibri.config.demo.day.demo_day", "The demonstration's day.", hidden=True),
    "day": Entry("colibri.config.day_command.day", "Run a collective's day now."),
    "plan": Entry("colibri.config.plan.command.plan", "Plan who relays whom, from tables.", rooms=False),
    "simulate": Entry(
        "colibri.config.simulate.command.simulate", "Replay weeks under several ways.", rooms=False
    ),
    "data": Entry("colibri.config.official.command.data", "Official open data: update, status."),
    "read": Entry("colibri.config.read_command.read", "Tell what is understood of texts.", rooms=False),
    "corrections": Entry(
        "colibri.config.corrections_command.corrections", "Readings their authors corrected, to measure by."
    ),
    "serve": Entry("colibri.config.serve.serve", "Serve the site, work, listen and keep time."),
    "migrate": Entry("colibri.config.serve.migrate", "Bring the database up to date."),
    "collective": Entry("colibri.config.collectives.collective", "Create a collective, or list them."),
    "connect": Entry("colibri.config.collectives.connect", "Connect a collective's own account."),
    "feeds": Entry("colibri.config.feeds_command.feeds", "Publish a collective's feeds on Bluesky."),
    "operator": Entry("colibri.config.collectives.operator", "Let somebody into the administration pages."),
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
        try:
            set_up() if entry.rooms else set_up_words()
        except CannotStart as fault:
            raise click.ClickException(str(fault)) from fault
        command: Any = import_string(entry.path)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, entry.help) for name, entry in COMMANDS.items() if not entry.hidden]
        more = [(name, command.get_short_help_str()) for name, command in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows + more)


@click.group(cls=Colibri, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="colibri")
def main() -> None:
    """Colibri: visibility and a hand for people looking for work."""


@main.command("key")
def key() -> None:
    """Print a new key for an installation that has none yet."""
    click.echo(new_key())


main.add_command(doctor)

if __name__ == "__main__":
    sys.exit(main())
