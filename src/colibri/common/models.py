"""What every process of the installation counts together."""

from django.db import models

__all__ = ["Tally"]


class Tally(models.Model):
    """How often something happened until a moment; after it the count begins anew."""

    name = models.CharField(max_length=64, primary_key=True)  # a digest: who was counted is not kept
    number = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
