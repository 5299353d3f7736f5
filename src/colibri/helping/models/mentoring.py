"""A mentorship: help that lasts some weeks, with a rhythm, an end, and a shared list of next steps."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.sealing import SealedTextField
from colibri.common.states import Life
from colibri.common.work import Work
from colibri.helping.models.requests import HelpRequest
from colibri.people.models import Account

__all__ = ["MENTORSHIP", "RHYTHMS", "Mentorship", "NextStep"]

RHYTHMS = [
    ("week", _("once a week")),
    ("fortnight", _("every two weeks")),
    ("month", _("once a month")),
]

MENTORSHIP = Life(
    "mentorship",
    start="going",
    moves={
        "going": ("middle", "ending", "over"),
        "middle": ("ending", "over"),
        "ending": ("middle", "over"),
        "over": (),
    },
    labels={
        "going": _("going on"),
        "middle": _("past its middle"),
        "ending": _("at its end"),
        "over": _("over"),
    },
)


class Mentorship(Work):
    """What a request for a mentor became once somebody said yes; a new mentor goes on where one left.

    `due_at` is when both are asked next: in the middle, at the end, and last a week after it.
    """

    request = models.OneToOneField(HelpRequest, on_delete=models.CASCADE, related_name="mentorship")
    state = MENTORSHIP.field()
    aim = SealedTextField(null=True)
    rhythm = models.CharField(_("how often"), max_length=12, choices=RHYTHMS, default="fortnight")
    began_on = models.DateField()
    ends_on = models.DateField(_("until"))

    class Meta:
        verbose_name = _("mentorship")
        verbose_name_plural = _("mentorships")

    def __str__(self) -> str:
        return f"{self.request_id} {self.ends_on}"

    @property
    def middle(self) -> date:
        """The day half of it is over."""
        return self.began_on + timedelta(days=(self.ends_on - self.began_on).days // 2)


class NextStep(models.Model):
    """Something the two agreed to do next."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="steps")
    author = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    text = SealedTextField()
    written_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.mentorship_id} {self.written_at:%Y-%m-%d}"
