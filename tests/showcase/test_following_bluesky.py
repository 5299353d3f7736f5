"""A list of people to follow as a list and a starter pack on a real Bluesky, and off it again."""

import pytest
from django.utils import timezone

from colibri.common.work import sweep
from colibri.federation.feeds.actions import ITEM, LIST, PACK
from colibri.showcase.actions import add_listed, show_list, stay_off, take_back_list, told_by_hand
from colibri.showcase.models import FollowList, Listed
from tests.federation.test_feeds_bluesky import collective_on
from tests.sample_world import account

pytestmark = [
    pytest.mark.bluesky,
    pytest.mark.timeout(400),
    pytest.mark.urls("tests.federation.feed_site"),
]


def work() -> None:
    for label in ("showcase.Listed", "showcase.FollowList"):
        sweep(now=timezone.now(), only={label})


@pytest.mark.django_db
def test_who_was_told_is_on_bluesky_and_who_refuses_is_not(bluesky, settings):
    collective, member = collective_on(bluesky, settings)
    found = FollowList.objects.create(
        collective=collective, maker=account("autrice"), byline="Pic", title="Souder", summary="Qui lire."
    )
    people = [bluesky.create_account(f"person{number}") for number in range(2)]
    for one in people:
        add_listed(found, "bluesky", one.handle, word="", email="", now=timezone.now())
    show_list(found, now=timezone.now())
    Listed.objects.update(due_at=timezone.now())
    work()
    assert set(Listed.objects.values_list("state", flat=True)) == {"by_hand"}
    assert bluesky.records(member.did, LIST) == []  # nobody was told

    for one in Listed.objects.all():
        told_by_hand(one, now=timezone.now())
    for _again in range(2):
        work()
        FollowList.objects.update(due_at=timezone.now())

    def named() -> set[str]:
        return {one["value"]["subject"] for one in bluesky.records(member.did, ITEM)}

    assert named() == {one.did for one in people}
    (pack,) = bluesky.records(member.did, PACK)
    (curated,) = bluesky.records(member.did, LIST)
    assert pack["value"]["list"] == curated["uri"]
    assert "Pic" in curated["value"]["description"]

    stay_off("bluesky", people[0].handle, now=timezone.now())
    work()
    assert named() == {people[1].did}
    take_back_list(found, now=timezone.now())
    work()
    assert (named(), bluesky.records(member.did, LIST), bluesky.records(member.did, PACK)) == (set(), [], [])
    found.refresh_from_db()
    assert found.on_bluesky_at is None
