"""What the letters of this room say."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from colibri.people.letters import Letter
from colibri.people.models import Account
from colibri.showcase.models import Article

__all__ = ["article_published", "article_returned", "article_submitted"]


def article_submitted(reader: Account, about: int) -> Letter | None:
    """To animators: somebody wrote, and waits."""
    article = _article(about, "submitted")
    if article is None:
        return None
    return Letter(
        subject=_("An article waits for you: {title}").format(title=article.title),
        paragraphs=(_("{name} wrote it for {collective}.").format(**_words(article)), article.summary),
        button=_("Read it"),
        link=settings.SITE_URL + article.get_absolute_url(),
    )


def article_returned(reader: Account, about: int) -> Letter | None:
    """To its author: something is missing."""
    article = _article(about, "draft")
    if article is None:
        return None
    return Letter(
        subject=_("Your article “{title}” needs a word more").format(title=article.title),
        paragraphs=(
            _("{collective} read it, and asks you to look at it once more.").format(**_words(article)),
            *([article.remark] if article.remark else []),
        ),
        button=_("Go on writing"),
        link=settings.SITE_URL + reverse("showcase:write", args=[article.public_id]),
    )


def article_published(reader: Account, about: int) -> Letter | None:
    """To its author: it can be read."""
    article = _article(about, "published")
    if article is None:
        return None
    return Letter(
        subject=_("Your article “{title}” is published").format(title=article.title),
        paragraphs=(
            _("Thank you! Everybody can read it now on the pages of {collective}.").format(**_words(article)),
        ),
        button=_("Look at it"),
        link=settings.SITE_URL + article.get_absolute_url(),
    )


def _article(number: int, state: str) -> Article | None:
    return Article.objects.filter(pk=number, state=state).select_related("collective").first()


def _words(article: Article) -> dict[str, str]:
    return {"name": article.byline, "collective": article.collective.name}
