"""A cause as a picture for its allies to post, drawn as an appeal's is."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from colibri.appeals.cards import Card
from colibri.causes.models import Cause
from colibri.people.models import LEAF

__all__ = ["card_of_cause"]


def card_of_cause(cause: Cause) -> Card:
    """What it is, for what, and until when, in its own language."""
    appeal = cause.appeal
    with override(appeal.language if appeal.language in ("fr", "en") else "fr"):
        day = date_format(cause.deadline, "DATE_FORMAT")
        return Card(
            lead=_("Urgent cause"),
            trade=appeal.title,
            place=cause.goal,
            contracts=_("until {day}").format(day=day),
            strengths=(),
            collective=appeal.collective.name,
            tag=f"#{appeal.collective.supporters_hashtag}",
            colour=appeal.collective.colour or LEAF,
        )
