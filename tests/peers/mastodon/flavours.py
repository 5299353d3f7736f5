"""What servers that speak one API do differently."""

from dataclasses import dataclass

__all__ = ["GOTOSOCIAL", "MASTODON", "OLD_MASTODON", "Flavour"]


@dataclass(frozen=True, slots=True)
class Flavour:
    """One kind and version of server."""

    name: str
    version: str
    v2: bool = True  # /api/v2/instance
    account_uri: bool = True
    anonymous: bool = True  # may one read timelines without signing in?
    anonymous_streams: bool = False
    sse: bool = True
    metadata: bool = True  # /.well-known/oauth-authorization-server, and PKCE
    narrow_scopes: bool = True
    ulids: bool = False
    epoch_reset: bool = False  # X-RateLimit-Reset as seconds since 1970
    keeps_keys: bool = True  # Idempotency-Key


MASTODON = Flavour("mastodon", "4.3.1")
OLD_MASTODON = Flavour(
    "old mastodon", "3.5.3", v2=False, account_uri=False, anonymous_streams=True, metadata=False
)
GOTOSOCIAL = Flavour(
    "gotosocial",
    "0.17.3+git-abcdef0",
    account_uri=False,
    anonymous=False,
    sse=False,
    metadata=False,
    narrow_scopes=False,
    ulids=True,
    epoch_reset=True,
    keeps_keys=False,
)
