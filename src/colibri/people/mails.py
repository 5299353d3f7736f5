"""What the letters of this room say."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from colibri.people.letters import Letter
from colibri.people.models import Account, Identity

__all__ = ["account_refused"]


def account_refused(reader: Account, about: int) -> Letter | None:
    """An account on a network lets Colibri in no more: the reader's own, or their collective's."""
    identity = (
        Identity.objects.filter(pk=about, refused_at__isnull=False).select_related("collective").first()
    )
    if identity is None:
        return None
    words = {"handle": identity, "network": identity.get_network_display()}
    if identity.collective is not None:
        page = reverse("federation:sources", args=[identity.collective.slug])
        lost = _("Until it is connected again, {name} neither listens nor answers with it.")
        lost = lost.format(name=identity.collective.name)
    else:
        page = reverse("people:identities")
        lost = _("Until you connect it again, nothing is boosted from it and nothing can be taken back.")
    return Letter(
        subject=_("{handle} is no longer connected").format(**words),
        paragraphs=(
            _(
                "{network} no longer lets Colibri act for {handle}: the permission was ended or changed."
            ).format(**words),
            lost,
        ),
        button=_("Connect it again"),
        link=settings.SITE_URL + page,
    )
