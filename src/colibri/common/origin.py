"""Where a request comes from, to count how often somebody knocks."""

from datetime import timedelta
from ipaddress import IPv4Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from colibri.common.actions import count

__all__ = ["knocks", "origin"]

AN_HOUR = timedelta(hours=1)


def origin(request: HttpRequest) -> str:
    """The address a request comes from; behind a proxy, what the nearest one says."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return _household(forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", ""))


def _household(address: str) -> str:
    """The address or, of IPv6, the network of 64 bits one household has: each of its addresses is theirs."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv4Address):
        return str(known)
    return str(known.ipv4_mapped or ip_network(f"{known}/64", strict=False))


def knocks(request: HttpRequest, door: str) -> int:
    """How often this account or, signed out, this address came to a door within the hour, now included."""
    who = request.user.pk if request.user.is_authenticated else origin(request)
    return count(f"{door} {who}", lasts=AN_HOUR)
