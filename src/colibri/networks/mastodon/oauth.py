"""Signing in on one's own server: OAuth 2 with PKCE, the program registered where it is first needed."""

import base64
import hashlib
import hmac
import secrets
import socket
from collections.abc import Mapping, MutableMapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from colibri.networks.addresses import Forbidden
from colibri.networks.base import Client, Grant, SignedIn
from colibri.networks.errors import Gone, NetworkError, Refused, Retryable, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.mastodon.client import MastodonNetwork
from colibri.networks.mastodon.faults import our_errors
from colibri.networks.mastodon.servers import address_of, asked_for, names_under, origin_of
from colibri.networks.mastodon.session import ApiSession
from colibri.networks.transport import fetch

__all__ = ["SCOPES", "MastodonOAuth"]

SCOPES = (
    "read:accounts",  # whoami, followers
    "read:statuses",  # timelines, streams, own posts
    "read:search",  # a post or an account by its URI
    "read:notifications",  # private answers
    "write:statuses",  # publish, boost, answer
)
_OLD_SCOPES = ("read", "write:statuses")
_OLDEST_SCOPES = ("read", "write")
_LONGEST = 1000
_FOR_EVER = 10 * 366 * 86_400


class MastodonOAuth:
    """See `networks.base.OAuth`. What is asked of a server is no more than the verbs of a network need."""

    def begin(
        self,
        who: str,
        client: Client,
        registered: MutableMapping[str, dict[str, str]],
        guard: Guard,
        *,
        as_collective: bool = False,
    ) -> Grant:
        """Send somebody to the server that keeps their account; a collective's does nothing more."""
        origin = _home_of(who, guard)
        address = address_of(origin)
        app = registered.get(address)
        if app is None or app.get("redirect") != client.redirect or not _known(origin, app, guard):
            app = _register(origin, client, guard)
            registered[address] = app
        state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        # A server that knows no PKCE passes over it; one that does holds whoever comes back to it.
        asked = {
            "response_type": "code",
            "client_id": app["client_id"],
            "redirect_uri": client.redirect,
            "scope": app["scopes"],
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        kept = {**app, "origin": origin, "state": state, "verifier": verifier}
        return Grant(f"{origin}/oauth/authorize?{urlencode(asked)}", state, kept)

    def finish(
        self, kept: Mapping[str, str], answer: Mapping[str, str], client: Client, guard: Guard
    ) -> SignedIn:
        """They came back: their code is changed for a token, and the token says who they are."""
        origin, code = kept["origin"], answer.get("code", "")
        issuer = answer.get("iss", origin).rstrip("/")
        if answer.get("error") or not code:
            raise Unauthorised(f"{origin} says {answer.get('error', 'nothing')!r}")
        if not hmac.compare_digest(answer.get("state", "").encode(), kept["state"].encode()):
            raise Unauthorised(f"an answer to another question than the one asked of {origin}")
        if issuer != origin:
            raise Unauthorised(f"an answer of {issuer} where {origin} was asked")
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": kept["client_id"],
            "client_secret": kept["client_secret"],
            "redirect_uri": kept["redirect"],
            "code_verifier": kept["verifier"],
            "scope": kept["scopes"],
        }
        try:
            said = _post(guard, f"{origin}/oauth/token", form)
        except Forbidden:
            raise
        except (Refused, Gone) as fault:
            raise Unauthorised(f"{origin} takes the code for none: {fault}") from fault
        credentials = {
            "token": _string(said, "access_token"),
            "client_id": kept["client_id"],
            "client_secret": kept["client_secret"],
        }
        address = address_of(origin)
        try:
            _check_scopes(said.get("scope"), kept["scopes"])
            network = MastodonNetwork(address, guard, credentials)
            try:
                return SignedIn(network.whoami(), address, credentials, _end_of(said.get("expires_in")))
            finally:
                network.close()
        except Unauthorised:
            self.revoke(credentials, address, client, guard)
            raise

    def revoke(self, credentials: Mapping[str, str], address: str, client: Client, guard: Guard) -> None:
        """End a token. A server that no longer knows it, or us, has ended it."""
        origin = origin_of(address)
        form = {name: credentials.get(name, "") for name in ("client_id", "client_secret", "token")}
        try:
            fetch(guard, f"{origin}/oauth/revoke", method="POST", headers=_FORM, content=_encoded(form))
        except Forbidden:
            raise
        except (Unauthorised, Gone, Refused) as fault:
            if _still_good(origin, form["token"], guard):
                raise Refused(f"{origin} does not end a token: {fault}") from fault


_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


def _home_of(who: str, guard: Guard) -> str:
    """The origin of the server that keeps an account, or of the server itself. Raises `Gone`."""
    try:
        asked = asked_for(who, guard)
        origin = asked.origin
        if asked.handle:
            parts = urlsplit(names_under(guard).actor_of(asked.handle))
            origin = f"{parts.scheme}://{parts.netloc}"
        session = ApiSession(origin, guard)
        try:
            said = session.about
        finally:
            session.close()
    except Retryable as fault:
        if _unknown_name(fault):
            raise Gone(f"no server for {who!r}") from fault
        raise
    except (Refused, Unauthorised) as fault:
        raise Gone(f"no server that speaks Mastodon's API for {who!r}") from fault
    if not said.version:
        raise Gone(f"{origin} does not speak Mastodon's API")
    return origin


def _unknown_name(fault: BaseException) -> bool:
    below = fault.__cause__
    return isinstance(below, socket.gaierror) and below.errno in (socket.EAI_NONAME, socket.EAI_NODATA)


def _register(origin: str, client: Client, guard: Guard) -> dict[str, str]:
    """Make ourselves known. Servers that know no scopes so narrow are asked for the next wider ones."""
    fault: NetworkError = Refused(f"{origin} takes no programs")
    for scopes in _scopes_to_try(origin, guard):
        form = {
            "client_name": client.name,
            "redirect_uris": client.redirect,
            "scopes": " ".join(scopes),
            "website": client.site,
        }
        try:
            said = _post(guard, f"{origin}/api/v1/apps", form)
        except Forbidden:
            raise
        except Refused as error:
            fault = error
            continue
        return {
            "client_id": _string(said, "client_id"),
            "client_secret": _string(said, "client_secret"),
            "scopes": " ".join(scopes),
            "redirect": client.redirect,
        }
    raise fault


def _scopes_to_try(origin: str, guard: Guard) -> list[tuple[str, ...]]:
    every = [SCOPES, _OLD_SCOPES, _OLDEST_SCOPES]
    url = f"{origin}/.well-known/oauth-authorization-server"
    try:
        with our_errors(url):
            offered = set(fetch(guard, url).json()["scopes_supported"])
    except (Gone, Refused, Unauthorised):
        return every
    return [scopes for scopes in every if set(scopes) <= offered] or every


def _known(origin: str, app: Mapping[str, str], guard: Guard) -> bool:
    """Whether the server still knows us: some forget programs nobody used for a while."""
    form = {
        "grant_type": "client_credentials",
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
        "redirect_uri": app["redirect"],
        "scope": app["scopes"].split()[0],
    }
    try:
        said = _post(guard, f"{origin}/oauth/token", form)
    except Unauthorised:
        return False
    except (Gone, Refused):
        return True  # it gives no tokens to programs alone, or says it in another way
    ours = {name: app[name] for name in ("client_id", "client_secret")}
    _post(guard, f"{origin}/oauth/revoke", {**ours, "token": _string(said, "access_token")})
    return True


def _check_scopes(granted: Any, asked: str) -> None:
    if not isinstance(granted, str):
        return  # a server that does not say grants what was asked (RFC 6749, 5.1)
    given = set(granted.split())
    missing = [scope for scope in asked.split() if not {scope, scope.partition(":")[0]} & given]
    if missing:
        raise Unauthorised(f"not allowed: {' '.join(missing)}")


def _end_of(seconds: Any) -> datetime | None:
    """When a token ends on servers where tokens do (RFC 6749, 5.1); none of them can be renewed unasked."""
    if not isinstance(seconds, int) or not 0 < seconds < _FOR_EVER:
        return None
    return datetime.now(UTC) + timedelta(seconds=seconds)


def _still_good(origin: str, token: str, guard: Guard) -> bool:
    if not token:
        return False
    session = ApiSession(origin, guard, token)
    try:
        session.one("account_verify_credentials")
    except (Unauthorised, Gone):
        return False
    finally:
        session.close()
    return True


def _post(guard: Guard, url: str, form: Mapping[str, str]) -> Mapping[str, Any]:
    with our_errors(url):
        said = fetch(guard, url, method="POST", headers=_FORM, content=_encoded(form)).json()
    if not isinstance(said, dict):
        raise Refused(f"{url}: an answer that is no object")
    return said


def _encoded(form: Mapping[str, str]) -> bytes:
    return urlencode({name: value for name, value in form.items() if value}).encode()


def _string(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    if (
        not isinstance(value, str)
        or not value.isascii()
        or not value.isprintable()
        or not 0 < len(value) <= _LONGEST
    ):
        raise Refused(f"no {name} in the answer")
    return value
