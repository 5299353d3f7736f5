"""Listening without end: one thread for each source, reconnecting with its cursor."""

import logging
import threading
import time
from collections.abc import Iterator

from django.conf import settings
from django.db import Error, close_old_connections
from django.utils import timezone

from colibri.common.troubles import OwnFault
from colibri.federation.actions import hear, note_silence
from colibri.federation.models import Source
from colibri.networks import registry
from colibri.networks.errors import NetworkError
from colibri.networks.items import Event
from colibri.people.actions import client_for
from colibri.people.queries import collective_identity, identity_at

__all__ = ["catch_up", "listen_for_ever"]

log = logging.getLogger(__name__)
LONGEST_PAUSE = 60.0


def events(source: Source) -> Iterator[Event]:
    """What the source says from its cursor on. Raises `NetworkError` when the stream is cut."""
    here = identity_at(source.collective, source.network, source.server)
    if here is not None:
        network = client_for(here)
    else:
        network = registry.connect(
            source.network, credentials=None, address=source.server, guard=settings.GUARD, on_refresh=None
        )
    own = here or collective_identity(source.collective, source.network)
    return network.listen(
        [source.collective.seekers_hashtag],
        reply_to_actor=own.actor_id if own else "",
        cursor=source.cursor,
    )


def listen_for_ever(source_pk: int, stop: threading.Event) -> None:
    """Hear a source until told to stop, with growing pauses where it cannot be reached."""
    pause = 1.0
    while not stop.is_set():
        close_old_connections()
        source = Source.objects.select_related("collective").get(pk=source_pk)
        try:
            for event in events(source):
                hear(source, event, now=timezone.now())
                pause = 1.0
                if stop.is_set():
                    return
        except (NetworkError, Error) as fault:
            log.warning("listening to %s: %s", source, fault)
            try:
                note_silence(source, fault if isinstance(fault, NetworkError) else OwnFault(str(fault)))
            except Error:
                log.exception("the database cannot be written")
        stop.wait(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def catch_up(source: Source, *, patience: float = 300.0) -> int:
    """Hear what waits now and return how many posts, edits and deletions came.

    It ends with the first tick of a stream that tells of now, or after `patience` seconds: the next
    time goes on there. Raises `NetworkError`.
    """
    heard = 0
    end = time.monotonic() + patience
    for event in events(source):
        hear(source, event, now=timezone.now())
        heard += event.kind != "tick"
        if (event.kind == "tick" and not event.behind) or time.monotonic() > end:
            break
    return heard
