"""How pages and mails word trades, days, and why a message was chosen for a relay."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

__all__ = ["BOOSTS_WORDS", "DAY_WORDS", "FAMILY_WORDS", "SHORT_WORDS", "reason_words"]

FAMILY_WORDS = {
    "A": gettext_lazy("Farming, sea, nature, animals"),
    "B": gettext_lazy("Arts and crafts"),
    "C": gettext_lazy("Banking, insurance, property"),
    "D": gettext_lazy("Shops and sales"),
    "E": gettext_lazy("Communication, media, digital publishing"),
    "F": gettext_lazy("Building and public works"),
    "G": gettext_lazy("Hotels, restaurants, tourism, leisure"),
    "H": gettext_lazy("Industry"),
    "I": gettext_lazy("Installation and maintenance"),
    "J": gettext_lazy("Health"),
    "K": gettext_lazy("Services to people and communities, teaching, social work"),
    "L": gettext_lazy("Stage, screen and sport"),
    "M": gettext_lazy("Office, management, computing"),
    "N": gettext_lazy("Transport and logistics"),
}
"""Trade families by the first letter of a ROME 4.0 code."""

SHORT_WORDS = {
    "cap": gettext_lazy("it has all the boosts one message may have"),
    "relays": gettext_lazy(
        "no relay may carry it today: none on its network is open to its trade and region"
    ),
    "budgets": gettext_lazy("the relays who may carry it have no boost left for it"),
    "member_cap": gettext_lazy("the readers it could reach are shown enough messages already"),
}
"""Why an appeal gets no boost today, by what the plan says of it."""

DAY_WORDS = {
    0: gettext_lazy("Monday"),
    1: gettext_lazy("Tuesday"),
    2: gettext_lazy("Wednesday"),
    3: gettext_lazy("Thursday"),
    4: gettext_lazy("Friday"),
    5: gettext_lazy("Saturday"),
    6: gettext_lazy("Sunday"),
}


BOOSTS_WORDS = {
    "planned": pgettext_lazy("boosts", "planned"),
    "offered": pgettext_lazy("boosts", "offered"),
    "giving": pgettext_lazy("boosts", "being given"),
    "given": pgettext_lazy("boosts", "given"),
    "undoing": pgettext_lazy("boosts", "being undone"),
    "undone": pgettext_lazy("boosts", "undone"),
    "declined": pgettext_lazy("boosts", "declined"),
    "expired": pgettext_lazy("boosts", "expired"),
    "failed": pgettext_lazy("boosts", "failed"),
}
"""The states of a boost, said of several, in the order of a boost's life."""


def reason_words(reason: Mapping[str, Any]) -> str:
    """Why this message was given to this relay, from the counts the plan kept; never a follower's name."""
    known = []
    trade, region = int(reason.get("same_trade", 0)), int(reason.get("same_region", 0))
    recruiters = int(reason.get("recruiters", 0))
    if trade:
        known.append(ngettext("%(count)d in this trade", "%(count)d in this trade", trade) % {"count": trade})
    if region:
        known.append(
            ngettext("%(count)d in this region", "%(count)d in this region", region) % {"count": region}
        )
    if recruiters:
        known.append(
            ngettext("%(count)d who recruits", "%(count)d who recruit", recruiters) % {"count": recruiters}
        )
    followers, alone = int(reason.get("followers", 0)), int(reason.get("alone", 0))
    sentences = [_audience(followers, known)]
    if 0 < alone < followers and 2 * alone >= followers:
        sentences.append(
            ngettext(
                "%(count)d of them meets this message through nobody but you today.",
                "%(count)d of them meet this message through nobody but you today.",
                alone,
            )
            % {"count": alone}
        )
    if reason.get("seen_little"):
        sentences.append(_("Few people could have seen this message so far."))
    return " ".join(filter(None, sentences))


def _audience(followers: int, known: list[str]) -> str:
    if not followers:
        return ""
    if not known:
        return ngettext(
            "You have %(count)d reader; of their trade or region we know nothing; people know people.",
            "You have %(count)d readers; of their trades and regions we know nothing; people know people.",
            followers,
        ) % {"count": followers}
    return ngettext(
        "You have %(count)d reader: %(known)s.",
        "Among your %(count)d readers we know of %(known)s.",
        followers,
    ) % {"count": followers, "known": get_text_list(known, _("and"))}
