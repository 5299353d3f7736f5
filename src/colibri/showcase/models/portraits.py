"""A person told in words and a picture, who says yes to every version before anybody else reads it."""

import secrets
from functools import partial

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from colibri.appeals.models import Appeal
from colibri.common.sealing import SealedTextField
from colibri.common.states import Life
from colibri.common.work import Work
from colibri.people.models import Account, Collective
from colibri.relays.words import FAMILY_WORDS

__all__ = ["ANSWER_MOST", "PORTRAIT", "QUESTIONS", "Picture", "Portrait"]

ANSWER_MOST = 2_000

QUESTIONS = ("way", "strength", "hope", "hand", "word")
"""The questionnaire, in the order pages show it; each is a field of `Portrait`."""

PORTRAIT = Life(
    "portrait",
    start="draft",
    moves={
        "draft": ("asked", "agreed"),
        "asked": ("draft", "agreed"),
        "agreed": ("draft", "shown"),
        "shown": ("draft", "unlisted"),
        "unlisted": ("draft", "shown"),
    },
    labels={
        "draft": _("draft"),
        "asked": _("waits for the person it tells"),
        "agreed": _("waits for an animator"),
        "shown": _("public"),
        "unlisted": _("taken off"),
    },
)


class Portrait(Work):
    """`subject` is the person told, once they said yes; until then `email`, sealed, is where they are asked.

    `version` grows with each change of words or picture; a yes is to one version. `found_at` is when the
    person's search ended with work and they were asked what becomes of the portrait. `stands_for` is the
    search whose message it is relayed in place of.
    """

    KINDS = [("search", _("looks for work")), ("model", _("shows the way"))]
    public_id = models.CharField(max_length=16, unique=True, default=partial(secrets.token_urlsafe, 8))
    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="portraits")
    author = models.ForeignKey(
        Account,
        verbose_name=_("author"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="portraits_told",
    )
    subject = models.ForeignKey(
        Account,
        verbose_name=_("person told"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="portraits",
    )
    email = SealedTextField(null=True, blank=True)
    kind = models.CharField(_("the person told"), max_length=8, choices=KINDS, default="search")
    name = models.CharField(_("name as readers see it"), max_length=60)
    trade = models.CharField(_("trade"), max_length=80)
    family = models.CharField(
        _("kind of trade"), max_length=1, choices=list(FAMILY_WORDS.items()), blank=True, db_index=True
    )
    region = models.CharField(_("region"), max_length=2, blank=True, db_index=True)
    summary = models.CharField(_("in a sentence"), max_length=200)
    way = models.TextField(_("What have you done so far?"), max_length=ANSWER_MOST, blank=True)
    strength = models.TextField(
        _("What do you do well, and what are you proud of?"), max_length=ANSWER_MOST, blank=True
    )
    hope = models.TextField(_("What would you like to do tomorrow?"), max_length=ANSWER_MOST, blank=True)
    hand = models.TextField(_("What helps you, or would help you?"), max_length=ANSWER_MOST, blank=True)
    word = models.TextField(
        _("What would you say to somebody in your place?"), max_length=ANSWER_MOST, blank=True
    )
    link = models.CharField(_("a page of their own"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fr")
    state = PORTRAIT.field()
    remark = models.CharField(_("a word to the author"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    agreed_version = models.PositiveIntegerField(_("version agreed to"), null=True, blank=True)
    looked_version = models.PositiveIntegerField(_("version an animator wrote"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    shown_at = models.DateTimeField(_("shown at"), null=True, blank=True, db_index=True)
    found_at = models.DateTimeField(_("work found at"), null=True, blank=True)
    stands_for = models.OneToOneField(
        Appeal,
        verbose_name=_("relayed in place of"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="portrait",
    )

    class Meta:
        verbose_name = _("portrait")
        verbose_name_plural = _("portraits")
        ordering = ["-shown_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("showcase:portrait", args=[self.public_id])

    @property
    def title(self) -> str:
        """The name and the trade."""
        return _now("{name}, {trade}").format(name=self.name, trade=self.trade)

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Each question that was answered, and the answer."""
        labels = {field.name: str(field.verbose_name) for field in self._meta.local_fields}
        return [(labels[name], getattr(self, name)) for name in QUESTIONS if getattr(self, name)]


class Picture(models.Model):
    """A portrait's picture, drawn anew in two sizes; in the row, so that it goes when the portrait goes."""

    portrait = models.OneToOneField(Portrait, on_delete=models.CASCADE, related_name="picture")
    alt = models.CharField(_("what the picture shows"), max_length=300)
    wide = models.BinaryField()
    small = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=16)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt
