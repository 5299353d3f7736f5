"""What the letters of this room say."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colibri.people.letters import Letter
from colibri.people.models import Account, Credential, Identity, Role

__all__ = ["account_ends", "account_refused", "animator_ended", "animator_named"]


def account_refused(reader: Account, about: int) -> Letter | None:
    """An account on a network lets Colibri in no more: the reader's own, or their collective's."""
    identity = (
        Identity.objects.filter(pk=about, refused_at__isnull=False).select_related("collective").first()
    )
    if identity is None:
        return None
    words = {"handle": identity, "network": identity.get_network_display()}
    told = _("{network} no longer lets Colibri act for {handle}: the permission was ended or changed.")
    return Letter(
        subject=_("{handle} is no longer connected").format(**words),
        paragraphs=(told.format(**words), _what_is_lost(identity)),
        button=_("Connect it again"),
        link=_page_of(identity),
    )


def account_ends(reader: Account, about: int) -> Letter | None:
    """The permission of an account ends within days, and only its owner can renew it."""
    known = Credential.objects.filter(identity=about, ends_at__gt=timezone.now())
    credential = known.select_related("identity__collective").first()
    if credential is None or credential.ends_at is None:
        return None
    day = date_format(credential.ends_at, "DATE_FORMAT")
    words = {"handle": credential.identity, "server": credential.identity.server, "day": day}
    told = _("The permission that {server} gave Colibri for {handle} ends on {day}, as that server wants it.")
    return Letter(
        subject=_("{handle} is connected until {day}").format(**words),
        paragraphs=(told.format(**words), _what_is_lost(credential.identity)),
        button=_("Connect it again"),
        link=_page_of(credential.identity),
    )


def _what_is_lost(identity: Identity) -> str:
    if identity.collective is None:
        return _("Until you connect it again, nothing is boosted from it and nothing can be taken back.")
    lost = _("Until it is connected again, {name} neither listens nor answers with it.")
    return lost.format(name=identity.collective.name)


def _page_of(identity: Identity) -> str:
    if identity.collective is None:
        return settings.SITE_URL + reverse("people:identities")
    return settings.SITE_URL + reverse("federation:sources", args=[identity.collective.slug])


def animator_named(reader: Account, about: int) -> Letter | None:
    """Somebody is to animate a collective."""
    role = Role.objects.filter(pk=about, until=None).select_related("collective").first()
    if role is None:
        return None
    words = {"name": role.collective.name}
    named = _("Another animator of {name} named you. You see what waits and decide what is relayed.")
    return Letter(
        subject=_("You may animate {name}").format(**words),
        paragraphs=(
            named.format(**words),
            _("If this is a mistake, do nothing, or end your role on the page of rules and hours."),
        ),
        button=_("The day"),
        link=settings.SITE_URL + reverse("home:day", args=[role.collective.slug]),
    )


def animator_ended(reader: Account, about: int) -> Letter | None:
    """Somebody animates a collective no more."""
    role = Role.objects.filter(pk=about, until__isnull=False).select_related("collective").first()
    if role is None:
        return None
    words = {"name": role.collective.name}
    return Letter(
        subject=_("You no longer animate {name}").format(**words),
        paragraphs=(
            _("You, or another animator, ended your role at {name}. Thank you for all you did.").format(
                **words
            ),
            _("If you did not expect this, write to the people who run the collective or this site."),
        ),
        button=_("The collective's page"),
        link=settings.SITE_URL + role.collective.get_absolute_url(),
    )
