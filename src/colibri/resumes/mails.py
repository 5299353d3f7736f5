"""What the letters of this room say; nothing of a CV stands in them."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from colibri.people.letters import Letter
from colibri.people.models import Account
from colibri.resumes.models import Viewer

__all__ = ["cv_shown"]


def cv_shown(reader: Account, about: int) -> Letter | None:
    """Somebody lets them see a CV; taken back meanwhile, nothing is said."""
    if not Viewer.objects.filter(pk=about).exists():
        return None
    return Letter(
        subject=_("Somebody shows you their CV"),
        paragraphs=(
            _(
                "Somebody would like you to read their CV. Only those they chose see it, and they can "
                "take it back."
            ),
        ),
        button=_("Look at it"),
        link=settings.SITE_URL + reverse("resumes:resumes"),
    )
