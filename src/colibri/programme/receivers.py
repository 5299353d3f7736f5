"""Counts follow the rows, also when these go with an account that is erased."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from colibri.programme.actions import count_again
from colibri.programme.models import Cohort, Walk

__all__ = ["count_without"]


@receiver(post_delete, sender=Walk)
def count_without(sender: Any, instance: Walk, **_: Any) -> None:
    """A walk that is erased is counted no more, nor its steps."""
    cohort = Cohort.objects.filter(pk=instance.cohort_id).first()
    if cohort is not None:
        count_again(cohort, list(cohort.counts.values_list("step", flat=True)))
