"""What an address of the impact room names, in the sample world."""

from datetime import UTC, datetime

from colibri.appeals.models import Appeal
from colibri.common.signing import token
from colibri.impact.models import FollowUp

__all__ = ["impact_samples"]


def impact_samples(appeal: Appeal) -> dict[str, object]:
    """A search whose person was asked once."""
    began = datetime(2026, 11, 1, 9, tzinfo=UTC)
    follow_up = FollowUp.objects.create(appeal=appeal, began_at=began, asked=1)
    return {"impact:open_data.form": "csv", "impact:answer.token": token("follow_up", follow_up.pk)}
