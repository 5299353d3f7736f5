"""An identity's followers as arrays: 64-bit keyed hashes and classes, never names."""

import numpy as np
from django.db import models
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from colibri.common.work import Work
from colibri.people.models import Identity

__all__ = ["HASH", "Audience"]

HASH = np.dtype([("member", "<i8"), ("kind", "<i4")])
"""One follower as stored: 12 bytes."""


class Audience(Work):
    """The followers of one identity, as last fetched, and how they react.

    `hours` counts, for each hour of the day (UTC), the identity's recent posts and what they received.
    `followers` is complete; `fetching` holds the pages of a fetch that has not ended, which goes on
    at `cursor` after an interruption.
    """

    identity = models.OneToOneField(Identity, on_delete=models.CASCADE, related_name="audience")
    followers = models.BinaryField(default=b"")
    size = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True, blank=True)
    fetching = models.BinaryField(default=b"")
    cursor = models.CharField(max_length=500, blank=True)
    interactions = models.PositiveIntegerField(default=0)
    posts = models.PositiveIntegerField(default=0)
    hours = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")

    def __str__(self) -> str:
        return f"{self.size} followers of {self.identity_id}"

    @property
    def members(self) -> NDArray[np.int64]:
        """Hashes (int64, n), sorted, each once."""
        return np.frombuffer(bytes(self.followers), dtype=HASH)["member"]

    @property
    def kinds(self) -> NDArray[np.int32]:
        """Classes (int32, n) of the members, in the same order; see `compute.classes`."""
        return np.frombuffer(bytes(self.followers), dtype=HASH)["kind"]
