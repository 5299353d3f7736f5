"""What the collective answers a post's author: once for each kind, as privately as the network allows."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from colibri.appeals.models import NOTE, Appeal, Note, Publication
from colibri.appeals.queries import occupation_label
from colibri.common.work import ring
from colibri.networks.errors import Gone, NetworkError
from colibri.networks.graphemes import graphemes
from colibri.networks.items import PostRef
from colibri.networks.registry import CAPABILITIES
from colibri.people.actions import client_for, note_refusal
from colibri.people.models import Identity
from colibri.people.queries import collective_identity

__all__ = ["give_up_note", "note_text", "plan_note", "register_wording", "resume_notes", "send_note"]

AGAIN = ("reminder", "follow_up")
"""Kinds that may be said more than once."""
_wordings_above: dict[str, Callable[[Appeal], list[str]]] = {}


def register_wording(kind: str, wording: Callable[[Appeal], list[str]]) -> None:
    """Make known what a room above says in its notes: the fullest wording first, its link in each."""
    _wordings_above[kind] = wording


def plan_note(appeal: Appeal, kind: str, *, now: datetime) -> Note | None:
    """A note to the author of the appeal's post; none where the collective has no account on that network.

    Each kind is said once, but those of `AGAIN`.
    """
    if appeal.identity is None:
        return None
    own = collective_identity(appeal.collective, appeal.identity.network)
    if own is None:
        return None
    note, made = Note.objects.get_or_create(
        appeal=appeal,
        kind=kind,
        defaults={"identity": own, "key": client_for(own).new_key(), "due_at": now},
    )
    if not made and kind in AGAIN and note.state != "planned":
        NOTE.move(note, "planned", key=client_for(own).new_key(), due_at=now)
        made = True
    if made:
        ring(note)
    return note


def send_note(note: Note) -> None:
    """Answer the post. Raises `NetworkError`; a second try is the same reply."""
    if note.state != "planned":
        return
    publication = Publication.objects.filter(
        appeal=note.appeal, network=note.identity.network, state="live", instead=False
    ).first()
    if publication is None:
        raise Gone("the post to answer is gone")
    post = PostRef(publication.uri, publication.version)
    sent = client_for(note.identity).reply(post, note_text(note), key=note.key)
    NOTE.move(note, "sent", uri=sent.uri)


def give_up_note(note: Note, error: NetworkError) -> None:
    """It will not be sent; its author can still come to the site."""
    note_refusal(note.identity, error, now=timezone.now())
    NOTE.move(note, "failed")


def resume_notes(identity: Identity, *, now: datetime) -> None:
    """The identity is connected again: what it could not say and is still to be said."""
    unsaid = Note.objects.filter(identity=identity, state="failed", appeal__state__in=["draft", "refused"])
    for note in unsaid:
        NOTE.move(note, "planned", due_at=now)
        ring(note)


def note_text(note: Note) -> str:
    """The words of a note, in the author's language: the fullest that fit the network, a link never cut."""
    limit = CAPABILITIES[note.identity.network].character_limit
    appeal = note.appeal
    link = settings.SITE_URL + reverse("appeals:claim", args=[appeal.public_id])
    with override(appeal.language):
        wordings = _wordings(note, appeal, link)
    return next((words for words in wordings if graphemes(words) <= limit), link)


def _wordings(note: Note, appeal: Appeal, link: str) -> list[str]:
    if note.kind in _wordings_above:
        return _wordings_above[note.kind](appeal)
    if note.kind == "refusal":
        return _refusals(appeal)
    return _reminders(appeal, link) if note.kind == "reminder" else _invitations(appeal, link)


def _reminders(appeal: Appeal, link: str) -> list[str]:
    """Until when it is relayed, and how to say more of it."""
    day = date_format(appeal.expires_at, "DATE_FORMAT") if appeal.expires_at else ""
    full = _(
        "Hello! Your message is relayed until {day}. Do you still look? Answer “yes”, or look here: {link} "
        "“found” or “stop” ends it."
    )
    brief = _("Your message is relayed until {day}. Still looking? Answer “yes”: {link}")
    return [words.format(day=day, link=link) for words in (full, brief)]


def _refusals(appeal: Appeal) -> list[str]:
    """With fewer and fewer addresses to turn to."""
    addresses = [one.url for one in appeal.collective.rules.judge(appeal.contracts).advice]
    words = _("Hello! This collective cannot relay this kind of search, but these can help: {advice}")
    return [words.format(advice=" ".join(addresses[:count])) for count in range(len(addresses), 0, -1)]


def _invitations(appeal: Appeal, link: str) -> list[str]:
    """With less and less of what was understood."""
    trade = occupation_label(appeal.occupation)
    words = _(
        "Hello! I understood: {understood}. May volunteers relay your message? "
        "Answer “yes”, or correct it here: {link} “stop” ends it at any time."
    )
    fullest = " · ".join(filter(None, [trade, appeal.place]))
    understood = [one for one in dict.fromkeys((fullest, trade, appeal.place)) if one]
    return [words.format(understood=one, link=link) for one in [*understood, "…"]]
