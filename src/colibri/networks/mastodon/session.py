"""One server's API: Mastodon.py over the guarded transport, its answers plain and its faults ours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import requests
from mastodon import Mastodon

from colibri.networks.errors import Gone, Refused
from colibri.networks.guard import Guard
from colibri.networks.mastodon.entities import Entity, entities, entity, text_of
from colibri.networks.mastodon.faults import our_errors
from colibri.networks.mastodon.servers import authority_of
from colibri.networks.plain import address_parts
from colibri.networks.requests_door import guarded_session

__all__ = ["CHARACTER_LIMIT", "About", "ApiSession"]

CHARACTER_LIMIT = 500
_RATE_LIMITS = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")


class _Api(Mastodon):
    """Mastodon.py without the question it asks before each timeline, to warn where it may be closed."""

    def timeline_is_available(self, *_args: Any, **_options: Any) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class About:
    """What a server says of itself."""

    domain: str  # what stands behind the @ of its people
    version: str
    character_limit: int
    streaming: str  # origin of its streams, https or http


class ApiSession:
    """The API of the server at `origin`, with somebody's `token` or without.

    Every request goes through the guard; the SDK never waits for a rate limit, and opens no stream.
    """

    def __init__(self, origin: str, guard: Guard, token: str = "") -> None:
        guard.check(origin)
        self.origin = origin
        self.token = token
        self._headers: dict[str, str] = {}
        self._session = guarded_session(guard)
        self._session.hooks["response"].append(self._keep_headers)
        self._api = _Api(
            api_base_url=origin,
            session=self._session,
            ratelimit_method="throw",
            version_check_mode="none",
            request_timeout=guard.total_timeout,
            user_agent=guard.user_agent,
        )
        # Handed to the constructor, a token that is the name of a file would have that file read and sent.
        self._api.access_token = token or None

    @cached_property
    def about(self) -> About:
        """What the server says of itself; asked once."""
        try:
            said = self.one("instance_v2")
            configuration = _within(said, "configuration")
            domain = said.get("account_domain") or said.get("domain")
            streaming = _within(configuration, "urls").get("streaming")
        except (Gone, Refused):
            said = self.one("instance_v1")
            configuration = _within(said, "configuration")
            domain = said.get("account_domain") or said.get("uri")
            streaming = _within(said, "urls").get("streaming_api")
        most = _within(configuration, "statuses").get("max_characters") or said.get("max_toot_chars")
        host = text_of(domain).lower()
        return About(
            domain=authority_of(host) if "://" in host else host or authority_of(self.origin),
            version=text_of(said.get("version")),
            character_limit=most if isinstance(most, int) and most > 0 else CHARACTER_LIMIT,
            streaming=_http(text_of(streaming)) or self.origin,
        )

    def one(self, method: str, *arguments: Any, **options: Any) -> Entity:
        """An object the API answers with. Raises the errors of `networks.errors`."""
        return entity(self._call(method, *arguments, **options), method)

    def several(self, method: str, *arguments: Any, **options: Any) -> Sequence[Entity]:
        """A list the API answers with."""
        return entities(self._call(method, *arguments, **options), method)

    def page(self, method: str, *arguments: Any, **options: Any) -> tuple[Sequence[Entity], str]:
        """A list, and where its next page begins (empty at the end)."""
        answer = self._call(method, *arguments, **options)
        following = getattr(answer, "_pagination_next", None) or {}
        return entities(answer, method), str(following.get("max_id") or "")

    def close(self) -> None:
        """Close the kept connections."""
        self._session.close()

    def _call(self, method: str, *arguments: Any, **options: Any) -> Any:
        ask: Callable[..., Any] = getattr(self._api, method)
        self._headers.clear()
        with our_errors(f"{method} of {self.origin}", self._headers):
            return ask(*arguments, **options)

    def _keep_headers(self, response: requests.Response, **_options: Any) -> None:
        # The SDK fails on a moment it cannot read, even where nothing was wrong.
        self._headers.update(response.headers)
        for name in _RATE_LIMITS:
            response.headers.pop(name, None)


def _within(said: Entity, name: str) -> Entity:
    found = said.get(name)
    return found if isinstance(found, dict) else {}


def _http(url: str) -> str:
    parts = address_parts(url)
    schemes = {"wss": "https", "https": "https", "ws": "http", "http": "http"}
    if parts.scheme not in schemes or not parts.netloc:
        return ""
    return f"{schemes[parts.scheme]}://{parts.netloc}"
