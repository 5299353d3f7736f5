"""Trades with the skills they ask, from an official table, and what somebody says they can do and like."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from colibri.people.models import Account

__all__ = ["Ability", "Leaning", "Skill", "Trade"]


class Skill(models.Model):
    """A skill in official words; `folded` is what a search looks into, `spread` how many trades ask it."""

    label = models.CharField(_("skill"), max_length=300, unique=True)
    folded = models.CharField(max_length=300)
    spread = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class Trade(models.Model):
    """A trade by its ROME code, with the skills it asks."""

    code = models.CharField(_("ROME code"), max_length=5, unique=True)
    label = models.CharField(_("trade"), max_length=200)
    skills = models.ManyToManyField(Skill, related_name="trades")

    class Meta:
        verbose_name = _("trade")
        verbose_name_plural = _("trades")
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class Ability(models.Model):
    """What somebody says they can do: a known skill, or one in their own words that no trade may ask."""

    LEVEL_CHOICES = [(1, _("a little")), (2, _("well")), (3, _("well enough to show others"))]
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="abilities")
    skill = models.ForeignKey(
        Skill, on_delete=models.SET_NULL, null=True, blank=True, related_name="abilities"
    )
    words = models.CharField(_("in your own words"), max_length=300)
    level = models.PositiveSmallIntegerField(_("how well"), choices=LEVEL_CHOICES, default=2)

    class Meta:
        ordering = ["words"]
        constraints = [models.UniqueConstraint(fields=["account", "words"], name="one_ability_each")]

    def __str__(self) -> str:
        return self.words


class Leaning(models.Model):
    """What somebody likes to do: a word (of `compute.liking.ANSWERS`) to each question they answered."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="leaning")
    answers = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.account}"
