"""The questions one search is asked, and its outcome, as its person told it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.appeals.models import Appeal
from colibri.common.states import Life
from colibri.common.work import Work
from colibri.relays.models import Offer

__all__ = ["CAUSES", "FOLLOW_UP", "FOUND", "WORD_MOST", "WORK", "FollowUp", "Outcome"]

FOLLOW_UP = Life(
    "follow-up",
    start="going",
    moves={
        "going": ("told", "stopped", "over"),
        "over": ("told", "stopped"),
        "stopped": ("told",),
        "told": (),
    },
    labels={
        "going": _("asked from time to time"),
        "over": _("asked for a year"),
        "stopped": _("asked no more"),
        "told": _("the outcome is known"),
    },
)

WORD_MOST = 280

FOUND = ("found_here", "found_elsewhere", "found")
"""Kinds of outcome that are a job."""
WORK = (*FOUND, "business")
"""Kinds that count as back at work."""


class FollowUp(Work):
    """Questions about one search since it is relayed; `due_at` is when the next is asked.

    `asked` counts questions whose time has come; at `heard_at` its person last said that they still look.
    """

    CHANNELS = [("mail", _("by mail")), ("note", _("by a private note on my network"))]
    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, related_name="follow_up")
    began_at = models.DateTimeField(_("began at"), default=timezone.now)
    state = FOLLOW_UP.field()
    channel = models.CharField(_("how it is asked"), max_length=8, choices=CHANNELS, blank=True)
    asked = models.PositiveSmallIntegerField(_("questions asked"), default=0)
    asked_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.asked}"


class Outcome(models.Model):
    """What became of a search, always told by its person, and when.

    `through` is the relay they name, among those who agreed to be named; `word` is what they say to those
    who carried their message, shown to everybody where `word_public`.
    """

    KINDS = [
        ("found_here", _("found work through the collective")),
        ("found_elsewhere", _("found work otherwise")),
        ("found", _("found work")),
        ("business", _("started a business of their own")),
        ("training", _("began a training")),
        ("stopped", _("stopped looking")),
    ]
    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, related_name="outcome")
    kind = models.CharField(_("what became of it"), max_length=16, choices=KINDS)
    told_at = models.DateTimeField(_("told at"), default=timezone.now)
    happened_on = models.DateField(_("since"))
    through = models.ForeignKey(
        Offer,
        verbose_name=_("through which relay"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    word = models.CharField(_("a word to those who carried my message"), max_length=WORD_MOST, blank=True)
    word_public = models.BooleanField(_("everybody may read it, without my name"), default=False)
    word_shown_at = models.DateTimeField(_("shown in reports since"), null=True, blank=True)
    thanked_at = models.DateTimeField(_("relays were thanked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        indexes = [models.Index(fields=["told_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"


CAUSES = {kind: number for number, (kind, _label) in enumerate(Outcome.KINDS, start=1)}
"""Each kind of outcome as `compute.survival` numbers what ends a search."""
