"""Appeals as pages and plans ask for them."""

from datetime import datetime, timedelta
from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from colibri.appeals.models import Answer, Appeal, Decision, Message, Note, Publication
from colibri.audiences.queries import reader, tables
from colibri.compute.reading import Place
from colibri.people.models import Account, Collective, Identity
from colibri.reference.tables import Trade

__all__ = [
    "RELAYABLE",
    "answers_to_judge",
    "appeal_of_note",
    "appeals_of",
    "decided_by",
    "is_author",
    "is_public",
    "live_publications",
    "may_be_corrected",
    "may_be_rewritten",
    "names_of",
    "occupation_label",
    "open_appeal_of",
    "open_appeals",
    "open_appeals_like",
    "other_posts",
    "place_named",
    "publishing_identities",
    "relayable_search_of",
    "relayed_ones",
    "stand_ins",
    "title_of",
    "trade_named",
    "trades",
    "unanswered_drafts",
    "waiting_for_animator",
    "with_texts",
]

RELAYABLE = ("accepted", "active", "paused")
"""States in which a post of it may stand."""
SURE_ENOUGH = 0.3
"""What somebody typed into the field of a place is meant as one: a faint sign is enough."""


def open_appeals(collective: Collective) -> QuerySet[Appeal]:
    """Searches being relayed, newest first."""
    return collective.appeals.filter(kind="search", state="active").order_by("-created_at")


def open_appeals_like(appeal: Appeal) -> QuerySet[Appeal]:
    """Appeals of this kind by its author, by account or identity, that are not over, this one included."""
    author = Q(account=appeal.account_id) if appeal.account_id else Q(pk__in=[])
    if appeal.identity_id:
        author |= Q(identity=appeal.identity_id)
    same = Appeal.objects.filter(author, collective=appeal.collective_id, kind=appeal.kind)
    return same.exclude(state="closed")


def open_appeal_of(collective: Collective, identity: Identity) -> Appeal | None:
    """The appeal that further posts of this identity, or of the person behind it, belong to."""
    author = Q(identity=identity)
    if identity.account_id is not None:
        author |= Q(account=identity.account_id) | Q(identity__account=identity.account_id)
    found = Appeal.objects.filter(author, collective=collective, kind="search").exclude(state="closed")
    return found.exclude(refusal="not_a_search").select_related("collective").order_by("-created_at").first()


def waiting_for_animator(collective: Collective) -> QuerySet[Appeal]:
    """Appeals an animator has to look at, oldest first."""
    return Appeal.objects.filter(collective=collective, state="submitted").order_by("created_at")


def live_publications(collective: Collective) -> QuerySet[Publication]:
    """Posts that may be boosted today: of active appeals."""
    posts = Publication.objects.filter(appeal__collective=collective, appeal__state="active", state="live")
    return relayed_ones(posts)


def relayed_ones(posts: QuerySet[Publication]) -> QuerySet[Publication]:
    """Of live posts those that are relayed: where other words stand in for the message, they alone."""
    same = Publication.objects.filter(appeal=OuterRef("appeal"), network=OuterRef("network"))
    return posts.filter(Q(instead=True) | ~Exists(same.filter(instead=True, state="live")))


def relayable_search_of(account: Account, collective: Collective) -> Appeal | None:
    """The person's search there that was accepted and is not over, by account or connected identity."""
    mine = Q(account=account) | Q(account=None, identity__account=account)
    found = Appeal.objects.filter(mine, collective=collective, kind="search", state__in=RELAYABLE)
    return found.select_related("collective", "account", "identity").order_by("-created_at").first()


def stand_ins(appeal: Appeal) -> QuerySet[Publication]:
    """The posts that stand in for its message, or are about to."""
    return appeal.publications.filter(instead=True, state__in=["planned", "live", "failed"])


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


def title_of(appeal: Appeal) -> str:
    """What somebody looks for, in a few words: trade and place; a cause's own title."""
    if appeal.title:
        return appeal.title
    words = [occupation_label(appeal.occupation), appeal.place]
    return " · ".join(filter(None, words)) or _("Looking for work")


def trades() -> list[str]:
    """Every trade's short name in the language of the page, in alphabetical order."""
    return sorted((occupation_label(code) for code in _trades()), key=str.casefold)


def trade_named(text: str) -> str:
    """The code of the trade somebody typed, by its short name or in everyday words; empty where unknown."""
    wanted = text.strip().casefold()
    for trade in _trades().values():
        if wanted in (trade.code.casefold(), trade.label_fr.casefold(), trade.label_en.casefold()):
            return trade.code
    for lead in ("Je cherche un poste de", "I am looking for a job as"):
        found = reader().read(f"{lead} {text}").occupations
        if found and found[0].confidence >= SURE_ENOUGH:
            return found[0].value.code
    return ""


def place_named(text: str) -> Place | None:
    """The French town, department or region somebody typed, None where it is not known."""
    number = reader().gazetteer.department_of(text.strip())
    if number is not None:
        return number
    for wording in (f"à {text}", f"à {text.title()}", text):
        found = reader().read(wording, "fr").places
        if found and found[0].confidence >= SURE_ENOUGH:
            return found[0].value
    return None


def with_texts(appeals: QuerySet[Appeal]) -> QuerySet[Appeal]:
    """The same appeals, each with `text` and its `version`: the newest message, None where none was kept."""
    newest = Message.objects.filter(appeal=OuterRef("pk")).order_by("-version")
    return appeals.annotate(
        text=Subquery(newest.values("text")[:1]), version=Subquery(newest.values("version")[:1])
    )


def is_author(appeal: Appeal, account: Account | AnonymousUser) -> bool:
    """Whether this person wrote it: by account or, before they have said so here, by a connected identity."""
    if not isinstance(account, Account) or not account.is_active:
        return False
    if appeal.account_id is not None:
        return appeal.account_id == account.pk
    return appeal.identity is not None and appeal.identity.account_id == account.pk


def is_public(appeal: Appeal) -> bool:
    """Whether everybody may read it: relayed, or well over, or looked at again with the words it had.

    Nobody reads what somebody shut out wrote.
    """
    author = appeal.account or (appeal.identity.account if appeal.identity else None)
    if author is not None and not author.is_active:
        return False
    if appeal.state == "submitted":
        accepted = appeal.accepted_at
        return accepted is not None and not appeal.messages.filter(written_at__gt=accepted).exists()
    return appeal.state in ("active", "paused", "expired") or appeal.ending == "found"


def may_be_corrected(appeal: Appeal) -> bool:
    """Whether its author may still change what was understood: not what is over or an animator refused."""
    if appeal.refusal == "not_a_search":
        # Its author's own word may be taken back, an animator's or the reader's not.
        said = appeal.decisions.first()
        return bool(appeal.meant) and (said is None or said.by_id is None)
    return appeal.state != "closed" and appeal.refusal != "rules"


def may_be_rewritten(appeal: Appeal) -> bool:
    """Whether its words may be changed here: written on the site, and nobody has accepted them yet."""
    return not appeal.source_uri and appeal.state in ("draft", "submitted", "refused")


def names_of(account: Account | None) -> list[str]:
    """The names somebody goes by, here and on networks: what is left out of a text that goes elsewhere."""
    if account is None:
        return []
    known = Identity.objects.filter(account=account).values_list("name", "handle")
    return [account.name, *(word for name, handle in known for word in (name, handle.partition("@")[0]))]


def appeals_of(account: Account) -> QuerySet[Appeal]:
    """A person's searches, newest first, also those of their identities they have not been to see yet."""
    own = Appeal.objects.filter(account=account, kind="search")
    unclaimed = Appeal.objects.filter(
        account=None, kind="search", identity__account=account, messages__isnull=False
    )
    return (own | unclaimed).distinct().select_related("collective").order_by("-created_at")


def other_posts(appeal: Appeal) -> QuerySet[Publication]:
    """Further posts of its author about the same search, newest first, that are not relayed."""
    return (
        appeal.publications.filter(state="beside")
        .select_related("appeal__collective", "identity")
        .order_by("-pk")
    )


def publishing_identities(appeal: Appeal, *, instead: bool = False) -> QuerySet[Identity]:
    """The collective's accounts that could publish it: on networks where it stands nowhere yet.

    With `instead`, those that could publish other words in its place, wherever the message stands.
    """
    standing = appeal.publications.exclude(state="deleted").exclude(state="gone", instead=True)
    taken = (standing.filter(instead=True) if instead else standing).values("network")
    own = Identity.objects.filter(collective=appeal.collective, refused_at=None, credential__isnull=False)
    return own.exclude(network__in=taken)


def decided_by(decision: Decision) -> str:
    """Who decided, as other animators read it: an address is never shown to another."""
    if decision.by is None:
        return _("the rules")
    return decision.by.name or _("an animator")


def answers_to_judge(collective: Collective) -> QuerySet[Answer]:
    """Readers' words an animator has to look at, oldest first."""
    waiting = Answer.objects.filter(appeal__collective=collective, state__in=["held", "reported"])
    return waiting.select_related("appeal__account").order_by("written_at")
