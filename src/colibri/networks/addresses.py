"""Which addresses and which spellings of an address an outgoing request may use."""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from colibri.networks.errors import Refused

__all__ = ["Forbidden", "Target", "is_inside", "read_url"]

# IANA special-purpose address registries (RFC 6890 and its updates, read in November 2026).
_INSIDE_V4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
# Of IPv6 only global unicast is outside; within it, Teredo, ORCHID, 6to4 and documentation are not.
_OUTSIDE_V6 = ipaddress.IPv6Network("2000::/3")
_INSIDE_V6 = tuple(
    ipaddress.IPv6Network(block)
    for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_AUTHORITY_END = re.compile(r"[/?#]")
_DEFAULT_PORTS = {"https": 443, "http": 80, "wss": 443, "ws": 80}


class Forbidden(Refused):
    """A request that may not leave: it points inside, or can be read in two ways."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a URL points to, spelt in the one way that is left."""

    scheme: str
    host: str  # ASCII, lower case; an IPv6 address without brackets
    port: int

    @property
    def authority(self) -> str:
        """host:port, an IPv6 address in brackets."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def is_inside(address: str) -> bool:
    """Whether an IP address is anything but a plain address of the public Internet.

    Private, loopback, link-local, multicast and reserved ranges are inside, and so is all that
    may carry another address: v4-mapped and -compatible, NAT64, 6to4, Teredo.
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv4Address):
        return any(ip in block for block in _INSIDE_V4)
    if ip.scope_id is not None:
        return True
    return ip not in _OUTSIDE_V6 or any(ip in block for block in _INSIDE_V6)


def read_url(url: str) -> Target:
    """The target of an absolute URL. Raises `Forbidden` where two programs could read it differently."""
    if any(ord(c) <= 0x20 or c == "\x7f" or c == "\\" for c in url):
        raise Forbidden(f"a backslash, blank or control character in {url!r}")
    scheme, separator, rest = url.partition("://")
    scheme = scheme.lower()
    if not separator or scheme not in _DEFAULT_PORTS:
        raise Forbidden(f"no scheme of ours: {url!r}")
    authority = _AUTHORITY_END.split(rest, maxsplit=1)[0]
    if "@" in authority or "%" in authority:
        raise Forbidden(f"a user name or an escape before the path of {url!r}")
    if unicodedata.normalize("NFKC", authority) != authority or "\u3002" in authority:
        raise Forbidden(f"a host that other programs would read as another: {url!r}")
    try:
        parts = urlsplit(url)
        parsed = httpx.URL(url)
        port = parts.port
    except (ValueError, httpx.InvalidURL) as fault:
        raise Forbidden(f"not a URL: {url!r} ({fault})") from fault
    port = _DEFAULT_PORTS[scheme] if port is None else port
    host = parsed.raw_host.decode("ascii").lower()
    _check_port(port, url)
    return Target(scheme, _checked_host(host, url), port)


def _check_port(port: int, url: str) -> None:
    if port not in (80, 443) and not 1024 <= port <= 65535:
        raise Forbidden(f"port {port} is no web server's: {url!r}")


def _checked_host(host: str, url: str) -> str:
    if ":" in host:
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError as fault:
            raise Forbidden(f"not an IPv6 address: {url!r}") from fault
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Forbidden(f"not a host name: {url!r}")
    if _NUMBER.fullmatch(labels[-1]):
        try:
            plain = str(ipaddress.IPv4Address(host))
        except ValueError:
            plain = ""
        if plain != host:
            raise Forbidden(f"an IPv4 address in an unusual spelling: {url!r}")
    return host
