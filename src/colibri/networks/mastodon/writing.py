"""Writing so that a second try leaves one post: `Idempotency-Key`, and a look at what stands already."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from colibri.networks.errors import Gone, Refused
from colibri.networks.items import PostRef
from colibri.networks.mastodon.accounts import Accounts
from colibri.networks.mastodon.entities import OPEN, Entity, local_id, text_of, uri_of
from colibri.networks.mastodon.keys import made_at
from colibri.networks.mastodon.plain_text import plain_text
from colibri.networks.mastodon.servers import authority_of
from colibri.networks.mastodon.session import ApiSession
from colibri.networks.mastodon.statuses import Statuses

__all__ = ["Writing"]

# Clocks differ, and what is looked for was written after its key was made.
_CLOCKS_APART = timedelta(minutes=5)
# Mastodon remembers a key for an hour, Pleroma for six.
_KEYS_KEPT = timedelta(minutes=55)
_SPACES = re.compile(r"\s+")
_HOSTS = re.compile(r"(?<![\w/])(@[\w.-]+)@[\w.:-]+\w")
_PROBE = "…"


class Writing:
    """What the account signed in writes: posts, private posts and boosts."""

    def __init__(
        self, session: ApiSession, accounts: Accounts, statuses: Statuses, now: Callable[[], datetime]
    ) -> None:
        self._session = session
        self._accounts = accounts
        self._statuses = statuses
        self._now = now

    def write(
        self, text: str, key: str, *, visibility: str, language: str = "", answering: Entity | None = None
    ) -> PostRef:
        """Write a status, or find the one an earlier try left: same words, audience and answered status."""
        since = made_at(key) - _CLOCKS_APART
        answered = local_id(answering) if answering else ""
        for status in self._statuses.own_since(since):
            same = status.get("visibility") == visibility and _words(status) == _folded(text)
            if same and text_of(status.get("in_reply_to_id")) == answered and not status.get("reblog"):
                return PostRef(uri_of(status))
        written = self._session.one(
            "status_post",
            text,
            in_reply_to_id=answered or None,
            visibility=visibility,
            language=language or None,
            idempotency_key=key,
        )
        self._statuses.remember(written)
        return PostRef(uri_of(written))

    def boost(self, uri: str) -> str:
        """Boost a status, or find the boost that stands; returns its URI."""
        status = self._statuses.visible(uri)
        if status.get("reblogged") is True:
            standing = self._boost_of(uri)
            if standing:
                return standing
        # A server that is asked again answers with the boost that stands.
        return uri_of(self._session.one("status_reblog", local_id(status)))

    def undo_boost(self, uri: str) -> None:
        """Take back the boost of a status; that there is none is no error."""
        try:
            self._session.one("status_unreblog", local_id(self._statuses.find(uri)))
        except Gone:
            return

    def delete(self, uri: str) -> None:
        """Delete an own status; that it is gone is no error. Raises `Refused` for another's."""
        if authority_of(uri) != authority_of(self._session.origin):
            raise Refused(f"{uri} is not of {self._session.origin}")
        try:
            status = self._statuses.find(uri)
            author = status.get("account")
            if not isinstance(author, dict) or local_id(author) != local_id(self._accounts.own()):
                raise Refused(f"{uri} is another's")
            self._session.one("status_delete", local_id(status))
        except Gone:
            return

    def delete_keyed(self, key: str) -> None:
        """Delete what was published under a key whose answer never came.

        No post tells its key, so the server is asked: whoever publishes again under one key is given the
        post that stands. Where it is a new one, seen by nobody else and deleted at once, none stood.
        Raises `Refused` where there are posts since and the server no longer remembers keys so old:
        deleting the wrong one would be worse.
        """
        made = made_at(key)
        since = [
            local_id(status)
            for status in self._statuses.own_since(made - _CLOCKS_APART)
            if status.get("visibility") in OPEN
            and not status.get("reblog")
            and not status.get("in_reply_to_id")
        ]
        if not since:
            return
        found = self._probe(key)
        if found in since:
            self._session.one("status_delete", found)
            return
        again = found
        try:
            again = self._probe(key)
        finally:
            for probe in {found, again}:
                self._session.one("status_delete", probe)
        remembers = again == found
        if not remembers or self._now() - made > _KEYS_KEPT:
            raise Refused(f"{self._session.origin} no longer tells which post was published under {key}")

    def _probe(self, key: str) -> str:
        written = self._session.one("status_post", _PROBE, visibility="direct", idempotency_key=key)
        return local_id(written)

    def _boost_of(self, uri: str) -> str:
        since = self._now() - timedelta(days=30)
        for status in self._statuses.own_since(since):
            boosted = status.get("reblog")
            if isinstance(boosted, dict) and boosted.get("uri") == uri:
                return uri_of(status)
        return ""


def _words(status: Entity) -> str:
    return _folded(plain_text(text_of(status.get("content"))))


def _folded(text: str) -> str:
    """What stays of a text on its way through a server: spaces and the hosts of mentions do not."""
    return _SPACES.sub(" ", _HOSTS.sub(r"\1", text)).strip()
