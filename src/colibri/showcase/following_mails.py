"""What somebody who is put on a list of people to follow is told, and how they refuse."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from colibri.common.signing import token
from colibri.networks.graphemes import graphemes
from colibri.people.letters import Letter
from colibri.people.models import Account
from colibri.showcase.models import FollowList, Listed

__all__ = ["REFUSE", "letter_to_listed", "list_waits", "listed_letter", "note_to_listed", "refuse_link"]

REFUSE = "stay off"


def refuse_link(place: str, address: str) -> str:
    """Where somebody refuses to be on any list; it names them, not a row, and so always works."""
    return settings.SITE_URL + reverse("showcase:stay_off", args=[token(REFUSE, f"{place} {address}")])


def note_to_listed(listed: Listed, limit: int) -> str:
    """The words of a note, in the list's language: the fullest that fit, a link never cut."""
    found = listed.follow_list
    with override(found.language):
        wordings = [
            _(
                "Hello! {maker} recommends you to people looking for work, in “{title}”, a list of people to "
                "follow by {collective}: {page} Rather not? One tap takes you off for good: {link}"
            ),
            _("{maker} put you on a list of people to follow: {page} Rather not? {link}"),
        ]
    words = {**_words(found), "link": refuse_link(listed.place, listed.address)}
    told = [one.format(**words) for one in wordings]
    return next((one for one in told if graphemes(one) <= limit), words["link"])


def letter_to_listed(listed: Listed) -> Letter:
    """The same by mail."""
    words = _words(listed.follow_list)
    return Letter(
        subject=_("{maker} recommends you: a list of people to follow").format(**words),
        paragraphs=(
            _("{maker} put you ({who}) on “{title}”, a list of people to follow by {collective}:").format(
                **words, who=listed.address
            ),
            words["page"],
            _("People who look for work find there whom to read. You need do nothing."),
            _("Would you rather not be on it? One tap takes you off every list here, at once and for good."),
        ),
        button=_("Take me off"),
        link=refuse_link(listed.place, listed.address),
    )


def listed_letter(reader: Account, about: int) -> Letter | None:
    """To somebody with an account here whose identity was listed."""
    listed = Listed.objects.filter(pk=about).select_related("follow_list__collective").first()
    return letter_to_listed(listed) if listed is not None and listed.follow_list.state == "shown" else None


def list_waits(reader: Account, about: int) -> Letter | None:
    """To animators: a list waits."""
    found = FollowList.objects.filter(pk=about, state="submitted").select_related("collective").first()
    if found is None:
        return None
    return Letter(
        subject=_("A list of people to follow waits for you: {title}").format(title=found.title),
        paragraphs=(_("{maker} made it for {collective}.").format(**_words(found)), found.summary),
        button=_("Look at it"),
        link=settings.SITE_URL + found.get_absolute_url(),
    )


def _words(found: FollowList) -> dict[str, str]:
    return {
        "maker": found.byline,
        "title": found.title,
        "collective": found.collective.name,
        "page": settings.SITE_URL + found.get_absolute_url(),
    }
