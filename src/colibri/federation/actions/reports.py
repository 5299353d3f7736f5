"""Reports of other servers' moderators: kept for the animators until one has looked at them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from colibri.federation.models import Flag
from colibri.people.models import Collective

__all__ = ["close_report", "forget_reports", "keep_report"]

TEXT_MOST = 5_000
OPEN_MOST = 50
"""Reports of one sender that wait at once; who sends more is answered as politely, and nothing is kept."""
KEPT = timedelta(days=180)


def keep_report(
    collectives: Iterable[Collective], sender: str, named: list[str], text: str, *, now: datetime
) -> None:
    """One for each collective it concerns."""
    for collective in collectives:
        if Flag.objects.filter(collective=collective, actor_id=sender, seen_at=None).count() < OPEN_MOST:
            Flag.objects.create(
                collective=collective,
                actor_id=sender,
                objects_named=named,
                text=text[:TEXT_MOST],
                received_at=now,
            )


def close_report(report: Flag, *, now: datetime) -> None:
    """An animator has looked at it: its words are forgotten."""
    Flag.objects.filter(pk=report.pk, seen_at=None).update(seen_at=now, text="")


def forget_reports(*, now: datetime) -> int:
    """What came half a year ago, looked at or not."""
    return Flag.objects.filter(received_at__lt=now - KEPT).delete()[0]
