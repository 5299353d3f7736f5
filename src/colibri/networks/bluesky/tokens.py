"""The tokens of one sign-in by OAuth: kept, sent, and renewed by one process at a time."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from colibri.networks.base import OnRefresh
from colibri.networks.bluesky.authority import Party
from colibri.networks.errors import Refused, Retryable, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.jose import Key
from colibri.networks.keeping import Keeper

__all__ = ["TokenSet", "Tokens", "token_set"]

_EARLY = 30  # seconds before its end from which a token is no longer sent
_PATIENCE, _LOOK_EVERY = 10.0, 0.2


@dataclass(frozen=True, slots=True)
class TokenSet:
    """Credentials of a sign-in by OAuth."""

    did: str
    pds: str
    issuer: str
    token_endpoint: str
    revocation_endpoint: str
    client_id: str
    client_key: str = field(repr=False)  # empty: a public client
    dpop_key: str = field(repr=False)
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires: str  # seconds since 1970
    scope: str

    @classmethod
    def of(cls, credentials: Mapping[str, str]) -> "TokenSet":
        """What `credentials` gave. Raises `Unauthorised` where it is none."""
        try:
            found = cls(**{name: str(credentials[name]) for name in cls.__slots__})
            int(found.expires)
            Key.from_text(found.dpop_key)
        except (KeyError, ValueError, TypeError) as fault:
            raise Unauthorised("these are no credentials") from fault
        return found

    @property
    def credentials(self) -> dict[str, str]:
        """What to keep sealed."""
        return {name: getattr(self, name) for name in self.__slots__}

    def party(self, guard: Guard) -> Party:
        """We as the server that gave these tokens knows us."""
        signs = Key.from_text(self.client_key) if self.client_key else None
        return Party(self.client_id, signs, Key.from_text(self.dpop_key), guard)

    def renewed(self, answer: Mapping[str, Any]) -> "TokenSet":
        """The same sign-in with what a token endpoint just gave. Raises `Unauthorised` for another's."""
        if answer.get("sub") != self.did:
            raise Unauthorised(f"{self.issuer} gives tokens of {answer.get('sub')!r}, not of {self.did}")
        access, refresh = answer.get("access_token"), answer.get("refresh_token")
        if not isinstance(access, str) or not access or not isinstance(refresh, str) or not refresh:
            raise Refused(f"{self.token_endpoint} gives no tokens")
        lasts = answer.get("expires_in")
        seconds = lasts if isinstance(lasts, int) and lasts > 0 else 300
        expires = int(datetime.now(UTC).timestamp()) + seconds
        scope = str(answer.get("scope") or self.scope)
        return replace(self, access=access, refresh=refresh, expires=str(expires), scope=scope)


def token_set(credentials: Mapping[str, str] | None) -> TokenSet | None:
    """The tokens of a sign-in by OAuth, None for credentials of another kind."""
    return TokenSet.of(credentials) if credentials and "dpop_key" in credentials else None


class Tokens:
    """One session's tokens; threads of this process may share it.

    A refresh token is good once, and whoever sends it again loses the session. Without locks in
    the database: where `on_refresh` is a `Keeper`, the right to renew is claimed by one conditional
    write, what is kept is read again, and only what nobody renewed meanwhile is sent; all others
    wait a little for the new tokens to appear.
    """

    def __init__(self, known: TokenSet, guard: Guard, on_refresh: OnRefresh | None) -> None:
        self.known = known
        self._guard = guard
        self._on_refresh = on_refresh
        self._lock = threading.Lock()

    def access(self) -> str:
        """A token that is still good for a moment, renewed where it must be."""
        if int(self.known.expires) - _EARLY <= datetime.now(UTC).timestamp():
            self.renew(self.known.access)
        return self.known.access

    def renew(self, worn: str) -> None:
        """Have other tokens than the worn one. Raises `Unauthorised` where the sign-in has ended."""
        with self._lock:
            if self.known.access != worn:
                return
            keeper = self._on_refresh if isinstance(self._on_refresh, Keeper) else None
            if keeper is not None and self._taken_over(keeper):
                return
            try:
                fresh = self._ask()
            except BaseException:
                if keeper is not None:
                    keeper.release()
                raise
            # Kept before they are used: the old ones are dead by now.
            if self._on_refresh is not None:
                self._on_refresh(fresh.credentials)
            self.known = fresh

    def _taken_over(self, keeper: Keeper) -> bool:
        """Whether another process renewed meanwhile; if not, the claim is ours."""
        end = time.monotonic() + _PATIENCE
        while not keeper.claim():
            if self._adopt(keeper):
                return True
            if time.monotonic() > end:
                raise Retryable("another process is renewing these tokens", after=30)
            time.sleep(_LOOK_EVERY)
        if self._adopt(keeper):
            keeper.release()
            return True
        return False

    def _adopt(self, keeper: Keeper) -> bool:
        kept = TokenSet.of(keeper.read())
        if kept.access == self.known.access:
            return False
        self.known = kept
        return True

    def _ask(self) -> TokenSet:
        known = self.known
        form = {"grant_type": "refresh_token", "refresh_token": known.refresh}
        return known.renewed(known.party(self._guard).tokens(known.issuer, known.token_endpoint, form))
