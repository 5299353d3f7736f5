"""The way of an article: written, submitted, looked at, published at its time, taken back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from colibri.common.states import ChangedMeanwhile, WrongMove
from colibri.common.work import ring
from colibri.networks.errors import NetworkError
from colibri.networks.plain import plain, plain_line
from colibri.people.actions import notify
from colibri.people.models import Account
from colibri.people.queries import animators_of
from colibri.showcase.models import ARTICLE, Article

__all__ = [
    "change_article",
    "erase_article",
    "give_up_article",
    "plan_article",
    "publish_article",
    "return_article",
    "submit_article",
    "take_back_article",
]


@transaction.atomic
def change_article(article: Article, *, now: datetime) -> Article:
    """Keep an article's words, cleaned of what no page can show; its state stays.

    Raises `WrongMove` where somebody has decided upon it meanwhile.
    """
    article.title, article.summary = plain_line(article.title), plain_line(article.summary)
    article.byline, article.text = plain_line(article.byline), plain(article.text)
    article.changed_at = now
    if article._state.adding:
        article.save()
        return article
    now_kept = Article.objects.select_for_update().get(pk=article.pk)
    if now_kept.state != article.state:
        raise WrongMove(now_kept, article.state)
    article.version = now_kept.version + 1
    article.save(
        update_fields=("title", "summary", "byline", "text", "step", "language", "changed_at", "version")
    )
    return article


def submit_article(article: Article, *, now: datetime) -> None:
    """Ask the animators to look at it. Raises `WrongMove`."""
    ARTICLE.move(article, "submitted", changed_at=now, remark="")
    for role in animators_of(article.collective):
        if role.account_id != article.author_id:
            once = f"{now:%Y-%m-%d %H:%M}"
            notify(role.account, "article_submitted", article.pk, once=once, now=now)


def return_article(article: Article, remark: str, by: Account, *, now: datetime) -> None:
    """Give it back to its author with a word on what is missing. Raises `WrongMove`."""
    ARTICLE.move(article, "draft", remark=plain(remark)[:1000], changed_at=now, due_at=None)
    if article.author_id != by.pk:
        notify(article.author, "article_returned", article.pk, once=f"{now:%Y-%m-%d %H:%M}", now=now)


@transaction.atomic
def plan_article(article: Article, *, version: int, at: datetime, now: datetime) -> None:
    """Have the version somebody read published at a moment; one that has passed means now.

    Raises `WrongMove`, `ChangedMeanwhile`.
    """
    if not Article.objects.select_for_update().filter(pk=article.pk, version=version).exists():
        raise ChangedMeanwhile
    ARTICLE.move(article, "planned", remark="", changed_at=now, due_at=at, attempts=0)
    if at <= now:
        ring(article)


def publish_article(article: Article) -> None:
    """Show it to everybody, and tell its author."""
    if article.state != "planned":
        return
    now = timezone.now()
    ARTICLE.move(article, "published", published_at=article.published_at or now)
    notify(article.author, "article_published", article.pk, now=now)


def give_up_article(article: Article, error: NetworkError) -> None:
    """It waits for an animator to plan it anew."""


def take_back_article(article: Article, *, now: datetime) -> None:
    """Make it a draft again, seen by nobody else. Raises `WrongMove`."""
    ARTICLE.move(article, "draft", changed_at=now, due_at=None)


def erase_article(article: Article) -> None:
    """Nothing of it stays."""
    article.delete()
