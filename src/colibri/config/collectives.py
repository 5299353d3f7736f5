"""`colibri collective`, `connect` and `operator`: a collective, its own accounts, and who runs what."""

from typing import TextIO

import click
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import Error, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from colibri.config.preparing import prepared
from colibri.federation.models import Source
from colibri.networks.errors import NetworkError, Unauthorised
from colibri.networks.hashtags import hashtags_in
from colibri.networks.registry import CAPABILITIES, takes_secret
from colibri.people.actions import NotYours, account_at, connect_identity, give_role
from colibri.people.models import Account, Collective

__all__ = ["collective", "connect", "operator"]


@click.group("collective")
def collective() -> None:
    """Create a collective, or list them."""


@collective.command("list")
@prepared
def list_collectives() -> None:
    """Each collective with its seekers' hashtag and where it listens."""
    for one in Collective.objects.order_by("slug").prefetch_related("sources"):
        places = ", ".join(str(source) for source in one.sources.all())
        click.echo(f"{one.slug}\t{one.name}\t#{one.seekers_hashtag}\t{places}")
    if not Collective.objects.exists():
        click.echo(_("No collective yet: colibri collective create SLUG"), err=True)


@collective.command("create")
@click.argument("slug")
@click.option("--name", help="As people read it.")
@click.option("--description", default="", help="One or two sentences for its page.")
@click.option("--supporters-hashtag", help="What those who help write, without #.")
@click.option("--seekers-hashtag", help="What those who look for work write, without #.")
@click.option("--animator", metavar="EMAIL", help="Who runs it.")
@click.option("--time-zone", default="Europe/Paris", show_default=True, help="Of its days.")
@prepared
def create(
    slug: str,
    name: str | None,
    description: str,
    supporters_hashtag: str | None,
    seekers_hashtag: str | None,
    animator: str | None,
    time_zone: str,
) -> None:
    """Create a collective at /c/SLUG/ with its first animator; what it needs and is not given is asked."""
    if Collective.objects.filter(slug=slug).exists():
        raise click.ClickException(_("There is a collective “{slug}” already.").format(slug=slug))
    name = name or click.prompt(_("Its name"))
    seekers = seekers_hashtag or click.prompt(_("The hashtag of people who look for work"))
    supporters = supporters_hashtag or click.prompt(_("The hashtag of people who help"))
    email = animator or click.prompt(_("The e-mail address of its animator"))
    made = Collective(
        slug=slug,
        name=name,
        description=description,
        supporters_hashtag=_hashtag(supporters),
        seekers_hashtag=_hashtag(seekers),
        time_zone=time_zone,
    )
    try:
        made.full_clean()
        with transaction.atomic():
            made.save()
            give_role(_account(email), made, "animator")
    except ValidationError as fault:
        raise click.ClickException(_in_words(fault)) from fault
    except Error as fault:
        raise click.ClickException(_("Nothing was written: {why}").format(why=fault)) from fault
    click.echo(_("“{name}” is at /c/{slug}/. {email} signs in there by mail.").format(
        name=made.name, slug=made.slug, email=email
    ))  # fmt: skip
    words = _("It listens nowhere yet: colibri connect {slug} NETWORK HANDLE")
    click.echo(words.format(slug=made.slug))


@click.command("connect")
@click.argument("slug", metavar="COLLECTIVE")
@click.argument("network", type=click.Choice(list(CAPABILITIES)))
@click.argument("handle")
@click.option("--server", default="", help="Where the account lives; empty is the public network.")
@click.option(
    "--secret-file", type=click.File(), help="Holds the app password; - is the input. Else it is asked."
)
@prepared
def connect(slug: str, network: str, handle: str, server: str, secret_file: TextIO | None) -> None:
    """Connect a collective's own account on NETWORK and listen there to its seekers' hashtag."""
    owner = Collective.objects.filter(slug=slug).first()
    if owner is None:
        known = ", ".join(Collective.objects.order_by("slug").values_list("slug", flat=True)) or "–"
        words = _("There is no collective “{slug}”. Known here: {known}")
        raise click.ClickException(words.format(slug=slug, known=known))
    if not takes_secret(network):
        page = settings.SITE_URL + reverse("federation:sources", args=[slug])
        words = _("{network} knows no app passwords: an animator connects the account at {page}")
        raise click.ClickException(words.format(network=CAPABILITIES[network].label, page=page))
    if secret_file is not None:
        secret = secret_file.read().strip()
    else:
        secret = click.prompt(_("Its app password (it is not shown)"), hide_input=True)
    try:
        with transaction.atomic():
            identity = connect_identity(network, handle, secret, server=server, collective=owner)
            Source.objects.get_or_create(collective=owner, network=network, server=server)
    except Unauthorised as fault:
        words = _("{network} does not accept this name and app password ({why}).")
        raise click.ClickException(words.format(network=network, why=fault)) from fault
    except NotYours as fault:
        words = _("{handle} is connected to somebody else here.")
        raise click.ClickException(words.format(handle=handle)) from fault
    except NetworkError as fault:
        words = _("{network} could not be asked ({why}). Nothing was written.")
        raise click.ClickException(words.format(network=network, why=fault)) from fault
    words = _("{handle} is the account of “{name}”; #{hashtag} is listened to on {network}.")
    click.echo(words.format(handle=identity, name=owner.name, hashtag=owner.seekers_hashtag, network=network))


@click.command("operator")
@click.argument("email")
@prepared
def operator(email: str) -> None:
    """Let EMAIL, who signs in by mail like everybody, into the administration pages at /admin/."""
    try:
        account = _account(email)
    except ValidationError as fault:
        raise click.ClickException(_in_words(fault)) from fault
    Account.objects.filter(pk=account.pk).update(is_staff=True, is_superuser=True)
    click.echo(_("{email} runs this installation: sign in, then open /admin/.").format(email=email))


def _account(email: str) -> Account:
    validate_email(email.strip())
    return account_at(email)


def _hashtag(written: str) -> str:
    tag = written.strip().lstrip("#＃")
    if hashtags_in(f"#{tag}") != (tag,):
        words = _("“{tag}” cannot be a hashtag: letters, digits and _ alone.")
        raise click.ClickException(words.format(tag=written))
    return tag


def _in_words(fault: ValidationError) -> str:
    if not hasattr(fault, "error_dict"):
        return " ".join(fault.messages)
    taken = _("this name is taken: colibri collective list shows who has it")
    unique = {one.code for one in fault.error_dict.get("slug", [])} & {"unique"}
    told = {**fault.message_dict, **({"slug": [taken]} if unique else {})}
    return "\n".join(f"{name}: {' '.join(words)}" for name, words in told.items())
