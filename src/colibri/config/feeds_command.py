"""`colibri feeds`: a collective's feeds, list of relays and starter pack, made known on Bluesky."""

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from colibri.common.work import work_on
from colibri.config.preparing import prepared
from colibri.federation.feeds.actions import LIST_KEY, PACK_KEY, publish_feeds
from colibri.federation.feeds.catalogue import feeds as catalogue
from colibri.federation.feeds.queries import listed
from colibri.people.models import Collective
from colibri.people.queries import collective_identity

__all__ = ["feeds"]


@click.command("feeds")
@click.argument("slug", metavar="COLLECTIVE")
@click.option("--service", default="", help="Who answers for them; by default this site (did:web).")
@prepared
def feeds(slug: str, service: str) -> None:
    """Publish a collective's feeds on Bluesky, the list of its relays who agreed, and a starter pack."""
    owner = Collective.objects.filter(slug=slug).first()
    if owner is None:
        raise click.ClickException(_("There is no collective “{slug}”.").format(slug=slug))
    shelf = publish_feeds(owner, service=service, now=timezone.now())
    work_on(shelf._meta.label, shelf.pk, now=timezone.now())
    shelf.refresh_from_db()
    own = collective_identity(owner, "bluesky")
    if shelf.state != "published" or own is None:
        words = _("The feeds are not published: {why}")
        raise click.ClickException(words.format(why=shelf.problem or shelf.get_state_display()))
    place = f"https://bsky.app/profile/{own.handle}"
    for feed in catalogue():
        click.echo(f"{place}/feed/{feed.key}\t{feed.name(owner)}")
    who = _("the relays who agreed to be named")
    click.echo(f"{place}/lists/{LIST_KEY}\t{who}: {len(listed(owner))}")
    if listed(owner):
        click.echo(f"https://bsky.app/starter-pack/{own.handle}/{PACK_KEY}")
