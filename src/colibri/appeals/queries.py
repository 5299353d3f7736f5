"""Appeals as pages and plans ask for them."""

from datetime import datetime, timedelta
from functools import cache

from django.db.models import QuerySet
from django.utils import translation

from colibri.appeals.models import Appeal, Note, Publication
from colibri.audiences.queries import tables
from colibri.people.models import Collective
from colibri.reference.tables import Trade

__all__ = [
    "appeal_of_note",
    "live_publications",
    "occupation_label",
    "open_appeals",
    "unanswered_drafts",
    "waiting_for_animator",
]


def open_appeals(collective: Collective) -> QuerySet[Appeal]:
    """Appeals being relayed, newest first."""
    return Appeal.objects.filter(collective=collective, state="active").order_by("-created_at")


def waiting_for_animator(collective: Collective) -> QuerySet[Appeal]:
    """Appeals an animator has to look at, oldest first."""
    return Appeal.objects.filter(collective=collective, state="submitted").order_by("created_at")


def live_publications(collective: Collective) -> QuerySet[Publication]:
    """Posts that may be boosted today: of active appeals."""
    return Publication.objects.filter(appeal__collective=collective, appeal__state="active", state="live")


def unanswered_drafts(collective: Collective, *, now: datetime, after: timedelta) -> QuerySet[Appeal]:
    """Drafts whose authors never answered the invitation."""
    return Appeal.objects.filter(collective=collective, state="draft", created_at__lt=now - after)


def appeal_of_note(uri: str) -> Appeal | None:
    """The appeal whose author is answered at this URI."""
    note = Note.objects.filter(uri=uri).select_related("appeal").first() if uri else None
    return note.appeal if note else None


@cache
def _trades() -> dict[str, Trade]:
    return {trade.code: trade for trade in tables().trades}


def occupation_label(code: str) -> str:
    """The trade's short name in the language of the page, empty for a code the project does not carry."""
    found = _trades().get(code)
    if found is None:
        return ""
    return found.label_en if (translation.get_language() or "fr").startswith("en") else found.label_fr
