"""The places listened to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from colibri.common.troubles import Troubled
from colibri.people.models import Collective, networks

__all__ = ["Source"]


class Source(Troubled):
    """One network listened to for one collective; `cursor` says how far, `heard_at` that it lives."""

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="sources")
    network = models.CharField(max_length=20, choices=networks)
    server = models.CharField(max_length=200, blank=True)
    cursor = models.CharField(max_length=200, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    skipped = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(fields=["collective", "network", "server"], name="one_source_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.server}".strip()
