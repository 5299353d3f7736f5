"""Rows for the feeds: a collective with its Bluesky account, searches published there, boosts given."""

from datetime import UTC, datetime, timedelta
from itertools import count

from colibri.appeals.models import Appeal, Publication
from colibri.people.models import Account, Collective, Identity
from colibri.relays.models import Boost, Offer, Plan

NOW = datetime(2026, 11, 20, 15, 5, 30, tzinfo=UTC)
COLLECTIVE_DID = "did:plc:collective"
ALL = f"at://{COLLECTIVE_DID}/app.bsky.feed.generator/all"
_number = count(1)


def make_collective(
    did: str = COLLECTIVE_DID, handle: str = "collectif.test", slug: str = "village"
) -> Collective:
    collective = Collective.objects.create(
        slug=slug, name="Le Village", supporters_hashtag="village", seekers_hashtag="villageR"
    )
    Identity.objects.create(network="bluesky", actor_id=did, handle=handle, collective=collective)
    return collective


def make_search(
    collective: Collective, name: str = "", *, uri: str = "", accepted: datetime | None = None, **columns
):
    """A search accepted some days ago, its post standing on Bluesky."""
    name = name or f"person{next(_number)}"
    author = Identity.objects.create(network="bluesky", actor_id=f"did:plc:{name}", handle=f"{name}.test")
    appeal = Appeal.objects.create(
        collective=collective, identity=author, accepted_at=accepted or NOW - timedelta(days=3),
        **{"state": "active", "occupation": "J1501", "region": "53", **columns},
    )  # fmt: skip
    post = uri or f"at://did:plc:{name}/app.bsky.feed.post/3k{name}"
    return Publication.objects.create(
        appeal=appeal, identity=author, network="bluesky", state="live", uri=post
    )


def make_relay(collective: Collective, did: str = "", **columns) -> Offer:
    number = next(_number)
    account = Account.objects.create_user(f"relay{number}@example.org")
    identity = Identity.objects.create(
        network="bluesky",
        actor_id=did or f"did:plc:relay{number}",
        handle=f"relay{number}.test",
        account=account,
    )
    return Offer.objects.create(identity=identity, collective=collective, **columns)


def give(post: Publication, gain: float, *, at: datetime = NOW - timedelta(days=1)) -> Boost:
    """A boost that was given."""
    collective = post.appeal.collective
    plan, _ = Plan.objects.get_or_create(collective=collective, day=at.date())
    return Boost.objects.create(
        plan=plan, offer=make_relay(collective), appeal=post.appeal, publication=post,
        state="given", gain=gain, given_at=at,
    )  # fmt: skip
