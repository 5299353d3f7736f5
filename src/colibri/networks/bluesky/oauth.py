"""Signing in on one's own server: the OAuth profile of AT Protocol.

Source: https://atproto.com/specs/oauth. Handle, identifier, document, server and authorisation server
are found in this order before anybody is sent anywhere, and what comes back must name the same ones.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from colibri.networks.addresses import Forbidden
from colibri.networks.base import Client, Grant, SignedIn
from colibri.networks.bluesky.authority import Authority, Party, authority_at, authority_of, refusal
from colibri.networks.bluesky.client import BlueskyNetwork
from colibri.networks.bluesky.directory import Directory, Home
from colibri.networks.bluesky.dpop import origin_of
from colibri.networks.bluesky.tokens import TokenSet, token_set
from colibri.networks.errors import Gone, NetworkError, Refused, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.jose import Key, base64url

__all__ = ["COLLECTIVE_SCOPE", "SCOPE", "BlueskyOAuth", "client_id", "client_metadata"]

_READS = ("app.bsky.actor.getProfile", "app.bsky.graph.getFollowers", "app.bsky.feed.getAuthorFeed")
_WRITES = ("app.bsky.feed.post", "app.bsky.feed.repost")
SCOPE = " ".join(
    ["atproto", *(f"repo:{name}" for name in _WRITES), *(f"rpc:{name}?aud=*" for name in _READS)]
)
"""What is asked for: posts and reposts written, profiles, followers and own posts read, nothing else."""
_PUBLISHES = (
    "app.bsky.feed.generator",
    "app.bsky.graph.list",
    "app.bsky.graph.listitem",
    "app.bsky.graph.starterpack",
)
COLLECTIVE_SCOPE = " ".join([SCOPE, *(f"repo:{name}" for name in _PUBLISHES)])
"""What a collective's own account is asked for beside: its feeds, its list and its starter pack."""
_BROAD_SCOPE = "atproto transition:generic"
_PURPOSE = "colibri: client key of AT Protocol OAuth"
_PROFILE = re.compile(r"https://bsky\.app/profile/([^/?#]+)")


def client_id(client: Client) -> str:
    """What this installation is called there: where its metadata stands or, on loopback, what says it all.

    Raises `Refused` for a site that is neither on https nor on a loopback address.
    """
    if client.site.startswith("https://"):
        return client.metadata
    # AT Protocol takes only these two for people's own machines, and no name.
    if urlsplit(client.redirect).hostname not in ("127.0.0.1", "::1"):
        raise Refused(f"sign-in needs https, or http://127.0.0.1: {client.site!r}")
    return "http://localhost?" + urlencode({"redirect_uri": client.redirect, "scope": _declared()})


def client_metadata(client: Client) -> dict[str, Any]:
    """The document to serve at `client.metadata`, its public key inside."""
    key = _client_key(client)
    return {
        "client_id": client.metadata,
        "client_name": client.name,
        "client_uri": client.site,
        "application_type": "web",
        "redirect_uris": [client.redirect],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "scope": _declared(),
        "dpop_bound_access_tokens": True,
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "ES256",
        "jwks": {"keys": [{**key.public, "kid": key.thumbprint, "alg": "ES256", "use": "sig"}]},
    }


@dataclass(frozen=True, slots=True)
class BlueskyOAuth:
    """See `networks.base.OAuth`; `address` is where those who signed in are spoken to from then on."""

    directory: Directory = field(default_factory=Directory)
    address: str = ""

    def begin(
        self,
        who: str,
        client: Client,
        registered: MutableMapping[str, dict[str, str]],
        guard: Guard,
        *,
        as_collective: bool = False,
    ) -> Grant:
        """Find the person's server, tell it what is asked for, and give the address to send them to.

        Nothing is kept in `registered`: a server reads who we are at our own address.
        """
        home, authority = self._where(who, guard)
        bound, verifier, state = Key.new(), secrets.token_urlsafe(48), secrets.token_urlsafe(32)
        party = Party(client_id(client), _proving(client), bound, guard)
        form = {
            "response_type": "code",
            "redirect_uri": client.redirect,
            "state": state,
            "code_challenge": base64url(hashlib.sha256(verifier.encode()).digest()),
            "code_challenge_method": "S256",
        }
        if home.did:
            form["login_hint"] = home.did
        pushed = _push(party, authority, form, COLLECTIVE_SCOPE if as_collective else SCOPE)
        kept = {
            "state": state,
            "verifier": verifier,
            "redirect": client.redirect,
            "dpop_key": bound.text,
            "did": home.did,
            "pds": home.pds,
            "issuer": authority.issuer,
            "token_endpoint": authority.token,
            "revocation_endpoint": authority.revoke,
        }
        query = urlencode({"client_id": party.client_id, "request_uri": pushed})
        return Grant(f"{authority.authorise}?{query}", state, kept)

    def finish(
        self, kept: Mapping[str, str], answer: Mapping[str, str], client: Client, guard: Guard
    ) -> SignedIn:
        """Change the code for tokens, which must be of the account and from the server found first."""
        if not hmac.compare_digest(answer.get("state", "").encode(), kept["state"].encode()):
            raise Unauthorised("an answer to another question")
        if answer.get("iss") != kept["issuer"]:
            raise Unauthorised(f"{answer.get('iss')!r} answers where {kept['issuer']} was asked")
        if "error" in answer or not answer.get("code"):
            raise Unauthorised(f"{kept['issuer']} says {answer.get('error', 'nothing')!r}")
        proving = _proving(client)
        blank = TokenSet(
            did=kept["did"],
            pds=kept["pds"],
            issuer=kept["issuer"],
            token_endpoint=kept["token_endpoint"],
            revocation_endpoint=kept["revocation_endpoint"],
            client_id=client_id(client),
            client_key=proving.text if proving else "",
            dpop_key=kept["dpop_key"],
            access="",
            refresh="",
            expires="0",
            scope="",
        )
        form = {
            "grant_type": "authorization_code",
            "code": answer["code"],
            "redirect_uri": kept["redirect"],
            "code_verifier": kept["verifier"],
        }
        given = blank.party(guard).tokens(blank.issuer, blank.token_endpoint, form)
        if not blank.did:
            blank = self._named_by(str(given.get("sub", "")), blank, guard)
        known = blank.renewed(given)
        if "atproto" not in known.scope.split():
            raise Unauthorised(f"{known.issuer} gives {known.scope!r}")
        network = BlueskyNetwork(self.address, guard, known.credentials)
        try:
            return SignedIn(network.fetch_actor(known.did), self.address, known.credentials)
        finally:
            network.close()

    def revoke(self, credentials: Mapping[str, str], address: str, client: Client, guard: Guard) -> None:
        """End the sign-in at its server. An app password has no such end: its owner revokes it."""
        known = token_set(credentials)
        if known is None or not known.revocation_endpoint:
            return
        status, body = known.party(guard).post(
            known.issuer, known.revocation_endpoint, {"token": known.refresh}
        )
        if status >= 400 and body.get("error") not in ("invalid_grant", "invalid_token"):
            raise refusal(status, body, known.revocation_endpoint)

    def _where(self, who: str, guard: Guard) -> tuple[Home, Authority]:
        """An account and who speaks for it, or a server alone. Raises `Gone` where there is neither."""
        typed = who.strip()
        if profile := _PROFILE.match(typed):
            typed = profile[1]
        if "://" in typed:
            try:
                return Home("", ""), _speaks_for(origin_of(typed), guard)
            except (Forbidden, ValueError) as fault:
                raise Gone(f"no server at {who!r}") from fault
        try:
            home = self.directory.home_of(typed, guard)
            return home, authority_of(home.pds, guard)
        except (Gone, Forbidden) as nobody:
            try:
                return Home("", ""), _speaks_for(origin_of(f"https://{typed}"), guard)
            except (NetworkError, ValueError):
                raise Gone(f"neither an account nor a server: {who!r}") from nobody

    def _named_by(self, did: str, blank: TokenSet, guard: Guard) -> TokenSet:
        """Tokens asked for by server alone: whoever they are of must have chosen this very server."""
        home = self.directory.home_of(did, guard)
        if authority_of(home.pds, guard).issuer != blank.issuer:
            raise Unauthorised(f"{blank.issuer} does not speak for {did}")
        return TokenSet(**{**blank.credentials, "did": home.did, "pds": home.pds})


def _speaks_for(server: str, guard: Guard) -> Authority:
    try:
        return authority_of(server, guard)
    except Gone:
        # An entryway keeps no accounts itself: it is the authorisation server of those that do.
        return authority_at(server, guard)


def _push(party: Party, authority: Authority, form: Mapping[str, str], fine: str) -> str:
    """Hand in the request ahead (RFC 9126); a server that knows no fine scopes is asked for the broad one."""
    for scope in (fine, _BROAD_SCOPE):
        status, body = party.post(authority.issuer, authority.push, {**form, "scope": scope})
        if body.get("error") != "invalid_scope":
            break
    if status >= 400:
        raise refusal(status, body, authority.push)
    pushed = body.get("request_uri")
    if not isinstance(pushed, str) or not pushed:
        raise Refused(f"{authority.push} took nothing")
    return pushed


def _declared() -> str:
    return f"{COLLECTIVE_SCOPE} {_BROAD_SCOPE.removeprefix('atproto ')}"


def _client_key(client: Client) -> Key:
    return Key.derived(client.secret, _PURPOSE)


def _proving(client: Client) -> Key | None:
    return _client_key(client) if client.site.startswith("https://") else None
