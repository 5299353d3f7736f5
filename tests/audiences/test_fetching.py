"""Followers are fetched politely and kept as hashes and classes, never as names."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from colibri.audiences import actions
from colibri.audiences.actions import hash_member, want_audience
from colibri.audiences.models import Audience
from colibri.audiences.queries import attention_of, audiences_of, distinct_reach
from colibri.common.work import ATTEMPTS_MOST
from colibri.networks.items import Draft
from colibri.networks.memory import world as memory
from colibri.people.actions import connect_identity
from colibri.people.models import Identity
from tests.rooms import Village, everything_stored


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "FOLLOWERS_PER_PAGE", 2)


def wanted(village: Village, handle: str = "pic", followers: int = 5) -> Audience:
    """A relay's account is connected, its followers wanted and not fetched yet."""
    village.opens(handle)
    for number in range(followers):
        village.opens(f"{handle}-ami-{number}", "Recruteuse à Lyon" if number == 0 else "")
        village.world.follow(f"{handle}-ami-{number}", handle)
    return want_audience(village.connects(handle), now=timezone.now())


def test_followers_become_hashes_with_a_class_and_the_unknown_are_counted(village, small_pages):
    audience = wanted(village)
    village.work()
    audience.refresh_from_db()

    assert (audience.size, audience.unknown, audience.cursor, bytes(audience.fetching)) == (5, 4, "", b"")
    expected = sorted(hash_member(f"memory:pic-ami-{number}") for number in range(5))
    assert audience.members.tolist() == expected
    assert np.count_nonzero(audience.kinds) == 1
    assert distinct_reach([audience.identity_id]).share_unknown == pytest.approx(0.8)


def test_no_name_of_a_follower_is_stored_anywhere(village):
    wanted(village)
    village.work()

    kept = everything_stored()
    assert b"pic" in kept
    assert b"pic-ami" not in kept


def test_a_fetch_that_was_cut_goes_on_where_it_ended(village, small_pages):
    audience = wanted(village)
    village.world.fail("fetch_followers", "slow", seconds=0)
    village.world.fail("fetch_followers", "server_fault")
    village.work()
    audience.refresh_from_db()
    assert (audience.size, audience.cursor, audience.attempts) == (0, "2", 1)

    asked = []
    real = village.world.fetch_followers
    village.world.fetch_followers = lambda token, actor, cursor: (
        asked.append(cursor) or real(token, actor, cursor)
    )
    village.later(minutes=2)
    village.work()
    audience.refresh_from_db()

    assert asked == ["2", "4"]
    assert (audience.size, audience.attempts) == (5, 0)


def test_a_long_list_takes_several_turns(village, small_pages, monkeypatch):
    monkeypatch.setattr(actions, "PAGES_AT_ONCE", 2)
    audience = wanted(village)
    village.work()
    audience.refresh_from_db()
    assert (audience.fetched_at, audience.cursor) == (None, "4")

    village.work()
    audience.refresh_from_db()
    assert (audience.size, audience.cursor) == (5, "")


def test_followers_are_fetched_again_after_a_week(village):
    audience = wanted(village)
    village.work()
    village.opens("nouvelle")
    village.world.follow("nouvelle", "pic")
    village.later(days=6)
    village.work()
    audience.refresh_from_db()
    assert audience.size == 5

    village.later(days=1, minutes=1)
    village.work()
    audience.refresh_from_db()
    assert audience.size == 6


def test_a_fetch_given_up_keeps_what_was_known_and_begins_anew_the_next_day(village, small_pages):
    audience = wanted(village)
    Audience.objects.exclude(pk=audience.pk).delete()  # of the collective's own account
    village.work()
    village.later(days=7, minutes=1)
    village.world.fail("fetch_followers", "server_fault", times=ATTEMPTS_MOST)
    for _try in range(ATTEMPTS_MOST):
        village.work()
        village.later(hours=2)
    audience.refresh_from_db()
    assert (audience.size, audience.cursor) == (5, "")
    assert timezone.now() < audience.due_at <= timezone.now() + timedelta(days=1)

    village.later(days=1)
    village.work()
    audience.refresh_from_db()
    assert audience.due_at > timezone.now() + timedelta(days=6)


def test_a_refused_accounts_followers_wait_until_it_is_connected_again(village):
    audience = wanted(village)
    village.world.revoke("pic")
    village.work()
    audience.refresh_from_db()
    assert audience.due_at is None
    assert Identity.objects.get(handle="pic").refused_at is not None

    token = village.world.token_of("pic")
    connect_identity("memory", "pic", token, server=village.address, account=village.account("pic"))
    village.work()
    audience.refresh_from_db()
    assert (audience.size, Identity.objects.get(handle="pic").refused_at) == (5, None)


def test_who_follows_two_relays_is_reached_once(village):
    one, other = wanted(village, "pic"), wanted(village, "geai")
    village.world.follow("pic-ami-0", "geai")
    village.work()

    assert distinct_reach([one.identity_id]).people == 5
    assert distinct_reach([one.identity_id, other.identity_id]).people == 10


def test_attention_follows_how_posts_are_received(village):
    one, other = wanted(village, "pic"), wanted(village, "geai")
    for handle, likes in (("pic", 40), ("geai", 0)):
        for number in range(20):
            post = village.client(handle).publish(Draft("Une bonne nouvelle.", f"{handle}-{number}"))
            if likes:
                village.world.interact(post.uri, likes)
    village.work()
    fetched = audiences_of([one.identity_id, other.identity_id])

    assert fetched[one.identity_id].interactions == 800
    loved, ignored = attention_of([fetched[one.identity_id], fetched[other.identity_id]])
    assert loved > ignored > 0
