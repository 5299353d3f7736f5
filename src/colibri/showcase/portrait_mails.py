"""What the letters about portraits say."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from colibri.common.signing import token
from colibri.people.letters import Letter
from colibri.people.models import Account
from colibri.showcase.models import Portrait

__all__ = [
    "TOKEN",
    "portrait_anew",
    "portrait_asked",
    "portrait_question",
    "portrait_returned",
    "portrait_shown",
    "portrait_waits",
    "told_link",
]

TOKEN = "portrait"  # noqa: S105 what the links are for, no secret


def told_link(portrait: Portrait) -> str:
    """Where the person told reads and decides, without signing in."""
    return reverse("showcase:told", args=[token(TOKEN, portrait.pk)])


def portrait_asked(portrait: Portrait) -> Letter:
    """To the person told, who may have no account here: read it and decide."""
    author = portrait.author.name if portrait.author and portrait.author.name else _("A member")
    words = {"author": author, "collective": portrait.collective.name}
    return Letter(
        subject=_("Your portrait for {collective}: do you agree?").format(**words),
        paragraphs=(
            _(
                "{author} of {collective} tells who you are, in a short portrait, and asks for your yes."
            ).format(**words),
            _(
                "Nobody else reads it before you have agreed, word for word. You can also say what is wrong, "
                "or erase it. Without an answer it is erased after two months."
            ),
        ),
        button=_("Read it and decide"),
        link=settings.SITE_URL + told_link(portrait),
    )


def portrait_anew(reader: Account, about: int) -> Letter | None:
    """To the person told: it was changed, and needs their yes again."""
    portrait = _portrait(about, "asked")
    return portrait_asked(portrait) if portrait else None


def portrait_waits(reader: Account, about: int) -> Letter | None:
    """To animators: the person told agreed."""
    portrait = _portrait(about, "agreed")
    if portrait is None:
        return None
    return Letter(
        subject=_("A portrait waits for you: {title}").format(title=portrait.title),
        paragraphs=(_("The person it tells has agreed to it."), portrait.summary),
        button=_("Read it"),
        link=settings.SITE_URL + portrait.get_absolute_url(),
    )


def portrait_returned(reader: Account, about: int) -> Letter | None:
    """To who wrote it: something is wrong or missing."""
    portrait = _portrait(about, "draft")
    if portrait is None:
        return None
    return Letter(
        subject=_("The portrait “{title}” needs another look").format(title=portrait.title),
        paragraphs=(_("It was given back to you."), *([portrait.remark] if portrait.remark else [])),
        button=_("Go on writing"),
        link=settings.SITE_URL + reverse("showcase:write_portrait", args=[portrait.public_id]),
    )


def portrait_shown(reader: Account, about: int) -> Letter | None:
    """To who wrote it and who is told: everybody can read it."""
    portrait = _portrait(about, "shown")
    if portrait is None:
        return None
    told = reader.pk == portrait.subject_id
    return Letter(
        subject=_("The portrait “{title}” is public").format(title=portrait.title),
        paragraphs=(
            _("Everybody can read it now on the pages of {name}. Show it to whoever may help.").format(
                name=portrait.collective.name
            ),
            *([_("You can take it off or erase it at any time, in one action.")] if told else []),
        ),
        button=_("Look at it"),
        link=settings.SITE_URL + (told_link(portrait) if told else portrait.get_absolute_url()),
    )


def portrait_question(reader: Account, about: int) -> Letter | None:
    """To the person told, who found work: what becomes of it?"""
    portrait = _portrait(about, "shown")
    if portrait is None or portrait.found_at is None:
        return None
    return Letter(
        subject=_("You found work! What becomes of your portrait?"),
        paragraphs=(
            _("We are glad. Your portrait for {name} is still public.").format(name=portrait.collective.name),
            _(
                "You can leave it there to show others the way, take it off or erase it. "
                "Without an answer it is taken off in seven days."
            ),
        ),
        button=_("Decide"),
        link=settings.SITE_URL + told_link(portrait),
    )


def _portrait(number: int, state: str) -> Portrait | None:
    return Portrait.objects.filter(pk=number, state=state).select_related("collective", "author").first()
