"""`colibri day`: a collective's steps of the day, now, whatever the hour."""

import json

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from colibri.config.day import finish_work, hear_all, make_todays_plan
from colibri.config.preparing import prepared
from colibri.people.models import Collective

__all__ = ["day"]


@click.command
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@prepared
def day(slug: str, as_json: bool) -> None:
    """Run the day of the collective SLUG now: hear, write, fetch audiences, plan, send, boost."""
    collective = Collective.objects.filter(slug=slug).first()
    if collective is None:
        known = ", ".join(Collective.objects.values_list("slug", flat=True)) or "—"
        raise click.ClickException(
            _("No collective “{slug}” here; known: {known}.").format(slug=slug, known=known)
        )
    now = timezone.now()
    heard = hear_all(collective)
    work = finish_work("appeals.Note", "appeals.Publication", "audiences.Audience", now=now)
    plan = make_todays_plan(collective, now=now)
    work += finish_work("relays.Digest", "relays.Boost", now=now)
    planned, given = plan.boosts.count(), plan.boosts.filter(given_at__isnull=False).count()
    done = {"heard": heard, "work": work, "planned": planned, "given": given, "ratio": plan.ratio}
    if as_json:
        click.echo(json.dumps(done))
    else:
        click.echo(_("Heard: {heard}. Boosts planned: {planned}, given: {given}.").format(**done))
