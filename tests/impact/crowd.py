"""Made-up searches, straight into the database: months of a collective, with what became of them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from colibri.appeals.models import Appeal
from colibri.impact.models import FollowUp, Outcome
from colibri.people.models import Collective

__all__ = ["collective_named", "searches_of"]


def collective_named(slug: str = "hirondelles") -> Collective:
    return Collective.objects.create(
        slug=slug, name=slug.title(), supporters_hashtag=slug, seekers_hashtag=f"{slug}R"
    )


def searches_of(
    collective: Collective, month: date, rows: Iterable[tuple[str, str, str, int]]
) -> list[FollowUp]:
    """Searches begun on the 5th of a month: region, ROME code, kind of outcome ("" for silence), and after
    how many days it was told.
    """
    began = datetime(month.year, month.month, 5, 12, tzinfo=UTC)
    rows = list(rows)
    appeals = Appeal.objects.bulk_create(
        Appeal(collective=collective, region=region, occupation=trade, state="active", accepted_at=began)
        for region, trade, _kind, _days in rows
    )
    made = FollowUp.objects.bulk_create(
        FollowUp(appeal=appeal, began_at=began, state="told" if kind else "going")
        for appeal, (_region, _trade, kind, _days) in zip(appeals, rows, strict=True)
    )
    Outcome.objects.bulk_create(
        Outcome(
            appeal=appeal,
            kind=kind,
            told_at=began + timedelta(days=days),
            happened_on=(began + timedelta(days=days)).date(),
        )
        for appeal, (_region, _trade, kind, days) in zip(appeals, rows, strict=True)
        if kind
    )
    return made
