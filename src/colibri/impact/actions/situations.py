"""Keeping, and forgetting, what a person says of their situation."""

from collections.abc import Collection
from datetime import datetime

from colibri.appeals.models import Appeal
from colibri.impact.models import Situation

__all__ = ["forget_situation", "say_situation"]


def say_situation(appeal: Appeal, said: Collection[str], *, now: datetime) -> Situation:
    """Keep what was said, of `SITUATIONS`; nothing of it is an answer too. What was said before is gone."""
    found, _made = Situation.objects.update_or_create(
        appeal=appeal, defaults={"signs": Situation.signs_of(said), "said_at": now}
    )
    return found


def forget_situation(appeal: Appeal) -> None:
    """As if nothing had been said."""
    Situation.objects.filter(appeal=appeal).delete()
