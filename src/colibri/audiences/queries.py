"""What audiences tell the plan and the figures."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from colibri.audiences.models import Audience
from colibri.compute.engagement import attention, engagement
from colibri.compute.reach import Reach, reach_of
from colibri.compute.reading import Reader
from colibri.reference import Tables, load_tables
from colibri.reference.official import Store, titles_of

__all__ = ["attention_of", "audiences_of", "distinct_reach", "reader", "tables"]


@cache
def tables() -> Tables:
    """The reference tables, carried and added by the operator, read once for each process."""
    store = Store(Path(settings.DATA_DIR) / "reference")
    return replace(load_tables(), titles=titles_of(store))


@cache
def reader() -> Reader:
    """The reader of posts and biographies."""
    return Reader(tables())


def audiences_of(identities: Collection[int]) -> dict[int, Audience]:
    """Fetched audiences by the identity's number."""
    found = Audience.objects.filter(identity__in=identities, fetched_at__isnull=False)
    return {audience.identity_id: audience for audience in found.defer("fetching")}


def distinct_reach(identities: Collection[int]) -> Reach:
    """How many distinct people follow at least one of the identities; unfetched audiences count for none."""
    found = list(audiences_of(identities).values())
    return reach_of([one.members for one in found], [one.kinds for one in found])


def attention_of(audiences: Sequence[Audience]) -> NDArray[np.float32]:
    """The chance (float32, n) that one member of each audience sees one boost, pooled over those given."""
    measured = engagement(
        [one.interactions for one in audiences],
        [one.posts for one in audiences],
        [one.size for one in audiences],
    )
    return attention(measured.rate, measured.mean)
