"""What a collective offers to follow on Bluesky, and whether that is as it should be there."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.states import Life
from colibri.common.work import Work
from colibri.people.models import Collective

__all__ = ["SHELF", "Shelf"]

SHELF = Life(
    "shelf",
    start="planned",
    moves={
        "planned": ("published", "failed"),
        "published": ("planned",),
        "failed": ("planned",),
    },
    labels={
        "planned": _("about to be brought up to date"),
        "published": _("up to date"),
        "failed": _("failed"),
    },
)


class Shelf(Work):
    """Feeds, list of relays and starter pack of one collective; `service` is who answers for the feeds."""

    collective = models.OneToOneField(Collective, on_delete=models.CASCADE, related_name="shelf")
    service = models.CharField(max_length=300)
    state = SHELF.field()
    since = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Bluesky shelf")
        verbose_name_plural = _("Bluesky shelves")

    def __str__(self) -> str:
        return f"{self.collective_id} {self.state}"
