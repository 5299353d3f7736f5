"""Hearing one event: what it changes and how far we are, in one transaction."""

import logging
from datetime import datetime

from django.db import InterfaceError, InternalError, OperationalError, transaction
from django.db.models import F

from colibri.appeals.actions.intake import take_in
from colibri.appeals.actions.posts import follow_deletion, follow_edit
from colibri.common.troubles import NO_TROUBLE, trouble
from colibri.federation.models import Source
from colibri.networks.errors import NetworkError
from colibri.networks.items import Event
from colibri.networks.plain import address_parts
from colibri.networks.registry import CAPABILITIES
from colibri.people.models import Collective
from colibri.people.queries import identity_at

__all__ = ["CANNOT_WRITE", "hand_down", "hear", "note_silence", "vouches"]

log = logging.getLogger(__name__)

CANNOT_WRITE = (OperationalError, InterfaceError, InternalError)
"""The database's fault, not the post's: read-only, locked, full, gone."""


def hear(source: Source, event: Event, *, now: datetime) -> None:
    """Hand an event down and keep its cursor with it: killed in between, it is heard again.

    A post that cannot be taken in is skipped, counted and logged, so that one never stops the rest;
    a database that cannot write raises, and the event is heard again.
    """
    progress = {"cursor": event.cursor, "heard_at": now, **NO_TROUBLE}
    try:
        with transaction.atomic():
            vouched = event.kind == "tick" or vouches(source, event)
            hand_down(source.collective, source.network, source.server, event, now=now, vouched=vouched)
            Source.objects.filter(pk=source.pk).update(**progress)
    except CANNOT_WRITE:
        raise
    except Exception:  # one post must not silence a source: it is named in the log and counted
        log.exception("%s could not be taken in", event.uri)
        Source.objects.filter(pk=source.pk).update(**progress, skipped=F("skipped") + 1)


def hand_down(
    collective: Collective, network: str, server: str, event: Event, *, now: datetime, vouched: bool = True
) -> None:
    """Hand to appeals what was posted, edited or deleted, wherever it was heard.

    Where nobody vouches for what is told (`vouches`), a post is taken in, since its author is asked before
    anything follows; an answer, an edit or a deletion is not believed.
    """
    if event.kind == "post" and event.post is not None:
        take_in(collective, network, server, event.post, now=now, vouched=vouched)
    elif event.kind == "edit" and event.post is not None:
        known = follow_edit(event.post, now=now) if vouched else None
        if known is None:  # the hashtag may have come with the edit
            take_in(collective, network, server, event.post, now=now, vouched=vouched)
    elif event.kind == "delete" and vouched:
        follow_deletion(event.uri, now=now)


def vouches(source: Source, event: Event) -> bool:
    """Whether a source tells of its own people, or is the collective's own server: others could invent.

    A network that one stream tells as a whole proves itself what it tells.
    """
    if CAPABILITIES[source.network].one_stream:
        return True
    if identity_at(source.collective, source.network, source.server) is not None:
        return True
    told = [event.uri] if event.post is None else [event.uri, event.post.author.id]
    here = source.server.rpartition("://")[2]
    return all(address_parts(uri).netloc == here for uri in told)


def note_silence(source: Source, error: NetworkError) -> None:
    """Remember why a source is not heard."""
    Source.objects.filter(pk=source.pk).update(**trouble(error))
