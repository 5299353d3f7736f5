"""What an address of the impact room names, in the sample world."""

from datetime import UTC, datetime

from colibri.appeals.models import Appeal
from colibri.common.signing import token
from colibri.impact.models import Edition, FollowUp

__all__ = ["impact_samples"]


def impact_samples(appeal: Appeal) -> dict[str, object]:
    """A search whose person was asked once."""
    began = datetime(2026, 11, 1, 9, tzinfo=UTC)
    follow_up = FollowUp.objects.create(appeal=appeal, began_at=began, asked=1)
    Edition.objects.create(collective=appeal.collective, month=began.date(), made_at=began)
    return {
        "impact:open_data.form": "csv",
        "impact:answer.token": token("follow_up", follow_up.pk),
        "impact:situation.token": token("follow_up", follow_up.pk),
        "impact:report.period": "2026-11",
        "impact:report_as.period": "2026",
        "impact:report_as.form": "csv",
    }
