"""Feeds as Bluesky's servers ask for them."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from colibri.appeals.models import Appeal
from colibri.federation.feed_models import Shelf
from colibri.federation.feeds.actions import be_listed
from colibri.federation.feeds.catalogue import feeds, shortened
from colibri.federation.feeds.queries import listed
from colibri.people.actions import suspend, withdraw_consent
from colibri.people.models import Account, Block, Credential, Identity
from tests.federation.feed_rows import (
    ALL,
    COLLECTIVE_DID,
    NOW,
    give,
    make_collective,
    make_relay,
    make_search,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.federation.feed_site")]
SKELETON = "/xrpc/app.bsky.feed.getFeedSkeleton"


@pytest.fixture(autouse=True)
def moment(time_machine):
    cache.clear()
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def collective():
    return make_collective()


def feed_uri(key: str) -> str:
    return ALL.removesuffix("all") + key


def page(client, feed: str = ALL, **asked) -> dict:
    answer = client.get(SKELETON, {"feed": feed, **asked})
    assert answer.status_code == 200, answer.content
    return answer.json()


def uris(found: dict) -> list[str]:
    return [one["post"] for one in found["feed"]]


def test_whoever_was_seen_least_comes_first(client, collective):
    much, none, little = (make_search(collective, name) for name in ("much", "none", "little"))
    give(much, 5.0)
    give(little, 0.5)
    assert uris(page(client)) == [none.uri, little.uri, much.uri]


def test_what_was_given_long_ago_counts_less(client, collective):
    old, fresh = make_search(collective), make_search(collective)
    give(old, 3.0, at=NOW - timedelta(days=28))
    give(fresh, 1.0)
    assert uris(page(client)) == [old.uri, fresh.uri]


def test_among_those_seen_alike_each_day_draws_anew(client, collective, moment):
    for _ in range(8):
        make_search(collective)
    orders = set()
    for _ in range(5):
        assert uris(page(client)) == uris(page(client))
        orders.add(tuple(uris(page(client))))
        moment.shift(timedelta(days=1))
    assert len(orders) > 1
    assert len({frozenset(order) for order in orders}) == 1


def test_each_region_and_each_trade_has_its_feed(client, collective):
    nurse = make_search(collective, occupation="J1501", region="53")
    welder = make_search(collective, occupation="H2913", region="11")
    unknown = make_search(collective, occupation="", region="")
    assert uris(page(client, feed_uri("region-53"))) == [nurse.uri]
    assert uris(page(client, feed_uri("trade-h"))) == [welder.uri]
    assert set(uris(page(client))) == {nurse.uri, welder.uri, unknown.uri}
    assert page(client, feed_uri("trade-a")) == {"feed": []}


@pytest.mark.parametrize("state", ["draft", "submitted", "refused", "paused", "expired", "closed"])
def test_only_open_searches_are_shown(client, collective, state):
    make_search(collective, state=state)
    accepted = make_search(collective, state="accepted")
    assert uris(page(client)) == [accepted.uri]


def test_other_networks_other_collectives_and_posts_that_do_not_stand_are_left_out(client, collective):
    elsewhere, gone, shown = (make_search(collective) for _ in range(3))
    make_search(make_collective("did:plc:other", "other.test", "other"))
    elsewhere.network = "memory"
    gone.state = "deleted"
    elsewhere.save()
    gone.save()
    assert uris(page(client)) == [shown.uri]


def test_whom_the_collective_blocked_is_not_shown(client, collective):
    blocked, shown = make_search(collective), make_search(collective)
    Block.objects.create(collective=collective, identity=blocked.identity)
    assert uris(page(client)) == [shown.uri]


def walk(client, limit: int, between=lambda number: None) -> list[str]:
    found, cursor = [], {}
    for number in range(50):
        answer = page(client, limit=limit, **cursor)
        found += uris(answer)
        if "cursor" not in answer:
            return found
        cursor = {"cursor": answer["cursor"]}
        between(number)
    raise AssertionError("a feed without an end")


def test_pages_neither_repeat_nor_skip_while_searches_arrive_and_boosts_are_given(client, collective, moment):
    posts = [make_search(collective) for _ in range(23)]
    for number, post in enumerate(posts[:10]):
        give(post, float(number % 4))
    before = uris(page(client, limit=100))

    def meanwhile(number: int) -> None:
        moment.shift(timedelta(seconds=40))
        if number % 2:
            cache.clear()  # another process answers
        make_search(collective, accepted=timezone.now())
        give(posts[-number - 1], 9.0, at=timezone.now())

    assert walk(client, 4, meanwhile) == before
    assert len(before) == len(set(before)) == 23
    moment.shift(timedelta(minutes=2))
    assert len(uris(page(client, limit=100))) > 23


def test_whoever_withdraws_is_gone_from_the_next_page_and_nobody_else_is(client, collective):
    for _ in range(6):
        make_search(collective)
    order = uris(page(client, limit=6))
    first = page(client, limit=2)
    withdrawn = collective.appeals.get(publications__uri=order[3])
    withdrawn.state = "closed"
    withdrawn.save()
    second = page(client, limit=2, cursor=first["cursor"])
    third = page(client, limit=2, cursor=second["cursor"])
    assert [uris(one) for one in (first, second, third)] == [order[:2], [order[2]], order[4:]]
    assert "cursor" not in third


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({}, "InvalidRequest"),
        ({"feed": "all"}, "InvalidRequest"),
        ({"feed": "at://did:plc:collective/app.bsky.feed.generator"}, "InvalidRequest"),
        ({"feed": ALL.replace("all", "nothing")}, "UnknownFeed"),
        ({"feed": ALL.replace("plc:collective", "plc:nobody")}, "UnknownFeed"),
        ({"feed": ALL.replace("generator", "post")}, "UnknownFeed"),
        *(
            ({"feed": ALL, "limit": bad}, "InvalidRequest")
            for bad in ("0", "101", "-1", "x", "", "1.5", "²", "9" * 99, "0000000050999")
        ),
        *(
            ({"feed": ALL, "cursor": bad}, "InvalidRequest")
            for bad in ("x", "1.2", "1.2.3.4", "-1.0.0", "1.2.²", "9" * 99, "999999999999.0.1")
        ),
    ],
)  # fmt: skip
def test_bad_questions_are_answered_as_xrpc_asks(client, collective, asked, error):
    answer = client.get(SKELETON, asked)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_nobody_writes_by_asking(client, collective):
    assert client.post(SKELETON, {"feed": ALL}).status_code == 405


def test_a_page_costs_few_questions_however_many_searches(client, collective, django_assert_max_num_queries):
    for number in range(30):
        give(make_search(collective), float(number))
    with django_assert_max_num_queries(6):
        page(client)


def test_the_site_says_who_answers_and_for_which_feeds(client, collective, settings):
    settings.SITE_URL = "https://colibri.example.org"
    document = client.get("/.well-known/did.json").json()
    assert document["id"] == "did:web:colibri.example.org"
    assert document["service"] == [
        {"id": "#bsky_fg", "type": "BskyFeedGenerator", "serviceEndpoint": "https://colibri.example.org"}
    ]
    described = client.get("/xrpc/app.bsky.feed.describeFeedGenerator").json()
    assert described == {"did": "did:web:colibri.example.org", "feeds": []}
    Credential.objects.create(identity=collective.identities.get(), secret="{}")
    Shelf.objects.create(collective=collective, service=document["id"], published_at=NOW)
    described = client.get("/xrpc/app.bsky.feed.describeFeedGenerator").json()
    assert [one["uri"] for one in described["feeds"]] == [feed_uri(feed.key) for feed in feeds()]
    assert len(feeds()) == 1 + 18 + 14
    assert all(one["uri"].startswith(f"at://{COLLECTIVE_DID}/") for one in described["feeds"])


def test_a_long_name_is_shortened_between_characters():
    assert shortened("Bretagne", 24) == "Bretagne"
    assert shortened("Provence-Alpes-Côte d'Azur", 24) == "Provence-Alpes-Côte d'A…"
    assert shortened("👨‍👩‍👧‍👦" * 3, 2) == "👨‍👩‍👧‍👦…"


def test_only_relays_who_agreed_and_still_lend_are_listed(collective):
    agreed, silent, ended, blocked = (make_relay(collective) for _ in range(4))
    for offer in (agreed, ended, blocked):
        be_listed(offer.identity.account, collective, by="page", now=NOW)
    ended.ended_at = NOW
    ended.save()
    Block.objects.create(collective=collective, identity=blocked.identity)
    assert list(listed(collective).values()) == [agreed.identity.actor_id]
    assert listed(collective) == listed(collective)
    assert silent.identity.actor_id not in listed(collective).values()


def test_whoever_is_shut_out_is_in_no_feed_and_on_no_list_at_once(client, collective):
    offer, post = make_relay(collective), make_search(collective)
    be_listed(offer.identity.account, collective, by="page", now=NOW)
    Shelf.objects.create(collective=collective, service="did:web:x.example", state="published")
    author = Account.objects.create_user("camille@example.org")
    Identity.objects.filter(pk=post.identity_id).update(account=author)
    Appeal.objects.update(state="accepted")
    assert uris(page(client)) == [post.uri]

    for account in (author, offer.identity.account):
        suspend(account, now=NOW)

    assert (uris(page(client)), listed(collective)) == ([], {})
    assert Shelf.objects.get(collective=collective).due_at == NOW


def test_a_yes_taken_back_wakes_the_work_that_takes_the_name_off(collective):
    offer = make_relay(collective)
    account = offer.identity.account
    be_listed(account, collective, by="page", now=NOW)
    Shelf.objects.create(collective=collective, service="did:web:x", state="published")
    withdraw_consent(collective, "be_listed", account=account, by="page", now=NOW)
    shelf = Shelf.objects.get()
    assert (shelf.state, shelf.due_at, listed(collective)) == ("planned", NOW, {})


def test_a_relay_agrees_and_leaves_on_a_page_that_says_what_for(client, collective):
    offer = make_relay(collective)
    place = "/c/village/listed/"
    assert client.get(place).status_code == 302
    client.force_login(offer.identity.account)
    assert client.get(place).status_code == 200
    assert listed(collective) == {}
    client.post(place, {"agree": "1"})
    assert list(listed(collective).values()) == [offer.identity.actor_id]
    client.post(place)
    assert listed(collective) == {}
