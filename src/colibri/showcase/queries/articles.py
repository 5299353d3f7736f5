"""What is public, what waits, and who may write."""

from datetime import UTC, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from colibri.people.models import Account, Collective, Role
from colibri.people.queries import has_role
from colibri.showcase.models import Article, Entry, Feed

__all__ = [
    "article_seen_by",
    "articles_of",
    "articles_waiting",
    "entries_to_choose",
    "feeds_of",
    "may_change",
    "may_write",
    "published",
    "shown_at",
    "to_read",
    "writes_for",
]

TRUSTED = ("relay", "helper", "animator")
"""Whose articles an animator looks at; others write to the collective instead."""
SHOWN = 200
"""So many things to read are shown, the newest."""


def may_write(account: Account, collective: Collective) -> bool:
    """Whether the account relays, helps or animates in the collective."""
    return account.is_superuser or writes_for(account).filter(pk=collective.pk).exists()


def writes_for(account: Account) -> QuerySet[Collective]:
    """The collectives in which the account relays, helps or animates."""
    roles = Role.objects.filter(account=account, kind__in=TRUSTED, until=None)
    lent = Q(offers__identity__account=account, offers__ended_at=None)
    return Collective.objects.filter(Q(pk__in=roles.values("collective")) | lent).distinct().order_by("name")


def may_change(account: Account, article: Article) -> bool:
    """Its author while it is a draft; an animator whenever."""
    if has_role(account, article.collective, "animator"):
        return True
    return article.author_id == account.pk and article.state == "draft"


def article_seen_by(account: Account | AnonymousUser, public_id: str) -> Article | None:
    """The article of this name, where it is public, or the account's own, or theirs to review."""
    found = Article.objects.filter(public_id=public_id).select_related("collective", "author").first()
    if found is None or found.state == "published":
        return found
    if not isinstance(account, Account):
        return None
    own = found.author_id == account.pk
    return found if own or has_role(account, found.collective, "animator") else None


def articles_of(account: Account) -> QuerySet[Article]:
    """Everything the account wrote, what changed last first."""
    return Article.objects.filter(author=account).select_related("collective").order_by("-changed_at")


def articles_waiting(collective: Collective) -> QuerySet[Article]:
    """What an animator looks at: submitted, longest waiting first, then what is planned."""
    waiting = collective.articles.filter(state__in=["submitted", "planned"])
    return waiting.select_related("author").order_by("-state", "changed_at")


def published(collective: Collective) -> QuerySet[Article]:
    """The collective's public articles, newest first."""
    return collective.articles.filter(state="published").select_related("collective")


def to_read(collective: Collective, step: str = "", most: int = SHOWN) -> list[Article | Entry]:
    """What the collective shows to read, its own and others', newest first; of one step or all."""
    articles = published(collective)
    entries = Entry.objects.filter(feed__collective=collective, state="passed").select_related("feed")
    if step:
        articles, entries = articles.filter(step=step), entries.filter(step=step)
    both: list[Article | Entry] = [
        *articles.order_by("-published_at")[:most],
        *entries.order_by("-passed_at")[:most],
    ]
    return sorted(both, key=shown_at, reverse=True)[:most]


def shown_at(one: Article | Entry) -> datetime:
    """When it was shown here first."""
    moment = one.published_at if isinstance(one, Article) else one.passed_at
    return moment or datetime.min.replace(tzinfo=UTC)


def feeds_of(collective: Collective) -> QuerySet[Feed]:
    """The feeds a collective follows, by name."""
    return collective.feeds.order_by("name", "url")


def entries_to_choose(collective: Collective) -> QuerySet[Entry]:
    """Entries nobody decided upon yet, newest first."""
    return (
        Entry.objects.filter(feed__collective=collective, state="new")
        .select_related("feed")
        .order_by("-written_at", "-pk")
    )
