"""A plan looked at again in the middle of the day: others step in, and little moves."""

from datetime import UTC, datetime

from django.utils import timezone

from colibri.audiences.models import Audience
from colibri.people.models import Collective
from colibri.relays.actions.offers import end_offer
from colibri.relays.actions.revising import SETTLES
from colibri.relays.models import Boost, Digest, Plan
from tests.rooms import SEARCH, TAG

ACCOUNTANT = f"Comptable, je cherche un CDI à Lyon. #{TAG}"
EVENING = datetime(2026, 11, 20, 19, tzinfo=UTC)


def settle(village) -> None:
    village.clock.move_to(timezone.now() + SETTLES)
    village.work("relays.Plan")


def waiting() -> set[tuple[int, int]]:
    return set(Boost.objects.filter(state="planned").values_list("offer", "appeal"))


def test_when_a_relay_leaves_another_takes_over_what_they_had(village):
    leaving = village.lends("pic", followers=6, boosts_a_day=1)
    staying = village.lends("merle", followers=6, boosts_a_day=1)
    one, other = village.relayed("camille"), village.relayed("dominique", ACCOUNTANT)
    village.plans()
    assert len(waiting()) == 2
    orphan = Boost.objects.get(offer=leaving).appeal
    kept = other if orphan == one else one
    Boost.objects.filter(appeal=kept).update(gain=0.01)
    village.lends("pinson", followers=6, boosts_a_day=1)

    end_offer(leaving, undo=False, by="page", now=timezone.now())
    settle(village)

    assert (staying.pk, kept.pk) in waiting()  # what was planned stays
    assert orphan.pk in {appeal for _offer, appeal in waiting()}
    told = Plan.objects.get().figures["revised"]
    assert (told["added"], told["dropped"]) == (1, 0)


def test_nothing_changes_where_nothing_happened(village):
    village.lends("pic")
    village.lends("merle")
    village.relayed()
    plan = village.plans()
    before = waiting()

    Plan.objects.filter(pk=plan.pk).update(due_at=timezone.now())
    village.work("relays.Plan")

    assert waiting() == before
    assert village.states() == ["planned", "planned"]


def test_what_readers_were_shown_this_morning_counts_for_the_rest_of_the_day(village):
    Collective.objects.update(member_cap=1)
    asked = village.lends("pic", automatic=False, boosts_a_day=1)
    first = village.relayed("camille")
    plan = village.plans()
    assert set(Boost.objects.values_list("offer", "appeal")) == {(asked.pk, first.pk)}
    second = village.lends("merle", followers=0, boosts_a_day=2)
    village.world.follow("pic-1", "merle")
    Audience.objects.filter(identity=second.identity).update(due_at=timezone.now())
    village.work("audiences.Audience")
    village.relayed("dominique", ACCOUNTANT)

    Plan.objects.filter(pk=plan.pk).update(due_at=timezone.now())
    village.work("relays.Plan")

    assert not Boost.objects.filter(offer=second).exists()  # its one reader has had their one message


def test_what_people_were_asked_for_is_not_taken_from_them(village):
    asked = village.lends("pic", automatic=False, boosts_a_day=1)
    leaving = village.lends("merle", boosts_a_day=1)
    village.relayed("camille")
    village.plans()
    village.at(EVENING)
    village.work("relays.Digest")
    assert Boost.objects.get(offer=asked).state == "offered"
    village.relayed("dominique", ACCOUNTANT)

    end_offer(leaving, undo=False, by="page", now=timezone.now())
    settle(village)

    assert Boost.objects.get(offer=asked).state == "offered"
    assert Digest.objects.count() == 1


def test_a_relay_who_pauses_in_the_evening_changes_no_plan_any_more(village):
    leaving = village.lends("pic")
    village.relayed()
    plan = village.plans()
    village.at(datetime(2026, 11, 20, 21, 30, tzinfo=UTC))

    end_offer(leaving, undo=False, by="page", now=timezone.now())

    plan.refresh_from_db()
    assert plan.due_at is None


def test_who_cannot_be_served_is_told_to_the_animators_with_the_reason(village, client):
    village.lends("pic", regions=["84"])
    appeal = village.relayed("camille", SEARCH)
    Collective.objects.update(languages=["fr"])
    village.lends("merle", regions=["84"])
    village.relayed("dominique", ACCOUNTANT)
    village.plans()

    client.force_login(village.animator)
    page = client.get("/c/village/day/").content.decode()

    assert appeal.get_absolute_url() in page.split("Sans relais aujourd")[1]
    assert "aucun relais" in page
