"""A short text of a member: a draft, looked at by an animator, published at its time."""

import secrets
from functools import partial

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.states import Life
from colibri.common.work import Work
from colibri.people.models import Account, Collective

__all__ = ["ARTICLE", "STEPS", "TEXT_MOST", "Article"]

TEXT_MOST = 20_000

STEPS = [
    ("start", _("Begin to search")),
    ("message", _("Write one's message")),
    ("profile", _("Be found: profiles and networks")),
    ("cv", _("CV and letter")),
    ("interview", _("Interviews")),
    ("training", _("Learn, change one's trade")),
    ("rights", _("Rights and support")),
    ("hold", _("Hold on")),
    ("new_job", _("The first weeks of a new job")),
]
"""The steps of a search an article can be of help at."""

ARTICLE = Life(
    "article",
    start="draft",
    moves={
        "draft": ("submitted", "planned"),
        "submitted": ("draft", "planned"),
        "planned": ("draft", "published"),
        "published": ("draft",),
    },
    labels={
        "draft": _("draft"),
        "submitted": _("waits for an animator"),
        "planned": _("will be published"),
        "published": _("published"),
    },
)


class Article(Work):
    """A text in Markdown by a member. `due_at` is when it will be published, where that is planned.

    `version` grows with each change: an animator publishes the one they read.
    """

    public_id = models.CharField(max_length=16, unique=True, default=partial(secrets.token_urlsafe, 8))
    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="articles")
    author = models.ForeignKey(
        Account, verbose_name=_("author"), on_delete=models.CASCADE, related_name="articles"
    )
    byline = models.CharField(_("your name as readers see it"), max_length=80)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("in a sentence"), max_length=280)
    text = models.TextField(_("text"), max_length=TEXT_MOST)
    step = models.CharField(_("it helps to"), max_length=12, choices=STEPS)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fr")
    state = ARTICLE.field()
    version = models.PositiveIntegerField(_("version"), default=1)
    remark = models.CharField(_("a word to the author"), max_length=1000, blank=True)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("showcase:article", args=[self.public_id])
