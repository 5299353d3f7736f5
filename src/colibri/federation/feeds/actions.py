"""Making a collective's feeds, list and starter pack known on Bluesky, and keeping them so."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from colibri.common.states import WrongMove
from colibri.common.work import ring
from colibri.federation.feed_models import SHELF, Shelf
from colibri.federation.feeds.catalogue import GENERATOR, feeds, shortened
from colibri.federation.feeds.queries import listed, service_did
from colibri.networks.bluesky import BlueskyNetwork
from colibri.networks.bluesky.records import timestamp
from colibri.networks.errors import NetworkError, Refused, Unauthorised
from colibri.people.actions import client_for, give_consent, withdraw_consent
from colibri.people.models import Account, Collective
from colibri.people.queries import collective_identity

__all__ = [
    "ITEM",
    "LIST",
    "LIST_KEY",
    "PACK",
    "PACK_KEY",
    "be_listed",
    "be_listed_no_more",
    "give_up_shelf",
    "publish_feeds",
    "put_people",
    "put_shelf",
    "take_people_off",
    "touch_shelf",
]

LIST, ITEM, PACK = "app.bsky.graph.list", "app.bsky.graph.listitem", "app.bsky.graph.starterpack"
# One of each in an account: their keys are always the same, so that a second try is no second list.
LIST_KEY, PACK_KEY = "3kcolibri2222", "3kcolibri2223"


@transaction.atomic
def publish_feeds(collective: Collective, *, service: str = "", now: datetime) -> Shelf:
    """See to it that feeds, list and starter pack stand on Bluesky as they should.

    `service` is who answers for the feeds; by default this site under its own name (did:web).
    """
    service = service or service_did()
    shelf, _made = Shelf.objects.get_or_create(collective=collective, defaults={"service": service})
    Shelf.objects.filter(pk=shelf.pk).update(service=service)
    touch_shelf(collective, now=now)
    shelf.refresh_from_db()
    return shelf


def touch_shelf(collective: Collective, *, now: datetime) -> None:
    """Something changed: what was published is brought up to date; what never was stays unpublished."""
    shelf = Shelf.objects.filter(collective=collective).first()
    if shelf is None:
        return
    with suppress(WrongMove):  # it waits already
        SHELF.move(shelf, "planned")
    Shelf.objects.filter(pk=shelf.pk).update(due_at=now, attempts=0)
    ring(shelf)


def put_shelf(shelf: Shelf) -> None:
    """Write every record as it should be and delete what should not be. Raises `NetworkError`."""
    collective = shelf.collective
    own = collective_identity(collective, "bluesky")
    if own is None:
        raise Unauthorised(f"{collective} has no connected account on Bluesky")
    network = client_for(own)
    if not isinstance(network, BlueskyNetwork):
        raise Refused(f"{own} does not speak to Bluesky")
    try:
        with translation.override(next(iter(collective.languages), "fr")):
            _put_feeds(network, shelf)
            _put_list(network, shelf, own.actor_id)
    finally:
        network.close()
    with suppress(WrongMove):  # what was asked meanwhile is done by the next turn
        SHELF.move(shelf, "published", published_at=timezone.now())


def give_up_shelf(shelf: Shelf, error: NetworkError) -> None:
    """It stays as it is there; the row says why."""
    SHELF.move(shelf, "failed")


def be_listed(account: Account, collective: Collective, *, by: str, now: datetime) -> None:
    """Agree to be named among the collective's relays."""
    give_consent(collective, "be_listed", account=account, by=by, now=now)
    touch_shelf(collective, now=now)


def be_listed_no_more(account: Account, collective: Collective, *, by: str, now: datetime) -> None:
    """Take that yes back; the signal of it takes the name off."""
    withdraw_consent(collective, "be_listed", account=account, by=by, now=now)


def _put_feeds(network: BlueskyNetwork, shelf: Shelf) -> None:
    collective = shelf.collective
    for feed in feeds():
        sentence = _("%(title)s. People looking for work, whoever was seen least first. #%(hashtag)s") % {
            "title": feed.title(collective),
            "hashtag": collective.supporters_hashtag,
        }
        record = {
            "did": shelf.service,
            "displayName": shortened(feed.name(collective), 24),
            "description": shortened(sentence, 300),
            "createdAt": timestamp(shelf.since),
        }
        network.put_record(GENERATOR, feed.key, record)


def _put_list(network: BlueskyNetwork, shelf: Shelf, did: str) -> None:
    collective = shelf.collective
    title = _("%(collective)s: our relays") % {"collective": collective}
    words = _("They lend their accounts to people looking for work, and agreed to be named here.")
    described = {"name": shortened(title, 50), "description": words, "createdAt": timestamp(shelf.since)}
    everybody = f"at://{did}/{GENERATOR}/{feeds()[0].key}"
    put_people(network, did, (LIST_KEY, PACK_KEY), listed(collective), described, feed=everybody)


def put_people(
    network: BlueskyNetwork,
    did: str,
    keys: tuple[str, str],
    wanted: Mapping[str, str],
    described: Mapping[str, str],
    *,
    feed: str = "",
) -> None:
    """A list and, where it names anybody, a starter pack, under these two keys; raises `NetworkError`.

    `wanted` is who is named, by the record key of each; `described` name, description and createdAt of both.
    """
    key, pack = keys
    uri, since = f"at://{did}/{LIST}/{key}", described["createdAt"]
    network.put_record(LIST, key, {**described, "purpose": "app.bsky.graph.defs#curatelist"})
    _take_off(network, uri, wanted)
    for item, subject in wanted.items():
        network.put_record(ITEM, item, {"list": uri, "subject": subject, "createdAt": since})
    if wanted:
        more = {"feeds": [{"uri": feed}]} if feed else {}
        network.put_record(PACK, pack, {**described, "list": uri, **more})
    else:
        network.delete_record(PACK, pack)


def take_people_off(network: BlueskyNetwork, did: str, keys: tuple[str, str]) -> None:
    """Neither the list nor the starter pack of these two keys stands any more. Raises `NetworkError`."""
    key, pack = keys
    network.delete_record(PACK, pack)
    _take_off(network, f"at://{did}/{LIST}/{key}", {})
    network.delete_record(LIST, key)


def _take_off(network: BlueskyNetwork, uri: str, wanted: Mapping[str, str]) -> None:
    """Whoever the list at `uri` names and should not."""
    for key, record in network.own_records(ITEM).items():
        if record.get("list") == uri and (key not in wanted or record.get("subject") != wanted[key]):
            network.delete_record(ITEM, key)
