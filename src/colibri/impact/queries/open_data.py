"""The figures that were told, as rows for everybody, each column with its meaning."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colibri.audiences.queries import tables
from colibri.impact.models import OTHERS, UNKNOWN, Edition, Outcome, Told
from colibri.people.models import Collective
from colibri.relays.words import FAMILY_WORDS

__all__ = ["COLUMNS", "DICTIONARY", "HEADLINE", "editions_of", "label_words", "open_rows", "parts_told"]

COLUMNS = ("measure", "first_month", "last_month", "dimension", "label", "number", "unit")

DICTIONARY = {
    "measure": gettext_lazy(
        "What is counted: searches (people whose message began to be relayed), outcomes (people who told "
        "what became of their search), boosts, relays (people who gave a boost), reach_a_day (distinct "
        "people who could have seen a boost, on average over the days), back_at_work… (see unit)"
    ),
    "first_month": gettext_lazy(
        "First month counted, year-month; months with fewer than ten people are told together"
    ),
    "last_month": gettext_lazy("Last month counted, included"),
    "dimension": gettext_lazy(
        "By what the number is divided: region, family (trade), kind (of outcome); empty for the whole"
    ),
    "label": gettext_lazy(
        "Region by its INSEE code, trade by the first letter of its ROME code, kind of outcome by its name; "
        "unknown where the message does not say; others: all that are not named in the same table, together"
    ),
    "number": gettext_lazy("How many, never fewer than ten people; or a share between 0 and 1"),
    "unit": gettext_lazy(
        "count, or share: of all searches until then, the estimated part back at work within six months, its "
        "95 % interval (low, high), what it would be if none or all of the silent had found work, and the "
        "part of the silent; rounded so that one step is ten people or more"
    ),
}
"""What each column means, in the language of the page."""

HEADLINE = ("share", "low", "high", "none", "all", "silence")


def editions_of(collective: Collective) -> QuerySet[Edition]:
    """Editions that were made, oldest first."""
    return Edition.objects.filter(collective=collective, made_at__isnull=False).order_by("month")


def open_rows(
    collective: Collective, *, editions: Iterable[Edition] | None = None
) -> Iterator[dict[str, Any]]:
    """Every figure told so far, or by some editions, in the order of its telling."""
    if editions is None:
        editions = editions_of(collective)
    rows = Told.objects.filter(edition__in=editions).order_by("edition__month", "pk")
    for row in rows:
        yield {
            "measure": row.measure,
            "first_month": f"{row.first:%Y-%m}",
            "last_month": f"{row.last:%Y-%m}",
            "dimension": row.dimension,
            "label": row.label,
            "number": row.number,
            "unit": "count",
        }
    for edition in editions:
        for name in HEADLINE:
            if name in edition.headline:
                yield {
                    "measure": "back_at_work" if name == "share" else f"back_at_work_{name}",
                    "first_month": "",
                    "last_month": f"{edition.month:%Y-%m}",
                    "dimension": "",
                    "label": "",
                    "number": edition.headline[name],
                    "unit": "share",
                }


def label_words(dimension: str, label: str) -> str:
    """How people read a label."""
    if label == OTHERS:
        return _("others together")
    if label == UNKNOWN:
        return _("not known")
    if dimension == "region":
        return {one.code: one.name for one in tables().regions}.get(label, label)
    if dimension == "family":
        return str(FAMILY_WORDS.get(label, label))
    return str(dict(Outcome.KINDS).get(label, label))


def parts_told(dimension: str, parts: Counter[str], whole: int) -> list[tuple[str, int]]:
    """How many of each label, large to small, what is not named last: together they are the whole."""
    if not parts:
        return []
    named = sorted(parts.most_common(), key=lambda one: one[0] in (OTHERS, UNKNOWN))
    rows = [(label_words(dimension, label), number) for label, number in named]
    rest = whole - parts.total()
    return [*rows, (_("in months told without detail"), rest)] if rest > 0 else rows
