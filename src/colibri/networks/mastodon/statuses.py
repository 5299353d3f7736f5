"""Statuses on one server, found by the URI the whole network knows them by."""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime

from colibri.networks.errors import Gone, Refused, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.items import Post
from colibri.networks.mastodon.accounts import Accounts
from colibri.networks.mastodon.entities import (
    OPEN,
    Entity,
    entities,
    entity,
    local_id,
    moment_of,
    order,
    post_from_status,
    uri_of,
)
from colibri.networks.mastodon.faults import our_errors
from colibri.networks.mastodon.servers import authority_of
from colibri.networks.mastodon.session import ApiSession
from colibri.networks.plain import address_parts
from colibri.networks.transport import fetch

__all__ = ["Statuses"]

_REMEMBERED = 5000
_PAGE = 40
_OWN_PAGES = 10
_ACTIVITY = "application/activity+json"


class Statuses:
    """The statuses a server knows, as its API tells of them."""

    def __init__(self, session: ApiSession, accounts: Accounts, guard: Guard) -> None:
        self._session = session
        self._accounts = accounts
        self._guard = guard
        self._ids: OrderedDict[str, str] = OrderedDict()
        self._uris: OrderedDict[str, str] = OrderedDict()

    def find(self, uri: str) -> Entity:
        """The status as the server sees it now.

        Raises `Gone` where it is no longer there, and `Refused` where it is but this server does not see it.
        """
        if not uri.startswith(("https://", "http://")):
            raise Refused(f"not the URI of a status: {uri!r}")
        found = self._remembered(uri) or self._here(uri)
        if found is None:
            if authority_of(uri) == authority_of(self._session.origin) and not self._session.token:
                raise Gone(f"{uri} is not on {self._session.origin}")
            found = self._searched(uri)
        self.remember(found)
        return found

    def post(self, status: Entity, *, private: bool = False) -> Post:
        """A status as a post, with the URI of the one it answers where that can be told."""
        author = self._accounts.actor(entity(status.get("account"), "the author of a status"))
        answered = status.get("in_reply_to_id")
        reply_to = self.uri(str(answered)) if answered else ""
        return post_from_status(status, author, reply_to=reply_to, private=private)

    def uri(self, name: str) -> str:
        """The URI of what the server calls `name`, empty where it is gone or hidden."""
        if name not in self._uris:
            try:
                self.remember(self._session.one("status", local_id({"id": name})))
            except (Gone, Refused, Unauthorised):
                return ""
        return self._uris.get(name, "")

    def uri_heard(self, name: str) -> str:
        """The same from memory alone: of what was deleted nobody tells any more."""
        return self._uris.get(name, "")

    def remember(self, status: Entity) -> None:
        """Keep in mind what the server calls a status."""
        name, uri = local_id(status), uri_of(status)
        for known, key, value in ((self._ids, uri, name), (self._uris, name, uri)):
            known[key] = value
            known.move_to_end(key)
            if len(known) > _REMEMBERED:
                known.popitem(last=False)

    def own_since(self, moment: datetime) -> Iterator[Entity]:
        """The statuses and boosts of the account signed in that are not older than this, newest first."""
        more: dict[str, str] = {}
        own = local_id(self._accounts.own())
        for _ in range(_OWN_PAGES):
            page = self._session.several("account_statuses", own, limit=_PAGE, **more)
            for status in page:
                if moment_of(status.get("created_at")) < moment:
                    return
                yield status
            if not page:
                return
            lowest = min((local_id(status) for status in page), key=order)
            if more.get("max_id") == lowest:
                return
            more = {"max_id": lowest}

    def _remembered(self, uri: str) -> Entity | None:
        name = self._ids.get(uri)
        if name is None:
            return None
        try:
            found = self._session.one("status", name)
        except Gone:
            del self._ids[uri]
            return None
        return found if uri_of(found) == uri else None

    def _here(self, uri: str) -> Entity | None:
        """By the identifier in the URI of a status of this very server."""
        if authority_of(uri) != authority_of(self._session.origin):
            return None
        try:
            name = local_id({"id": address_parts(uri).path.rstrip("/").rpartition("/")[2]})
            found = self._session.one("status", name)
        except (Gone, Refused):
            return None
        return found if uri in (uri_of(found), found.get("url")) else None

    def _searched(self, uri: str) -> Entity:
        if not self._session.token:
            raise Unauthorised(f"{self._session.origin} looks for {uri} only for who is signed in")
        answer = self._session.one(
            "search_v2", uri, resolve=True, result_type="statuses", exclude_unreviewed=False
        )
        for status in entities(answer.get("statuses"), "search"):
            if uri in (uri_of(status), status.get("url")):
                return status
        self._look_at_home(uri)
        raise Refused(f"{self._session.origin} does not see {uri}")

    def _look_at_home(self, uri: str) -> None:
        """Ask where it was written. Raises `Gone` where it is not there, `Retryable` where nobody answers."""
        if authority_of(uri) == authority_of(self._session.origin):
            raise Gone(f"{uri} is not on {self._session.origin}")
        try:
            with our_errors(uri):
                answer = fetch(self._guard, uri, headers={"Accept": _ACTIVITY})
                document = answer.json()
        except (Refused, Unauthorised):
            return  # it speaks to servers it knows only
        if isinstance(document, dict) and document.get("type") == "Tombstone":
            raise Gone(f"{uri} was deleted")

    def visible(self, uri: str) -> Entity:
        """A status everybody may see. Raises `Refused` for one between people."""
        found = self.find(uri)
        if found.get("visibility") not in OPEN:
            raise Refused(f"{uri} is not public")
        return found
