"""What other servers sent and was proven theirs."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.sealing import SealedTextField
from colibri.common.work import Work
from colibri.networks.activitypub.reading import host_of
from colibri.people.models import Collective

__all__ = ["Flag", "Incoming"]


class Incoming(Work):
    """One activity that may concern us. Its words are sealed, and forgotten once acted upon."""

    activity_id = models.CharField(max_length=500, unique=True)
    actor_id = models.CharField(max_length=300)
    document = SealedTextField(null=True)
    received_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("activity received")
        verbose_name_plural = _("activities received")

    def __str__(self) -> str:
        return self.activity_id


class Flag(models.Model):
    """A report another server's moderators sent us, for the animators."""

    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="flags")
    actor_id = models.CharField(max_length=300)
    objects_named = models.JSONField(default=list)
    text = SealedTextField()
    received_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report from another server")
        verbose_name_plural = _("reports from other servers")

    def __str__(self) -> str:
        return f"{self.actor_id} {self.received_at:%Y-%m-%d}"

    @property
    def server(self) -> str:
        """Where it comes from."""
        return host_of(self.actor_id).removesuffix(":443")
