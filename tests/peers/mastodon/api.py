"""The API of a stand-in server, strict about who asks for what and with which parameters.

Written from https://docs.joinmastodon.org/methods/. A parameter the documentation does not name is 422, a
method it does not name 404.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.peers.mastodon.documents import account_json, instance_json, old_instance_json, status_json
from tests.peers.mastodon.world import Account, Status, Token, World

__all__ = ["ROUTES", "Answer", "Asked", "Route", "answer"]

PAGED = ("max_id", "since_id", "min_id", "limit")


@dataclass(slots=True)
class Answer:
    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class Stop(Exception):
    """An error the API documents."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.answer = Answer(status, {"error": error})


@dataclass(slots=True)
class Asked:
    """One request, read."""

    world: World
    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    parts: Sequence[str] = ()
    token: Token | None = None

    def get(self, name: str, default: str = "") -> str:
        return self.query.get(name, [default])[0]

    @property
    def me(self) -> Account:
        if self.token is None or self.token.account is None:
            raise Stop(401, "This method requires an authenticated user")
        return self.token.account


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str
    parameters: tuple[str, ...]
    scope: str  # "" is public
    give: Callable[[Asked], Answer]


ROUTES: list[Route] = []


def route(method: str, path: str, *parameters: str, scope: str = "") -> Callable[[Any], Any]:
    def add(give: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
        ROUTES.append(Route(method, path, parameters, scope, give))
        return give

    return add


def answer(asked: Asked) -> Answer:
    """What the server answers; never an exception of its own."""
    for known in ROUTES:
        found = re.fullmatch(known.path, asked.path)
        if not found or known.method != asked.method:
            continue
        asked.parts = found.groups()
        try:
            unknown = {name.removesuffix("[]") for name in asked.query} - set(known.parameters)
            if unknown:
                raise Stop(422, f"unknown parameters: {sorted(unknown)}")
            check_token(asked, known.scope)
            return known.give(asked)
        except Stop as stop:
            return stop.answer
    return Answer(404, {"error": "Not found"})


def check_token(asked: Asked, scope: str) -> None:
    words = asked.headers.get("Authorization", "").split(" ")
    if words[0] == "Bearer":
        asked.token = asked.world.tokens.get(words[-1])
        if asked.token is None or asked.token.revoked:
            raise Stop(401, "The access token was revoked" if asked.token else "The access token is invalid")
    if not scope:
        return
    if asked.token is None:
        raise Stop(401, "This method requires an authenticated user")
    if not {scope, scope.partition(":")[0]} & asked.token.scopes:
        raise Stop(403, "This action is outside the authorized scopes")


def page(asked: Asked, rows: Sequence[tuple[str, Any]], most: int) -> tuple[list[Any], dict[str, str]]:
    """One page of rows that are newest first, and its Link header, as Mastodon pages."""
    limit = min(int(asked.get("limit", "20")), most)
    low = asked.get("min_id") or asked.get("since_id")
    high = asked.get("max_id")
    kept = [
        (name, row)
        for name, row in rows
        if (not low or (len(name), name) > (len(low), low))
        and (not high or (len(name), name) < (len(high), high))
    ]
    shown = kept[-limit:] if asked.get("min_id") else kept[:limit]
    links = {}
    if shown:
        base = f"{asked.world.origin}{asked.path}"
        following = f'<{base}?{urlencode({"limit": limit, "max_id": shown[-1][0]})}>; rel="next"'
        previous = f'<{base}?{urlencode({"limit": limit, "min_id": shown[0][0]})}>; rel="prev"'
        # Mastodon names a next page only behind a full one.
        links["Link"] = f"{following}, {previous}" if len(shown) == limit else previous
    return [row for _, row in shown], links


def account_at(asked: Asked) -> Account:
    account = asked.world.accounts.get(asked.parts[0])
    if account is None:
        raise Stop(404, "Record not found")
    return account


def visible(asked: Asked, status: Status) -> bool:
    viewer = asked.token.account if asked.token else None
    return status.visibility in ("public", "unlisted") or (
        viewer is not None and (status.author is viewer or viewer in status.mentions)
    )


def status_at(asked: Asked) -> Status:
    status = asked.world.statuses.get(asked.parts[0])
    if status is None or status.deleted or not visible(asked, status):
        raise Stop(404, "Record not found")
    return status


def shown(asked: Asked, status: Status) -> dict[str, Any]:
    return status_json(asked.world, status, asked.token.account if asked.token else None)


@route("GET", "/api/v2/instance/?")
def instance(asked: Asked) -> Answer:
    if not asked.world.flavour.v2:
        raise Stop(404, "Not found")
    return Answer(200, instance_json(asked.world))


@route("GET", "/api/v1/instance/?")
def old_instance(asked: Asked) -> Answer:
    return Answer(200, old_instance_json(asked.world))


@route("GET", "/.well-known/webfinger", "resource")
def webfinger(asked: Asked) -> Answer:
    account = asked.world.find_account(asked.get("resource").removeprefix("acct:"))
    if account is None or account.home is not asked.world:
        raise Stop(404, "Not found")
    links = [
        {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": account.url},
        {"rel": "self", "type": "application/activity+json", "href": account.uri},
    ]
    return Answer(200, {"subject": f"acct:{account.handle}", "links": links})


@route("GET", "/users/[^/]+/statuses/([^/]+)")
def activity(asked: Asked) -> Answer:
    status = asked.world.statuses.get(asked.parts[0])
    if status is None or status.visibility not in ("public", "unlisted"):
        raise Stop(404, "Not found")
    if status.deleted:
        return Answer(410, {"type": "Tombstone", "id": status.uri})
    return Answer(200, {"type": "Note", "id": status.uri})


@route("GET", "/api/v1/accounts/verify_credentials", scope="read:accounts")
def verify_credentials(asked: Asked) -> Answer:
    return Answer(200, account_json(asked.world, asked.me) | {"source": {"privacy": "public"}})


@route("GET", "/api/v1/accounts/lookup", "acct")
def lookup(asked: Asked) -> Answer:
    if not asked.world.flavour.anonymous and asked.token is None:
        raise Stop(401, "Unauthorized: token not supplied")
    account = asked.world.find_account(asked.get("acct"))
    if account is None or account not in asked.world.accounts.values():
        raise Stop(404, "Record not found")
    return Answer(200, account_json(asked.world, account))


@route("GET", "/api/v1/accounts/([^/]+)")
def account(asked: Asked) -> Answer:
    return Answer(200, account_json(asked.world, account_at(asked)))


@route("GET", "/api/v1/accounts/([^/]+)/followers", *PAGED, scope="read:accounts")
def followers(asked: Asked) -> Answer:
    known = account_at(asked).followers
    # The numbers of a page are those of the follows, not of the people.
    rows = [(str(number), one) for number, one in enumerate(known, 1000)][::-1]
    found, links = page(asked, rows, 80)
    return Answer(200, [account_json(asked.world, one) for one in found], links)


@route("GET", "/api/v1/accounts/([^/]+)/statuses", *PAGED, "exclude_reblogs", "exclude_replies")
def account_statuses(asked: Asked) -> Answer:
    author = account_at(asked)
    rows = asked.world.timeline(
        lambda one: (
            one.author is author
            and visible(asked, one)
            and not (asked.get("exclude_reblogs") and one.reblog)
            and not (asked.get("exclude_replies") and one.answers)
        )
    )
    found, links = page(asked, rows, 40)
    return Answer(200, [shown(asked, one) for one in found], links)


@route("GET", "/api/v1/statuses/([^/]+)")
def status(asked: Asked) -> Answer:
    return Answer(200, shown(asked, status_at(asked)))


@route(
    "POST", "/api/v1/statuses", "status", "in_reply_to_id", "visibility", "language", "sensitive",
    scope="write:statuses",
)  # fmt: skip
def post_status(asked: Asked) -> Answer:
    me, text, world = asked.me, asked.get("status"), asked.world
    key = (me.user, asked.headers.get("Idempotency-Key", ""))
    if key[1] and world.flavour.keeps_keys and key in world.keys:
        return Answer(200, shown(asked, world.keys[key]))
    most = 5000 if world.flavour.ulids else 500
    if not text.strip() or len(re.sub(r"(@[\w.-]+)@\S+", r"\1", text)) > most:
        raise Stop(422, f"Validation failed: Text character limit of {most} exceeded")
    visibility = asked.get("visibility", "public")
    if visibility not in ("public", "unlisted", "private", "direct"):
        raise Stop(422, "Validation failed: visibility")
    answered = None
    if name := asked.get("in_reply_to_id"):
        answered = world.statuses.get(name)
        if answered is None or answered.deleted:
            raise Stop(404, "The post you are trying to reply to does not appear to exist.")
    made = world.post(
        me, text, visibility=visibility, answers=answered, language=asked.get("language") or "en"
    )
    world.keys[key] = made
    return Answer(200, shown(asked, made))


@route("GET", "/api/v1/statuses/([^/]+)/reblogged_by")
def reblogged_by(asked: Asked) -> Answer:
    boosted = status_at(asked)
    boosts = [one for one in list(asked.world.statuses.values()) if one.reblog is boosted and not one.deleted]
    return Answer(200, [account_json(asked.world, one.author) for one in boosts])


@route("GET", "/api/v1/statuses/([^/]+)/favourited_by")
def favourited_by(asked: Asked) -> Answer:
    status_at(asked)
    return Answer(200, [])


@route("DELETE", "/api/v1/statuses/([^/]+)", scope="write:statuses")
def delete_status(asked: Asked) -> Answer:
    found = status_at(asked)
    if found.author is not asked.me:
        raise Stop(404, "Record not found")
    said = shown(asked, found)
    asked.world.delete(found)
    return Answer(200, said)


@route("POST", "/api/v1/statuses/([^/]+)/reblog", "visibility", scope="write:statuses")
def reblog(asked: Asked) -> Answer:
    found = status_at(asked)
    if found.visibility not in ("public", "unlisted"):
        raise Stop(403, "This action is not allowed")
    return Answer(200, shown(asked, asked.world.boost(asked.me, found)))


@route("POST", "/api/v1/statuses/([^/]+)/unreblog", scope="write:statuses")
def unreblog(asked: Asked) -> Answer:
    found = status_at(asked)
    standing = asked.world.boost_of(asked.me, found)
    if standing:
        asked.world.delete(standing)
    return Answer(200, shown(asked, found))


@route("GET", "/api/v1/timelines/tag/([^/]+)", *PAGED)
def hashtag_timeline(asked: Asked) -> Answer:
    if not asked.world.flavour.anonymous and asked.token is None:
        raise Stop(401, "Unauthorized: token not supplied")
    tag = asked.parts[0].lower()
    rows = asked.world.timeline(
        lambda one: one.visibility == "public" and tag in [known.lower() for known in one.tags]
    )
    found, links = page(asked, rows, 40)
    return Answer(200, [shown(asked, one) for one in found], links)


@route("GET", "/api/v1/notifications", *PAGED, "types", scope="read:notifications")
def notifications(asked: Asked) -> Answer:
    if asked.query.get("types[]") != ["mention"]:
        raise Stop(422, "only mentions are known here")
    rows = [
        (name, (name, one))
        for name, whose, one in reversed(asked.world.notices)
        if whose is asked.me and not one.deleted
    ]
    found, links = page(asked, rows, 80)
    said = [
        {
            "id": name,
            "type": "mention",
            "created_at": one.created.isoformat(),
            "account": account_json(asked.world, one.author),
            "status": shown(asked, one),
        }
        for name, one in found
    ]
    return Answer(200, said, links)


@route("GET", "/api/v2/search", "q", "type", "resolve", "limit")
def search(asked: Asked) -> Answer:
    if asked.get("resolve") and asked.token is None:
        raise Stop(
            401, "Search queries that resolve remote resources are not supported without authentication"
        )
    if asked.token and not {"read", "read:search"} & asked.token.scopes:
        raise Stop(403, "This action is outside the authorized scopes")
    wanted, world = asked.get("q"), asked.world
    home = world.fediverse.get(urlsplit(wanted).netloc) if "://" in wanted else None
    accounts = [world.find_account(wanted)] if home is None and "@" in wanted else []
    statuses: list[Status] = []
    if home and asked.get("resolve"):
        accounts = [
            one for one in list(home.accounts.values()) if one.home is home and wanted in (one.uri, one.url)
        ]
        statuses = [one for one in list(home.statuses.values()) if one.uri == wanted and visible(asked, one)]
    return Answer(
        200,
        {
            "accounts": [account_json(world, one) for one in accounts if one]
            if asked.get("type") == "accounts"
            else [],
            "statuses": [shown(asked, one) for one in statuses if not one.deleted]
            if asked.get("type") == "statuses"
            else [],
            "hashtags": [],
        },
    )
