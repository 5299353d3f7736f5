"""Where a collective listens: places added and taken away."""

from colibri.federation.models import Source
from colibri.networks.registry import CAPABILITIES
from colibri.people.models import Collective, Identity

__all__ = ["SOURCES_MOST", "TooManySources", "add_source", "listen_where_we_are", "remove_source"]

SOURCES_MOST = 20
"""Listening points of one collective; each is a connection of its own."""


class TooManySources(Exception):
    """A collective listens at enough places already."""


def add_source(collective: Collective, network: str, server: str) -> Source:
    """Listen there too; listening there already changes nothing. Raises `TooManySources`."""
    known = Source.objects.filter(collective=collective)
    if known.filter(network=network, server=server).first() is None and known.count() >= SOURCES_MOST:
        raise TooManySources
    source, _made = Source.objects.get_or_create(collective=collective, network=network, server=server)
    return source


def remove_source(source: Source) -> None:
    """Listen there no more. What was heard stays."""
    source.delete()


def listen_where_we_are(identity: Identity) -> None:
    """A collective has an account on a server that hears only its own part of a network: listen there."""
    if identity.collective is not None and identity.server and not CAPABILITIES[identity.network].one_stream:
        add_source(identity.collective, identity.network, identity.server)
