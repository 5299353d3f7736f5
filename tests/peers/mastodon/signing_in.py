"""How programs make themselves known to a stand-in server, and people sign in: OAuth 2 with PKCE."""

import base64
import hashlib
import secrets
from urllib.parse import urlencode

from tests.peers.mastodon.api import Answer, Asked, Stop, route
from tests.peers.mastodon.world import Token

NARROW = {
    "read:accounts", "read:statuses", "read:search", "read:notifications", "read:follows", "write:statuses",
}  # fmt: skip
KNOWN = {"read", "write", "profile", "follow", "push"}


def known_scopes(asked: Asked, scopes: str) -> set[str]:
    wanted = set(scopes.split())
    offered = KNOWN | (NARROW if asked.world.flavour.narrow_scopes else set())
    if not wanted or not wanted <= offered:
        raise Stop(422, "Validation failed: Scopes doesn't match configured on the server.")
    return wanted


@route("GET", "/.well-known/oauth-authorization-server")
def metadata(asked: Asked) -> Answer:
    if not asked.world.flavour.metadata:
        raise Stop(404, "Not found")
    origin = asked.world.origin
    return Answer(
        200,
        {
            "issuer": f"{origin}/",
            "authorization_endpoint": f"{origin}/oauth/authorize",
            "token_endpoint": f"{origin}/oauth/token",
            "revocation_endpoint": f"{origin}/oauth/revoke",
            "scopes_supported": sorted(KNOWN | NARROW),
            "code_challenge_methods_supported": ["S256"],
        },
    )


@route("POST", "/api/v1/apps", "client_name", "redirect_uris", "scopes", "website")
def register(asked: Asked) -> Answer:
    if not asked.get("client_name") or not asked.get("redirect_uris"):
        raise Stop(422, "Validation failed: Application name can't be blank")
    known_scopes(asked, asked.get("scopes", "read"))
    app = {
        "client_id": secrets.token_urlsafe(16),
        "client_secret": secrets.token_urlsafe(16),
        "name": asked.get("client_name"),
        "redirect": asked.get("redirect_uris"),
        "scopes": asked.get("scopes", "read"),
    }
    asked.world.apps[app["client_id"]] = app
    return Answer(200, {name: app[name] for name in ("client_id", "client_secret", "name")} | {"id": "1"})


AUTHORIZE = (
    "response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method",
)  # fmt: skip


def checked_app(asked: Asked) -> dict[str, str]:
    app = asked.world.apps.get(asked.get("client_id"))
    if app is None:
        raise Stop(401, "invalid_client")
    if asked.get("redirect_uri") != app["redirect"]:
        raise Stop(400, "invalid_redirect_uri")
    if not set(asked.get("scope").split()) <= set(app["scopes"].split()):
        raise Stop(400, "invalid_scope")
    if asked.get("response_type") != "code" or not asked.get("state"):
        raise Stop(400, "invalid_request")
    if asked.world.flavour.metadata and (
        asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge")
    ):
        raise Stop(400, "invalid_request: this server wants PKCE")
    return app


@route("GET", "/oauth/authorize", *AUTHORIZE)
def ask_for_consent(asked: Asked) -> Answer:
    app = checked_app(asked)
    return Answer(200, f"<h1>{app['name']}</h1><form method=post>")


@route("POST", "/oauth/authorize", *AUTHORIZE, "as", "decision")
def consent(asked: Asked) -> Answer:
    """What the button does; `as` stands for the session cookie of who is signed in at the server."""
    checked_app(asked)
    back = {"state": asked.get("state")}
    if asked.get("decision") == "allow":
        code = secrets.token_urlsafe(16)
        asked.world.codes[code] = {name: asked.get(name) for name in (*AUTHORIZE, "as")}
        back["code"] = code
    else:
        back |= {"error": "access_denied"}
    # The browser's own redirect is left to the test: nothing listens at the address it leads to.
    return Answer(200, "", {"X-Sent-To": f"{asked.get('redirect_uri')}?{urlencode(back)}"})


@route(
    "POST", "/oauth/token", "grant_type", "code", "client_id", "client_secret", "redirect_uri",
    "code_verifier", "scope",
)  # fmt: skip
def give_token(asked: Asked) -> Answer:
    app = asked.world.apps.get(asked.get("client_id"))
    if app is None or app["client_secret"] != asked.get("client_secret"):
        raise Stop(401, "invalid_client")
    if asked.get("grant_type") == "client_credentials":
        token = Token(None, frozenset(asked.get("scope", "read").split()), app["client_id"])
    elif asked.get("grant_type") == "authorization_code":
        token = exchanged(asked, app)
    else:
        raise Stop(400, "unsupported_grant_type")
    if not token.scopes <= set(app["scopes"].split()):
        raise Stop(400, "invalid_scope")
    name = secrets.token_urlsafe(24)
    asked.world.tokens[name] = token
    said = {"access_token": name, "token_type": "Bearer", "scope": " ".join(sorted(token.scopes))}
    if asked.world.tokens_last:
        said |= {"expires_in": asked.world.tokens_last}
    return Answer(200, said | {"created_at": 1767225600})


def exchanged(asked: Asked, app: dict[str, str]) -> Token:
    granted = asked.world.codes.pop(asked.get("code"), None)
    if granted is None or granted["client_id"] != app["client_id"]:
        raise Stop(400, "invalid_grant")
    if asked.get("redirect_uri") != granted["redirect_uri"]:
        raise Stop(400, "invalid_grant")
    if granted["code_challenge"] and asked.world.flavour.metadata:
        digest = hashlib.sha256(asked.get("code_verifier").encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != granted["code_challenge"]:
            raise Stop(400, "invalid_grant")
    account = asked.world.find_account(granted["as"])
    return Token(account, frozenset(granted["scope"].split()), app["client_id"])


@route("POST", "/oauth/revoke", "client_id", "client_secret", "token")
def revoke(asked: Asked) -> Answer:
    app = asked.world.apps.get(asked.get("client_id"))
    if app is None or app["client_secret"] != asked.get("client_secret"):
        raise Stop(403, "unauthorized_client")
    token = asked.world.tokens.get(asked.get("token"))
    if token is not None and token.client != app["client_id"]:
        raise Stop(403, "unauthorized_client")
    if token is not None:
        token.revoked = True
    return Answer(200, {})
