"""Authorisation servers: who speaks for an account, and how they are spoken to."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from colibri.networks.bluesky.dpop import NONCES, asks_for_nonce, origin_of, proof
from colibri.networks.bluesky.faults import our_errors
from colibri.networks.errors import Gone, NetworkError, Refused, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.jose import Key
from colibri.networks.transport import error_for_status, fetch, guarded_client

__all__ = ["Authority", "Party", "authority_at", "authority_of", "refusal"]

_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_NOT_GOOD = {"invalid_grant", "invalid_client", "unauthorized_client", "access_denied", "invalid_dpop_proof"}


@dataclass(frozen=True, slots=True)
class Authority:
    """An authorisation server by its own metadata (RFC 8414)."""

    issuer: str
    authorise: str
    push: str
    token: str
    revoke: str


@dataclass(frozen=True, slots=True)
class Party:
    """We as an authorisation server meets us: named, proven by a key where we have one, bound to another."""

    client_id: str
    signs: Key | None  # None: a public client, which proves nothing
    bound: Key
    guard: Guard

    def post(self, issuer: str, url: str, form: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        """One request and its answer; asked for a nonce, it is made once more.

        Raises `Retryable` where the server is at fault or asks for patience, `Refused` for no answer at all.
        """
        for _ in range(2):
            answer = self._once(issuer, url, form)
            NONCES.note(url, answer.headers)
            body = _object_in(answer)
            if not asks_for_nonce(answer.status_code, answer.headers, str(body.get("error", ""))):
                break
        if answer.status_code == 429 or answer.status_code >= 500:
            raise error_for_status(answer.status_code, answer.headers, url)
        return answer.status_code, body

    def tokens(self, issuer: str, url: str, form: Mapping[str, str]) -> dict[str, Any]:
        """What the token endpoint gives. Raises `Unauthorised` where it says no."""
        status, body = self.post(issuer, url, form)
        if status >= 400:
            raise refusal(status, body, url)
        if str(body.get("token_type", "")).casefold() != "dpop":
            raise Unauthorised(f"{url} gives tokens that are not bound to our key")
        return body

    def _once(self, issuer: str, url: str, form: Mapping[str, str]) -> httpx.Response:
        filled = {"client_id": self.client_id, **form}
        if self.signs is not None:
            # Made anew for each try: a server takes each assertion once.
            filled |= {
                "client_assertion_type": _ASSERTION,
                "client_assertion": _assertion(self.client_id, self.signs, issuer),
            }
        headers = {"DPoP": proof(self.bound, "POST", url, nonce=NONCES.of(url)), "Accept": "application/json"}
        self.guard.check(url)
        with our_errors(url), guarded_client(self.guard) as client:
            return client.post(url, data=filled, headers=headers, follow_redirects=False)


def refusal(status: int, body: Mapping[str, Any], url: str) -> NetworkError:
    """What a refusal of an authorisation server means."""
    error = str(body.get("error", ""))
    message = f"{status} from {url}: {error} {str(body.get('error_description', ''))[:200]}"
    return Unauthorised(message) if error in _NOT_GOOD or status in (401, 403) else Refused(message)


def authority_of(pds: str, guard: Guard) -> Authority:
    """Who speaks for the accounts of a server, by the server's own word (RFC 9728).

    Raises `Gone` where the server says nothing, `Refused` where what it says does not hold together.
    """
    told = _metadata(guard, f"{pds}/.well-known/oauth-protected-resource")
    named = told.get("authorization_servers")
    if origin_of(str(told.get("resource", ""))) != pds or not isinstance(named, list) or len(named) != 1:
        raise Refused(f"{pds} does not name one authorisation server")
    return authority_at(str(named[0]), guard)


def authority_at(issuer: str, guard: Guard) -> Authority:
    """The authorisation server of this name. Raises `Refused` where it calls itself otherwise."""
    if origin_of(issuer) != issuer:
        raise Refused(f"not the name of an authorisation server: {issuer!r}")
    told = _metadata(guard, f"{issuer}/.well-known/oauth-authorization-server")
    if told.get("issuer") != issuer:
        raise Refused(f"{issuer} calls itself {told.get('issuer')!r}")
    able = told.get("dpop_signing_alg_values_supported"), told.get("code_challenge_methods_supported")
    if "ES256" not in (able[0] or ()) or "S256" not in (able[1] or ()):
        raise Refused(f"{issuer} does not know the signatures AT Protocol asks for")
    names = "authorization_endpoint", "pushed_authorization_request_endpoint", "token_endpoint"
    authorise, push, token = (str(told.get(name) or "") for name in names)
    for place in (authorise, push, token):
        guard.check(place)
    return Authority(issuer, authorise, push, token, str(told.get("revocation_endpoint") or ""))


def _metadata(guard: Guard, url: str) -> dict[str, Any]:
    answer = fetch(guard, url)
    if answer.history:
        raise Refused(f"{url} speaks through another address")
    found = _object_in(answer)
    if not found:
        raise Gone(f"{url} tells nothing")
    return found


def _object_in(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _assertion(client_id: str, key: Key, issuer: str) -> str:
    now = int(datetime.now(UTC).timestamp())
    claims = {"iss": client_id, "sub": client_id, "aud": issuer, "iat": now, "exp": now + 60}
    return key.sign({"typ": "JWT", "kid": key.thumbprint}, {**claims, "jti": secrets.token_urlsafe(16)})
