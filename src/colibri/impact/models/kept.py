"""Figures counted once and kept: each day's, and each month's edition of what is told of ten and more."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from colibri.common.work import Work
from colibri.people.models import Collective

__all__ = ["OTHERS", "UNKNOWN", "Day", "Edition", "Told"]

UNKNOWN = "unknown"
"""The label of a search whose place or trade is not known."""

OTHERS = "others"
"""The label of small groups told together."""


class Day(Work):
    """What a collective did on one day, in its own time zone; counted after midnight.

    `relayed` and `ever` count people whose search was boosted that day, and until its end; `reach` distinct
    people who could have seen one of the day's boosts.
    """

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="days_counted")
    day = models.DateField()
    counted_at = models.DateTimeField(_("counted at"), null=True, blank=True)
    relayed = models.PositiveIntegerField(_("people relayed"), default=0)
    ever = models.PositiveIntegerField(_("people relayed until then"), default=0)
    boosts = models.PositiveIntegerField(_("boosts"), default=0)
    relays = models.PositiveIntegerField(_("relays who gave"), default=0)
    reach = models.PositiveIntegerField(_("distinct people who could have seen one"), default=0)

    class Meta:
        verbose_name = _("figures of a day")
        verbose_name_plural = _("figures of days")
        constraints = [models.UniqueConstraint(fields=["collective", "day"], name="one_count_a_day")]

    def __str__(self) -> str:
        return f"{self.collective} {self.day}"


class Edition(Work):
    """What was told when a month was over. `headline` holds shares, rounded so that a step is ten people;
    `inclusion` how groups fare beside others, for animators (`queries.inclusion`).
    """

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="editions")
    month = models.DateField(_("month"))
    made_at = models.DateTimeField(null=True, blank=True)
    headline = models.JSONField(_("back at work within six months"), default=dict, blank=True)
    inclusion = models.JSONField(_("how groups fare"), default=dict, blank=True)

    class Meta:
        verbose_name = _("edition of figures")
        verbose_name_plural = _("editions of figures")
        constraints = [models.UniqueConstraint(fields=["collective", "month"], name="one_edition_a_month")]

    def __str__(self) -> str:
        return f"{self.collective} {self.month:%Y-%m}"


class Told(models.Model):
    """One figure as it was told, never changed: how many, from one month to another, of which labels.

    `first` and `last` are the first days of months. `label` is empty for the whole; `OTHERS` are all that are
    not named beside it, so that nobody learns of which there was one.
    """

    MEASURES = [
        ("searches", _("searches whose relaying began")),
        ("outcomes", _("searches whose outcome was told")),
        ("boosts", _("boosts given")),
        ("relays", _("relays who gave a boost")),
        ("reach_a_day", _("distinct people a day who could have seen a boost, on average")),
    ]
    DIMENSIONS = [("region", _("region")), ("family", _("trade")), ("kind", _("what became of it"))]
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="told")
    measure = models.CharField(_("what is counted"), max_length=12, choices=MEASURES)
    first = models.DateField(_("first month"))
    last = models.DateField(_("last month"))
    dimension = models.CharField(_("by"), max_length=8, choices=DIMENSIONS, blank=True)
    label = models.CharField(_("which"), max_length=16, blank=True)
    number = models.PositiveIntegerField(_("how many"))

    class Meta:
        verbose_name = _("figure told")
        verbose_name_plural = _("figures told")
        indexes = [models.Index(fields=["edition", "measure", "dimension"])]

    def __str__(self) -> str:
        return f"{self.measure} {self.number}"
