"""News from below: a search begins to be relayed, its person says that they still look, or it ends."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from colibri.appeals.actions.lifecycle import appeal_renewed, appeal_stopped
from colibri.appeals.actions.publishing import appeal_relayed
from colibri.appeals.models import Appeal
from colibri.impact.actions import begin_asking, hear_sign, note_ending
from colibri.impact.models import FollowUp


@receiver(appeal_relayed)
def begin(sender: Any, appeal: Appeal, now: datetime, **_: Any) -> None:
    """Its person is asked from now on."""
    begin_asking(appeal, now=now)


@receiver(appeal_renewed)
def hear(sender: Any, appeal: Appeal, now: datetime, **_: Any) -> None:
    """Whoever renews still looks."""
    for follow_up in FollowUp.objects.filter(appeal=appeal):
        hear_sign(follow_up, now=now)


@receiver(appeal_stopped)
def end(sender: Any, appeal: Appeal, now: datetime, **_: Any) -> None:
    """It is over: found, which is an outcome, or ended otherwise."""
    note_ending(appeal, now=now)
