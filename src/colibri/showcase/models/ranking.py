"""Who agreed to be ranked by how much they are heard, and what came of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from colibri.common.work import Work
from colibri.people.models import Collective, Identity

__all__ = ["Ranked"]


class Ranked(Work):
    """An account on a network whose owner agreed to be ranked in a collective; it goes when the yes goes.

    `reactions` holds, for each recent post, keyed hashes of who reacted (`audiences`): they name nobody.
    """

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="ranked")
    collective = models.ForeignKey(Collective, on_delete=models.CASCADE, related_name="ranked")
    reactions = models.JSONField(_("who reacted to each post"), default=list, blank=True)
    followers = models.PositiveIntegerField(_("followers"), default=0)
    fetched_at = models.DateTimeField(null=True, blank=True)
    rate = models.FloatField(_("interactions per post and follower"), null=True, blank=True)
    low = models.FloatField(_("at least"), null=True, blank=True)
    high = models.FloatField(_("at most"), null=True, blank=True)
    place = models.PositiveIntegerField(_("place"), null=True, blank=True)
    first = models.PositiveIntegerField(_("best place"), null=True, blank=True)
    last = models.PositiveIntegerField(_("worst place"), null=True, blank=True)
    ranked_at = models.DateTimeField(_("ranked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("ranked account")
        verbose_name_plural = _("ranked accounts")
        constraints = [models.UniqueConstraint(fields=["identity", "collective"], name="ranked_once_each")]

    def __str__(self) -> str:
        return str(self.identity)
