"""What the letters of this room say."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colibri.appeals.models import Appeal
from colibri.appeals.queries import title_of
from colibri.people.letters import Letter
from colibri.people.models import Account

__all__ = ["appeal_ends"]


def appeal_ends(reader: Account, about: int) -> Letter | None:
    """The time of a message is nearly over, or over: its author says whether they still look."""
    appeal = Appeal.objects.filter(pk=about, state__in=["active", "paused", "expired"]).first()
    if appeal is None or appeal.expires_at is None:
        return None
    words = {"title": title_of(appeal), "day": date_format(appeal.expires_at, "DATE_FORMAT")}
    if appeal.state == "expired":
        subject = _("Do you still look for work?")
        said = _("Your message “{title}” was relayed until {day}, and is relayed no more.")
    elif appeal.expires_at <= timezone.now():
        return None  # what becomes of it is being decided at this moment
    else:
        subject = _("Your message is relayed for a few days more")
        said = _("Your message “{title}” is relayed until {day}.")
    return Letter(
        subject=subject,
        paragraphs=(
            said.format(**words),
            _("If you still look, one click renews it for 30 days. If you found work, tell us: we rejoice!"),
        ),
        button=_("My message"),
        link=settings.SITE_URL + reverse("appeals:claim", args=[appeal.public_id]),
    )
