"""What the letters about causes say."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colibri.causes.models import Cause
from colibri.causes.queries import STANDING, TOLD, causes_changed
from colibri.people.letters import Letter
from colibri.people.models import Account

__all__ = [
    "cause_agreed",
    "cause_changed",
    "cause_declined",
    "cause_ended",
    "cause_moved",
    "cause_passed",
    "cause_waits",
]


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


def cause_changed(reader: Account, about: int) -> Letter | None:
    """To animators: it is public, and something of it waits to be read."""
    cause = _cause(about)
    if cause is None or not causes_changed(cause.appeal.collective).filter(pk=cause.pk).exists():
        return None
    return Letter(
        subject=_("Words to read of {title}").format(title=cause.appeal.title),
        paragraphs=(_("A change or news of this cause wait for you. Until then its page stays as it is."),),
        button=_("Read it"),
        link=settings.SITE_URL + reverse("causes:changes", args=[cause.appeal.public_id]),
    )


def cause_moved(reader: Account, about: int) -> Letter | None:
    """To animators: its date is another one, which everybody reads already."""
    cause = _cause(about)
    if cause is None or cause.appeal.state not in STANDING:
        return None
    return Letter(
        subject=_("Another date: {title}").format(title=cause.appeal.title),
        paragraphs=(
            _("Its date is now {date}, and stands on its page already: a court does not wait for us.").format(
                date=date_format(cause.deadline, "DATE_FORMAT")
            ),
            _("If this is not so, correct it there."),
        ),
        button=_("Its page"),
        link=settings.SITE_URL + cause.get_absolute_url(),
    )


def cause_agreed(reader: Account, about: int) -> Letter | None:
    """To who began it: an animator has read what they wrote, and it is public."""
    cause = _cause(about)
    if cause is None:
        return None
    return Letter(
        subject=_("Everybody reads your words: {title}").format(title=cause.appeal.title),
        paragraphs=(_("An animator has read what you wrote, and it stands on the page."),),
        button=_("Its page"),
        link=settings.SITE_URL + cause.get_absolute_url(),
    )


def cause_declined(reader: Account, about: int) -> Letter | None:
    """To who began it: an animator has read what they wrote, and the page stays as it was."""
    cause = _cause(about)
    if cause is None:
        return None
    return Letter(
        subject=_("The page stays as it was: {title}").format(title=cause.appeal.title),
        paragraphs=(
            _("An animator has read what you wrote, and does not put it on the page."),
            _("Your words are kept for the group: write them otherwise and they are read again."),
        ),
        button=_("The group"),
        link=settings.SITE_URL + reverse("causes:group", args=[cause.appeal.public_id]),
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
