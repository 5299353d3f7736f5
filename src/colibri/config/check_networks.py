"""What `colibri doctor` looks at on networks: is every source heard, does every account still let us in?"""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colibri.common.sealing import Unreadable
from colibri.config.findings import Finding
from colibri.federation.models import Source
from colibri.networks.errors import NetworkError, Unauthorised
from colibri.people.actions import client_for
from colibri.people.models import Collective, Identity

__all__ = ["check_accounts", "check_sources"]

SILENT = timedelta(minutes=5)
"""A living stream ticks each second or so; after this long nobody listens."""


def check_sources() -> Iterator[Finding]:
    """Was every source heard lately, and has every collective one?"""
    now = timezone.now()
    for collective in Collective.objects.filter(sources=None):
        says = _("“{collective}” listens to no network.").format(collective=collective)
        yield Finding("sources", "warning", says, f"colibri connect {collective.slug} bluesky HANDLE")
    for source in Source.objects.select_related("collective").order_by("pk"):
        place = {"collective": source.collective, "place": source}
        if source.heard_at is None:
            says, state = _("“{collective}” was never heard on {place}.").format(**place), "broken"
        elif now - source.heard_at > SILENT:
            words = _("“{collective}” was last heard on {place} {time} ago.")
            says, state = words.format(**place, time=timesince(source.heard_at, now)), "broken"
        else:
            says, state = _("“{collective}” is heard on {place}.").format(**place), "good"
        if source.problem:
            says += " " + source.problem
        mend = "" if state == "good" else _("Is “colibri serve” running, and does the network answer?")
        yield Finding("sources", state, says, mend)
        if source.skipped:
            words = ngettext(
                "{number} post on {place} could not be taken in.",
                "{number} posts on {place} could not be taken in.",
                source.skipped,
            )
            mend = _("The log names each of them.")
            yield Finding("sources", "warning", words.format(number=source.skipped, place=source), mend)


def check_accounts() -> Iterator[Finding]:
    """Does every collective's own account still let us in? Members' refused ones are counted."""
    for identity in Identity.objects.exclude(collective=None).select_related("collective", "credential"):
        yield _account(identity)
    refused = Identity.objects.filter(collective=None).exclude(refused_at=None).count()
    if refused:
        words = ngettext(
            "{number} member's account no longer lets Colibri in.",
            "{number} members' accounts no longer let Colibri in.",
            refused,
        )
        mend = _("Their owners find “connect again” on the page of their accounts.")
        yield Finding("accounts", "warning", words.format(number=refused), mend)


def _account(identity: Identity) -> Finding:
    collective = identity.collective
    slug = collective.slug if collective else ""
    who = {"collective": collective, "handle": identity, "network": identity.network}
    again = f"colibri connect {slug} {identity.network} {identity.handle}"
    if identity.server:
        again += f" --server {identity.server}"
    try:
        client = client_for(identity)
        try:
            client.whoami()
        finally:
            client.close()
    except (Unauthorised, Unreadable) as fault:
        words = _("{handle}, the account of “{collective}” on {network}, no longer lets Colibri in ({why}).")
        return Finding("accounts", "broken", words.format(**who, why=fault), again)
    except NetworkError as fault:
        words = _("{handle}, the account of “{collective}” on {network}, could not be asked ({why}).")
        mend = _("Does the network answer? It is asked again by itself.")
        return Finding("accounts", "warning", words.format(**who, why=fault), mend)
    words = _("{handle}, the account of “{collective}” on {network}, lets Colibri in.")
    return Finding("accounts", "good", words.format(**who))
