"""What our actors say is written down with where it goes, and goes out server by server.

A server gets its letters in turn, by one worker at a time: one that is dead or slow costs one attempt for all
of them, and holds up nobody else's.
"""

import json
import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from colibri.common.work import ring
from colibri.federation.actions.actors import asker
from colibri.federation.addresses import KEY
from colibri.federation.models import Activity, Delivery, Server
from colibri.networks.activitypub.asking import Asker
from colibri.networks.activitypub.reading import Document, host_of
from colibri.networks.errors import NetworkError, Refused, Retryable
from colibri.people.models import Identity

__all__ = [
    "block_server",
    "drop_stale",
    "drop_waiting",
    "hear_from",
    "record",
    "send_waiting",
    "suspend",
    "unblock_server",
    "wake_stranded",
]

TURN_SECONDS = 30.0
"""How long one server is written to before others have their turn."""
TRIES_MOST = 8
A_MINUTE = timedelta(minutes=1)
PROBE_AFTER = timedelta(days=1)
STALE_AFTER = timedelta(days=14)


@transaction.atomic
def record(
    identity: Identity,
    key: str,
    document: Document,
    *,
    inboxes: Iterable[str],
    public: bool = False,
    addressee: str = "",
    object_uri: str = "",
    now: datetime,
) -> Activity:
    """Write an activity down under its key, once, with its deliveries; the same key again changes nothing.

    Raises `Refused` for a key that is none of ours.
    """
    if not KEY.fullmatch(key):
        raise Refused(f"{key!r} is no key of ours")
    activity, made = Activity.objects.get_or_create(
        identity=identity,
        key=key,
        defaults={
            "kind": document["type"],
            "uri": document["id"],
            "object_uri": object_uri,
            "public": public,
            "addressee": addressee,
            "document": json.dumps(document, ensure_ascii=False),
            "made_at": now,
        },
    )
    if made:
        _plan_deliveries(activity, set(inboxes), now=now)
    return activity


def _plan_deliveries(activity: Activity, inboxes: set[str], *, now: datetime) -> None:
    hosts = {inbox: host for inbox in inboxes if (host := host_of(inbox))}
    wanted = set(hosts.values())
    Server.objects.bulk_create([Server(host=host) for host in sorted(wanted)], ignore_conflicts=True)
    servers = {server.host: server for server in Server.objects.filter(host__in=wanted, blocked_at=None)}
    Delivery.objects.bulk_create(
        Delivery(activity=activity, server=servers[host], inbox=inbox, planned_at=now)
        for inbox, host in sorted(hosts.items())
        if host in servers
    )
    # One that rests after a fault goes on resting, whatever more there is for it.
    awake = Server.objects.filter(pk__in=[server.pk for server in servers.values()], fault="")
    awake.update(due_at=now)
    for server in awake:
        ring(server)


def waiting(server: Server) -> QuerySet[Delivery]:
    """What is still to go to a server, least tried first, oldest first."""
    planned = Delivery.objects.filter(server=server, state="planned")
    return planned.order_by("tries", "pk").select_related("activity__identity")


def send_waiting(server: Server) -> datetime | None:
    """Send a server what waits for it. Returns now where its turn ended before its letters.

    Raises `Retryable` where it does not answer: it rests, then.
    """
    if server.blocked_at is not None:
        drop_waiting(waiting(server))
        return None
    end = time.monotonic() + TURN_SECONDS
    askers: dict[int, Asker] = {}
    while batch := list(waiting(server)[:20]):
        for delivery in batch:
            identity = delivery.activity.identity
            if identity.pk not in askers:
                askers[identity.pk] = asker(identity)
            _send(delivery, askers[identity.pk])
            _note_life(server)
            if time.monotonic() > end:
                return timezone.now()
    return None


def _send(delivery: Delivery, by: Asker) -> None:
    mine = Delivery.objects.filter(pk=delivery.pk, state="planned")
    try:
        by.deliver(delivery.inbox, str(delivery.activity.document).encode())
    except Retryable as error:
        mine.update(tries=F("tries") + 1, problem=str(error)[:300])
        # Where the server took others meanwhile, it is this letter it cannot take.
        mine.filter(tries__gte=TRIES_MOST, server__answered_at__gt=F("planned_at")).update(state="failed")
        raise
    except NetworkError as error:
        mine.update(state="failed", problem=str(error)[:300])
    else:
        mine.update(state="sent", problem="")


def _note_life(server: Server) -> None:
    """It answered: at most one write for each minute of its life."""
    now = timezone.now()
    if server.suspended_at is None and server.answered_at and now - server.answered_at < A_MINUTE:
        return
    Server.objects.filter(pk=server.pk).update(answered_at=now, suspended_at=None)
    server.answered_at, server.suspended_at = now, None


def suspend(server: Server, error: NetworkError) -> None:
    """It has not answered for long: it is asked again once a day, with one letter."""
    now = timezone.now()
    Server.objects.filter(pk=server.pk, suspended_at=None).update(suspended_at=now)
    Server.objects.filter(pk=server.pk).update(due_at=now + PROBE_AFTER)


def hear_from(host: str, *, now: datetime) -> None:
    """A server that was given up has spoken to us: it is written to again."""
    back = Server.objects.filter(host=host, suspended_at__isnull=False, blocked_at=None)
    back.update(suspended_at=None, due_at=now, attempts=0)


def drop_waiting(deliveries: QuerySet[Delivery]) -> int:
    """Letters that are no longer to be sent."""
    return Delivery.objects.filter(pk__in=deliveries.values("pk"), state="planned").update(state="dropped")


def drop_stale(*, now: datetime) -> int:
    """What could not be sent for two weeks is news no more."""
    return drop_waiting(Delivery.objects.filter(state="planned", planned_at__lt=now - STALE_AFTER))


def wake_stranded(*, now: datetime) -> int:
    """Servers for which something waits and that nobody will ask again by themselves."""
    asleep = Server.objects.filter(due_at=None, blocked_at=None, deliveries__state="planned")
    return Server.objects.filter(pk__in=asleep.values("pk")).update(due_at=now)


def block_server(host: str, *, now: datetime) -> None:
    """Nothing from there, nothing to there."""
    server, _made = Server.objects.get_or_create(host=host)
    Server.objects.filter(pk=server.pk).update(blocked_at=now, due_at=None)
    drop_waiting(waiting(server))


def unblock_server(host: str) -> None:
    """Speak with it again."""
    Server.objects.filter(host=host).update(blocked_at=None, fault="", attempts=0)
