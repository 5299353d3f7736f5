"""What the letters about causes say."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colibri.causes.models import Cause
from colibri.causes.queries import TOLD
from colibri.people.letters import Letter
from colibri.people.models import Account

__all__ = ["cause_ended", "cause_passed", "cause_waits"]


def cause_waits(reader: Account, about: int) -> Letter | None:
    """To animators: it wants to be public."""
    cause = _cause(about)
    if cause is None or cause.appeal.state != "submitted":
        return None
    return Letter(
        subject=_("A cause waits for you: {title}").format(title=cause.appeal.title),
        paragraphs=(
            _("Its date: {date}. Its aim: {goal}").format(
                date=date_format(cause.deadline, "DATE_FORMAT"), goal=cause.goal
            ),
        ),
        button=_("Read it"),
        link=settings.SITE_URL + cause.get_absolute_url(),
    )


def cause_passed(reader: Account, about: int) -> Letter | None:
    """To who began it: its date is over."""
    cause = _cause(about)
    if cause is None or cause.appeal.state != "expired":
        return None
    return Letter(
        subject=_("How did it end? {title}").format(title=cause.appeal.title),
        paragraphs=(
            _("The date has passed, and nothing more is relayed. Those who carried it would like to know."),
            _("If the date moved, write the new one: it is relayed again."),
        ),
        button=_("Tell it, or move the date"),
        link=settings.SITE_URL + cause.get_absolute_url(),
    )


def cause_ended(reader: Account, about: int) -> Letter | None:
    """To allies and relays: how it ended."""
    cause = _cause(about)
    if cause is None or cause.appeal.ending not in TOLD:
        return None
    return Letter(
        subject=_("{ending}: {title}").format(
            ending=cause.appeal.get_ending_display().capitalize(), title=cause.appeal.title
        ),
        paragraphs=(
            *([cause.told] if cause.told else []),
            _("You carried it. Thank you, whatever the end."),
        ),
        button=_("Its page"),
        link=settings.SITE_URL + cause.get_absolute_url(),
    )


def _cause(number: int) -> Cause | None:
    return Cause.objects.filter(pk=number).select_related("appeal__collective").first()
