"""A white paper: a call, and what members and seekers contribute to it, put in order and published as one."""

import secrets
from functools import partial

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from colibri.common.states import Life
from colibri.people.models import Account, Collective
from colibri.showcase.models.articles import TEXT_MOST

__all__ = ["CONTRIBUTION", "PAPER", "Contribution", "Paper"]

PAPER = Life(
    "white paper",
    start="draft",
    moves={
        "draft": ("open",),
        "open": ("closed",),
        "closed": ("open", "published"),
        "published": ("closed",),
    },
    labels={
        "draft": _("being prepared"),
        "open": _("calls for contributions"),
        "closed": _("being put together"),
        "published": pgettext_lazy("white paper", "published"),
    },
)

CONTRIBUTION = Life(
    "contribution",
    start="draft",
    moves={"draft": ("submitted",), "submitted": ("draft", "accepted"), "accepted": ("draft",)},
    labels={
        "draft": _("draft"),
        "submitted": _("waits for an animator"),
        "accepted": _("in the white paper"),
    },
)


class Paper(models.Model):
    """One white paper of a collective."""

    public_id = models.CharField(max_length=16, unique=True, default=partial(secrets.token_urlsafe, 8))
    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(_("title"), max_length=120)
    call = models.TextField(_("what you ask for"), max_length=4_000)
    foreword = models.TextField(_("foreword"), max_length=TEXT_MOST, blank=True)
    until = models.DateField(_("contributions are welcome until"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fr")
    state = PAPER.field()
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    class Meta:
        verbose_name = _("white paper")
        verbose_name_plural = _("white papers")
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("showcase:paper", args=[self.public_id])


class Contribution(models.Model):
    """A chapter by one author, who alone changes its words. `agreed_at` is when they agreed to these words
    being published under this name; without that it is in no paper.
    """

    public_id = models.CharField(max_length=16, unique=True, default=partial(secrets.token_urlsafe, 8))
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="contributions")
    author = models.ForeignKey(
        Account, verbose_name=_("author"), on_delete=models.CASCADE, related_name="contributions"
    )
    byline = models.CharField(_("your name as readers see it"), max_length=80)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=TEXT_MOST)
    place = models.PositiveSmallIntegerField(_("place in the white paper"), default=0)
    state = CONTRIBUTION.field()
    remark = models.CharField(_("a word to the author"), max_length=1000, blank=True)
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("showcase:contribution", args=[self.public_id])
