"""Training bodies of a region, from a table, with the day they were last looked at."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.people.models import Collective

__all__ = ["TrainingBody"]


class TrainingBody(models.Model):
    """Who teaches what, where, and whether without a diploma; unknown where the table does not say it."""

    collective = models.ForeignKey(
        Collective, verbose_name=_("collective"), on_delete=models.CASCADE, related_name="training_bodies"
    )
    name = models.CharField(_("name"), max_length=200)
    teaches = models.CharField(_("what it teaches"), max_length=400, blank=True)
    region = models.CharField(_("region"), max_length=3)
    town = models.CharField(_("town"), max_length=120, blank=True)
    site = models.URLField(_("its site"), max_length=500, blank=True)
    without_diploma = models.BooleanField(_("open without a diploma"), null=True, blank=True)
    seen_on = models.DateField(_("looked at on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("training body")
        verbose_name_plural = _("training bodies")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["collective", "name", "town"], name="one_training_body_each")
        ]
        indexes = [models.Index(fields=["collective", "region", "name"], name="training_by_region")]

    def __str__(self) -> str:
        return self.name
