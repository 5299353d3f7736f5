"""How pages and mails word why two people were paired, and how sure of oneself one is."""

from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

__all__ = ["CONFIDENCE", "REASONS", "passages_of", "reason_words"]

REASONS = {
    "known": gettext_lazy("you have met before"),
    "trade": gettext_lazy("you know the very trade"),
    "family": gettext_lazy("you know this kind of trade"),
    "region": gettext_lazy("you live in the same region"),
    "hours": gettext_lazy("you have time at the same hours"),
    "answers": gettext_lazy("you answer quickly"),
    "free": gettext_lazy("nobody else waits for you now"),
    "waited": gettext_lazy("this person has waited for more than a week"),
}
"""By the codes of `compute.pairing.reasons`."""

CONFIDENCE = [
    (1, gettext_lazy("not at all")),
    (2, gettext_lazy("a little")),
    (3, gettext_lazy("so-so")),
    (4, gettext_lazy("rather")),
    (5, gettext_lazy("very")),
]


def reason_words(codes: Iterable[str]) -> str:
    """Why a helper was asked, as a sentence; empty where nothing special is known."""
    known = [str(REASONS[code]) for code in codes if code in REASONS]
    if not known:
        return ""
    return _("Why you: {reasons}.").format(reasons=get_text_list(known, _("and")))


def passages_of(text: str) -> list[str]:
    """The text in passages one can remark on: its paragraphs, or its lines where it has but one."""
    parts = text.split("\n\n") if "\n\n" in text.strip() else text.split("\n")
    return [part.strip() for part in parts if part.strip()]
