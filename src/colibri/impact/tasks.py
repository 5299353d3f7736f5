"""Questions wait for their day like every other piece of work."""

from colibri.appeals.actions.notes import register_wording
from colibri.common import work
from colibri.impact.actions import (
    ask,
    count_day,
    give_up_asking,
    give_up_counting,
    give_up_edition,
    make_edition,
)
from colibri.impact.mails import follow_up, follow_up_note, found_how, it_helped
from colibri.impact.models import Day, Edition, FollowUp
from colibri.people.letters import register

work.register(FollowUp, ask, give_up_asking, "appeal__account", "appeal__collective", "appeal__identity")
work.register(Day, count_day, give_up_counting, "collective")
work.register(Edition, make_edition, give_up_edition, "collective")
register("follow_up", "follow_up", follow_up)
register("found_how", "follow_up", found_how)
register("it_helped", "thanks", it_helped)
register_wording("follow_up", follow_up_note)
