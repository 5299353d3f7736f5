"""What a person says of their situation, because they wish to; it is counted, and never read with a name."""

from collections.abc import Collection

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.appeals.models import Appeal
from colibri.common.sealing import SealedTextField

__all__ = ["SITUATIONS", "Situation"]

SITUATIONS = [
    ("diploma", _("I have no diploma beyond compulsory school"), _("without a diploma")),
    ("disabled", _("I live with a disability or a long illness"), _("with a disability or a long illness")),
    ("long", _("I have been looking for more than a year"), _("looking for more than a year")),
    ("young", _("I am under 26"), _("under 26")),
    ("senior", _("I am over 50"), _("over 50")),
    ("woman", _("I am a woman"), _("women")),
    ("alone", _("I raise children alone"), _("raising children alone")),
    ("carer", _("I care for somebody who is ill or dependent"), _("caring for somebody")),
    ("arrived", _("I came to live in this country less than five years ago"), _("new in the country")),
    ("income", _("I live on a minimum income"), _("living on a minimum income")),
]
"""What can be said, in one's own words and as a group is called. New ones are added at the end: what is kept
is a sign for each, in this order.
"""


class Situation(models.Model):
    """One person's answer for one search: sealed, and as long whatever it says. No row: nothing was said."""

    appeal = models.OneToOneField(Appeal, on_delete=models.CASCADE, related_name="situation")
    signs = SealedTextField()
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("situation said")
        verbose_name_plural = _("situations said")

    def __str__(self) -> str:
        return f"{self.appeal_id}"

    @staticmethod
    def signs_of(said: Collection[str]) -> str:
        """What is kept of an answer."""
        return "".join("1" if name in said else "0" for name, _own, _group in SITUATIONS)

    @property
    def said(self) -> list[str]:
        """The names of what was said."""
        marks = zip(SITUATIONS, str(self.signs), strict=False)
        return [name for (name, _own, _group), sign in marks if sign == "1"]
