"""What the letters of this room say: that something waits, never what it says or who wrote it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from colibri.conversations.models import Member, Report
from colibri.conversations.queries import shown_name
from colibri.people.letters import Letter
from colibri.people.models import Account

__all__ = [
    "conversation_opened",
    "conversation_proposed",
    "conversation_reported",
    "conversation_waiting",
]


def conversation_proposed(reader: Account, about: int) -> Letter | None:
    """Somebody would like to talk."""
    member = _member(about, "invited")
    if member is None or member.conversation.begun_by is None:
        return None
    words = {
        "name": shown_name(member.conversation.begun_by),
        "collective": member.conversation.collective.name,
    }
    return Letter(
        subject=_("{name} would like to talk with you").format(**words),
        paragraphs=(
            _(
                "You would talk on the pages of {collective}, encrypted: only those who talk can read it."
            ).format(**words),
            _("Say yes or no on the page. Nobody learns anything of you before."),
        ),
        button=_("See and answer"),
        link=settings.SITE_URL + reverse("conversations:conversations"),
    )


def conversation_opened(reader: Account, about: int) -> Letter | None:
    """Whoever was asked said yes."""
    member = _member(about, "in")
    if member is None or member.conversation.state != "open" or member.conversation.length:
        return None
    return Letter(
        subject=_("You can talk now"),
        paragraphs=(_("Whoever you asked for a conversation said yes."),),
        button=_("Open the conversation"),
        link=settings.SITE_URL + member.conversation.get_absolute_url(),
    )


def conversation_waiting(reader: Account, about: int) -> Letter | None:
    """Something was written that the reader has not seen yet."""
    member = _member(about, "in")
    if member is None or member.muted or member.read_to >= member.conversation.length:
        return None
    return Letter(
        subject=_("A message waits for you"),
        paragraphs=(
            _("It is encrypted: this mail cannot show it, and only you can open it."),
            _("You can turn these mails off for this conversation, on its page."),
        ),
        button=_("Open the conversation"),
        link=settings.SITE_URL + member.conversation.get_absolute_url(),
    )


def conversation_reported(reader: Account, about: int) -> Letter | None:
    """To animators: a member of a conversation shows them something."""
    found = Report.objects.filter(pk=about, closed_at=None).select_related("conversation__collective").first()
    if found is None:
        return None
    collective = found.conversation.collective
    return Letter(
        subject=_("Somebody asks for help with a conversation"),
        paragraphs=(
            _("A member of {name} shows you messages they received. You see only those they chose.").format(
                name=collective.name
            ),
        ),
        button=_("Look at it"),
        link=settings.SITE_URL + reverse("conversations:reports", args=[collective.slug]),
    )


def _member(number: int, state: str) -> Member | None:
    found = Member.objects.filter(pk=number, state=state)
    return found.select_related("conversation__collective", "conversation__begun_by").first()
