"""A session on Bluesky by OAuth: the SDK's client over a transport that signs each request."""

import httpx

from colibri.networks.base import OnRefresh
from colibri.networks.bluesky.dpop import NONCES, asks_for_nonce, origin_of, proof
from colibri.networks.bluesky.session import XrpcSession
from colibri.networks.bluesky.tokens import Tokens, TokenSet
from colibri.networks.guard import Guard
from colibri.networks.jose import Key
from colibri.networks.transport import GuardedTransport

__all__ = ["OAuthSession"]


class _Signing(httpx.BaseTransport):
    """Adds token and proof to what goes to the account's own server, and to nothing else."""

    def __init__(self, beneath: httpx.BaseTransport, tokens: Tokens) -> None:
        self._beneath = beneath
        self._tokens = tokens
        self._origin = origin_of(tokens.known.pds)
        self._key = Key.from_text(tokens.known.dpop_key)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send; once more with the nonce the server asks for, and once more with new tokens."""
        if origin_of(str(request.url)) != self._origin:
            return self._beneath.handle_request(request)
        token = self._tokens.access()
        answer = self._send(request, token)
        if answer.status_code == 401 and "invalid_token" in answer.headers.get("www-authenticate", ""):
            answer.close()
            self._tokens.renew(token)
            answer = self._send(request, self._tokens.access())
        return answer

    def close(self) -> None:
        """Close what lies below."""
        self._beneath.close()

    def _send(self, request: httpx.Request, token: str) -> httpx.Response:
        answer = self._once(request, token)
        if asks_for_nonce(answer.status_code, answer.headers):
            answer.close()
            answer = self._once(request, token)
        return answer

    def _once(self, request: httpx.Request, token: str) -> httpx.Response:
        url = str(request.url)
        request.headers["Authorization"] = f"DPoP {token}"
        request.headers["DPoP"] = proof(self._key, request.method, url, nonce=NONCES.of(url), token=token)
        answer = self._beneath.handle_request(request)
        NONCES.note(url, answer.headers)
        return answer


class OAuthSession(XrpcSession):
    """Queries and procedures of the server that keeps the account, by tokens of OAuth."""

    def __init__(self, known: TokenSet, guard: Guard, on_refresh: OnRefresh | None = None) -> None:
        self._tokens = Tokens(known, guard, on_refresh)
        super().__init__(known.pds, guard, transport=_Signing(GuardedTransport(guard), self._tokens))
        self.did = known.did

    @property
    def credentials(self) -> dict[str, str]:
        """What keeps this sign-in."""
        return self._tokens.known.credentials

    def renew(self) -> None:
        """Change the tokens for new ones; this fails once the sign-in was revoked."""
        self._tokens.renew(self._tokens.known.access)
