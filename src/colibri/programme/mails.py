"""What the letters of this room say, each in the reader's language and by the reader's clocks."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from colibri.people.letters import Letter
from colibri.people.models import Account
from colibri.programme.models import Registration, Workshop
from colibri.programme.queries import clocks_of
from colibri.programme.words import when_words

__all__ = [
    "workshop_after",
    "workshop_agreed",
    "workshop_called_off",
    "workshop_cancelled",
    "workshop_eve",
    "workshop_hour",
    "workshop_moved",
    "workshop_place",
    "workshop_proposed",
    "workshop_replay",
    "workshop_returned",
]


def workshop_proposed(reader: Account, about: int) -> Letter | None:
    """To animators: somebody offers a workshop."""
    found = _workshop(about, "proposed")
    if found is None:
        return None
    return _about(
        found,
        reader,
        _("A workshop is proposed: {title}"),
        _("{host} would lead it for {collective}. It waits for your word."),
    )


def workshop_agreed(reader: Account, about: int) -> Letter | None:
    """To its host: it takes place."""
    found = _workshop(about, "agreed")
    if found is None:
        return None
    return _about(
        found,
        reader,
        _("“{title}” takes place"),
        _("Thank you! {collective} shows your workshop to everybody, and people can take a place."),
    )


def workshop_returned(reader: Account, about: int) -> Letter | None:
    """To its host: something is missing."""
    found = _workshop(about, "declined")
    if found is None:
        return None
    return _about(
        found,
        reader,
        _("“{title}” needs a word more"),
        _("{collective} read your proposal, and asks you to look at it once more."),
        quoted=found.remark,
    )


def workshop_called_off(reader: Account, about: int) -> Letter | None:
    """To its host: an animator called it off."""
    found = _workshop(about, "cancelled")
    if found is None:
        return None
    return _about(
        found, reader, _("“{title}” is called off"), _("{collective} called it off."), quoted=found.remark
    )


def workshop_eve(reader: Account, about: int) -> Letter | None:
    """The evening before."""
    return _reminder(reader, about, _("Tomorrow: {title}"))


def workshop_hour(reader: Account, about: int) -> Letter | None:
    """An hour before."""
    return _reminder(reader, about, _("In an hour: {title}"))


def _reminder(reader: Account, about: int, subject: str) -> Letter | None:
    held = _registration(about, "held")
    if held is None or held.workshop.state != "agreed" or held.workshop.starts_at <= timezone.now():
        return None
    found = held.workshop
    where = [_("Place: {venue}")] if found.venue else []
    if found.link:
        where.append(_("On line: {link}"))
    return _about(
        found,
        reader,
        subject,
        *where,
        _("You cannot come? Give your place back on its page: somebody may be waiting for it."),
    )


def workshop_after(reader: Account, about: int) -> Letter | None:
    """When it is over: was it useful?"""
    held = _registration(about, "held")
    if held is None or held.workshop.state != "agreed" or held.came is False or held.useful:
        return None
    words = _("Two clicks tell {host} what it brought you. Your name is not shown with it.")
    return _about(held.workshop, reader, _("Was “{title}” useful to you?"), words)


def workshop_place(reader: Account, about: int) -> Letter | None:
    """From the waiting list to a place."""
    held = _registration(about, "held")
    if held is None or held.workshop.state != "agreed" or held.workshop.ends_at <= timezone.now():
        return None
    words = _("Somebody gave a place back, and it is yours. If you cannot come any more, give it on.")
    return _about(held.workshop, reader, _("You have a place: {title}"), words)


def workshop_moved(reader: Account, about: int) -> Letter | None:
    """Another time, place or link."""
    held = _registration(about, "held")
    if held is None or held.workshop.state != "agreed":
        return None
    return _about(
        held.workshop,
        reader,
        _("Changed: {title}"),
        _("The time, the place or the link is another now. You keep your place."),
    )


def workshop_cancelled(reader: Account, about: int) -> Letter | None:
    """It does not take place."""
    standing = Registration.objects.filter(pk=about, workshop__state="cancelled")
    found = standing.exclude(state="left").select_related("workshop__collective").first()
    if found is None:
        return None
    return _about(
        found.workshop,
        reader,
        _("“{title}” does not take place"),
        _("{collective} is sorry: it was called off."),
        quoted=found.workshop.remark,
    )


def workshop_replay(reader: Account, about: int) -> Letter | None:
    """It can be watched again."""
    known = Registration.objects.filter(pk=about).exclude(state="left")
    found = known.select_related("workshop__collective").first()
    if found is None or not found.workshop.replay:
        return None
    return _about(
        found.workshop, reader, _("Watch “{title}” again"), _("The recording is linked on its page.")
    )


def _workshop(number: int, state: str) -> Workshop | None:
    return Workshop.objects.filter(pk=number, state=state).select_related("collective").first()


def _registration(number: int, state: str) -> Registration | None:
    known = Registration.objects.filter(pk=number, state=state)
    return known.select_related("workshop__collective").first()


def _about(found: Workshop, reader: Account, subject: str, *paragraphs: str, quoted: str = "") -> Letter:
    """A letter about a workshop: when it is, what there is to say, and its page. `quoted` stays as it is."""
    words = {
        "title": found.title,
        "host": found.host_name,
        "collective": found.collective.name,
        "venue": found.venue,
        "link": found.link,
    }
    when = when_words(found, clocks_of(reader, found.collective))
    told = [one.format(**words) for one in paragraphs]
    return Letter(
        subject=subject.format(**words),
        paragraphs=(when, *told, *([quoted] if quoted else [])),
        button=_("To its page"),
        link=settings.SITE_URL + found.get_absolute_url(),
    )
