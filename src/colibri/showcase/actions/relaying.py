"""A portrait relayed like an appeal: in place of its person's message, never beside it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation

from colibri.appeals.actions.standing import Nowhere, end_stand_in, stand_in
from colibri.appeals.models import Appeal
from colibri.common.states import WrongMove
from colibri.people.actions import give_consent
from colibri.showcase.models import Portrait
from colibri.showcase.queries import search_of_portrait

__all__ = ["PURPOSE", "Nowhere", "relay_message", "relay_portrait"]

PURPOSE = "be_portrayed"


@transaction.atomic
def relay_portrait(portrait: Portrait, *, by: str, now: datetime) -> None:
    """Its person has it relayed in place of their message: both yeses, to be told and to be published.

    Raises `WrongMove` where it is not public or they have no search that is relayed, `Nowhere` where nothing
    can be posted now or another portrait stands for the message.
    """
    locked = Portrait.objects.select_for_update().get(pk=portrait.pk)
    appeal = search_of_portrait(locked)
    if appeal is None or locked.stands_for_id is not None:
        raise WrongMove(locked, "relayed")
    if Portrait.objects.filter(stands_for=appeal).exists():
        raise Nowhere
    give_consent(portrait.collective, PURPOSE, account=locked.subject, by=by, now=now)
    with translation.override(locked.language):
        words = f"{locked.title}\n{locked.summary}"
    link = settings.SITE_URL + locked.get_absolute_url()
    stand_in(appeal, words, link, language=locked.language, by=by, now=now)
    Portrait.objects.filter(pk=locked.pk).update(stands_for=appeal)
    portrait.stands_for = appeal


@transaction.atomic
def relay_message(portrait: Portrait, *, now: datetime) -> bool:
    """Relay it no more: what was posted of it goes with its boosts, and the message is relayed again.

    Says whether it had been relayed.
    """
    appeal = Appeal.objects.filter(portrait=portrait).first()
    if appeal is not None:
        end_stand_in(appeal, now=now)
        Portrait.objects.filter(pk=portrait.pk).update(stands_for=None)
    portrait.stands_for = None
    return appeal is not None
