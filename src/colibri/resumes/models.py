"""CVs, sealed, and who may see each."""

import base64
import json
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.common.sealing import SealedTextField
from colibri.people.models import Account

__all__ = ["File", "Viewer"]


class File(models.Model):
    """One CV: its bytes and what was read of it, both sealed, until its date."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="resumes")
    name = SealedTextField()
    sealed = SealedTextField(_("sealed file"))  # the bytes, in base64
    read = SealedTextField(_("sealed text"))  # what was read, as JSON
    size = models.PositiveIntegerField(_("size in bytes"))
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("CV")
        verbose_name_plural = _("CVs")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return f"CV {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("resumes:resume", args=[self.pk])

    @property
    def content(self) -> bytes:
        return base64.b64decode(self.sealed)

    @property
    def reading(self) -> dict[str, Any]:
        return dict(json.loads(str(self.read)))


class Viewer(models.Model):
    """Somebody its owner lets see a CV, by the address they sign in with, been here before or not."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="viewers")
    email = SealedTextField()
    address = models.CharField(max_length=64, db_index=True)  # keyed hash of the e-mail address, to find it
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("viewer of a CV")
        verbose_name_plural = _("viewers of CVs")
        constraints = [models.UniqueConstraint(fields=["file", "address"], name="one_row_per_viewer")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.since:%Y-%m-%d}"
