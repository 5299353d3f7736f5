"""What somebody gives: kinds of help, so much a week, at these hours, in these languages."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.states import Life
from colibri.people.models import Account, Collective

__all__ = ["GIVING", "HOURS", "KINDS", "LANGUAGES", "Giving"]

KINDS = [
    ("message", _("a message")),
    ("profile", _("a profile on a network")),
    ("cv", _("a CV")),
    ("image", _("an image")),
    ("interview", _("an interview rehearsal")),
    ("trade", _("a trade explained")),
    ("talk", _("an open ear, just to talk")),
    ("mentor", _("a mentor for some weeks")),
]
"""What one can ask for, one thing at a time."""

HOURS = [
    ("day", _("weekdays, during the day")),
    ("evening", _("weekdays, in the evening")),
    ("weekend", _("at the weekend")),
]

LANGUAGES = [
    ("fr", _("French")),
    ("en", _("English")),
    ("es", _("Spanish")),
    ("pt", _("Portuguese")),
    ("de", _("German")),
    ("it", _("Italian")),
    ("ar", _("Arabic")),
    ("tr", _("Turkish")),
    ("uk", _("Ukrainian")),
    ("ru", _("Russian")),
]

GIVING = Life(
    "giving",
    start="standing",
    moves={
        "standing": ("asked", "paused", "ended"),
        "asked": ("standing", "paused", "ended"),
        "paused": ("standing", "ended"),
        "ended": ("standing",),
    },
    labels={
        "standing": _("ready to help"),
        "asked": _("asked whether all is well"),
        "paused": _("resting"),
        "ended": _("over"),
    },
)


class Giving(models.Model):
    """A helper's standing offer in a collective. Empty trades mean any, empty hours whenever."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="givings")
    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="givings")
    state = GIVING.field()
    kinds = models.JSONField(_("what you can give"), default=list)
    a_week = models.PositiveSmallIntegerField(_("people at a time, at most"), default=1)
    hours = models.JSONField(_("when"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    families = models.JSONField(_("trades you know"), default=list, blank=True)
    occupation = models.CharField(_("your own trade"), max_length=5, blank=True)
    region = models.CharField(_("region (INSEE code)"), max_length=2, blank=True)
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)  # the last sign of life
    asked_at = models.DateTimeField(null=True, blank=True)
    silent = models.BooleanField(default=False, editable=False)  # paused because nothing was heard

    class Meta:
        verbose_name = _("offer of help")
        verbose_name_plural = _("offers of help")
        constraints = [
            models.UniqueConstraint(fields=["account", "collective"], name="one_giving_per_account")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.a_week}"

    def clean(self) -> None:
        if not 1 <= self.a_week <= 20:
            raise ValidationError({"a_week": _("Between 1 and 20 people at a time.")})
