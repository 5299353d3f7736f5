"""News from below: somebody found work, or withdrew the yes that their portrait or their place rests on."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from colibri.appeals.actions.lifecycle import appeal_stopped
from colibri.appeals.models import Appeal
from colibri.people.actions import consent_withdrawn
from colibri.people.models import Consent
from colibri.showcase.actions import ask_of_end, drop_ranked, ranking, stop_portraits
from colibri.showcase.actions.portraits import PURPOSE


@receiver(appeal_stopped)
def ask_what_becomes(sender: Any, appeal: Appeal, now: datetime, **_: Any) -> None:
    """Who found work decides what becomes of their portrait."""
    if appeal.ending == "found" and appeal.account is not None:
        ask_of_end(appeal.account, appeal.collective_id, now=now)


@receiver(consent_withdrawn)
def take_portraits_off(sender: Any, consent: Consent, now: datetime, **_: Any) -> None:
    """No more portrait of somebody who withdrew their yes."""
    if consent.purpose == PURPOSE and consent.account is not None:
        stop_portraits(consent.account, consent.collective_id, now=now)


@receiver(consent_withdrawn)
def rank_no_more(sender: Any, consent: Consent, now: datetime, **_: Any) -> None:
    """Nothing is kept of whoever withdrew their yes to be ranked."""
    if consent.purpose == ranking.PURPOSE and consent.account is not None:
        drop_ranked(consent.account, consent.collective, now=now)
