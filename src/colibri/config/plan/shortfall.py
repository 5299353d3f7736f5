"""Why a message cannot have the boosts asked for it, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colibri.compute.planning import Shortfall

__all__ = ["why_short"]


def why_short(short: Shortfall) -> str:
    """One sentence, in the language at hand."""
    if short.why == "cap":
        return _("It may not have more: its own cap is lower.")
    if short.why == "relays":
        words = ngettext(
            "Only %(count)d relay may carry it.", "Only %(count)d relays may carry it.", short.relays
        )
        return words % {"count": short.relays}
    if short.why == "budgets":
        words = ngettext(
            "Its relays offer %(count)d boost together, and %(messages)d messages need it.",
            "Its relays offer %(count)d boosts together, and %(messages)d messages need them.",
            short.boosts,
        )
        return words % {"count": short.boosts, "messages": short.appeals}
    return _("One more boost would show somebody more messages than they may be shown.")
