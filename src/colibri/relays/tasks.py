"""Plans, boosts and digests wait for their turn; the clock starts each day's plan."""

from datetime import datetime
from zoneinfo import ZoneInfo

from colibri.common import work
from colibri.people.letters import register
from colibri.people.models import Collective
from colibri.relays.actions.boosts import give_up_boost, work_on_boost
from colibri.relays.actions.digests import give_up_digest, send_digest
from colibri.relays.actions.planning import give_up_plan, make_plan, plan_day
from colibri.relays.mails import evening
from colibri.relays.models import Boost, Digest, Plan

__all__ = ["plan_where_due"]

work.register(Plan, make_plan, give_up_plan)
work.register(Boost, work_on_boost, give_up_boost, "offer__identity__credential", "appeal", "publication")
work.register(Digest, send_digest, give_up_digest, "account", "plan__collective")
register("evening", "digest", evening, ways=("push",))


def plan_where_due(*, now: datetime) -> None:
    """Each collective past its hour of the plan gets today's, if it has none yet."""
    for collective in Collective.objects.all():
        local = now.astimezone(ZoneInfo(collective.time_zone))
        if local.hour >= collective.plan_hour:
            plan_day(collective, local.date(), now=now)
