"""What the letters of this room say."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colibri.people.letters import Letter
from colibri.people.models import Account, Credential, Identity

__all__ = ["account_ends", "account_refused"]


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
