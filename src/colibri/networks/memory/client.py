"""The network in memory, spoken to as any other network."""

import secrets
from collections.abc import Callable, Collection, Iterator

from colibri.networks.base import Capabilities
from colibri.networks.errors import Refused
from colibri.networks.items import Actor, Draft, Event, Interactions, Page, Post, PostRef
from colibri.networks.memory.door import Door
from colibri.networks.memory.world import CHARACTER_LIMIT

__all__ = ["CAPABILITIES", "MemoryNetwork"]

CAPABILITIES = Capabilities(
    label="Volière", character_limit=CHARACTER_LIMIT, private_replies=False, keyed_writes=True, measure=len
)


class MemoryNetwork:
    """A client of the network in memory, signed in by `token` or anonymous; see `networks.base.Network`.

    `patience` is how long, in seconds, `listen` waits between two ticks of a silent stream.
    """

    name = "memory"
    capabilities = CAPABILITIES

    def __init__(
        self,
        door: Door,
        token: str = "",
        *,
        patience: float = 1.0,
        make_key: Callable[[], str] = lambda: secrets.token_hex(8),
    ) -> None:
        self._door = door
        self._token = token
        self._patience = patience
        self._make_key = make_key

    def whoami(self) -> Actor:
        return self._door.whoami(self._token)

    def new_key(self) -> str:
        return self._make_key()

    def listen(
        self, hashtags: Collection[str], *, reply_to_actor: str = "", cursor: str = ""
    ) -> Iterator[Event]:
        """Posts, edits and deletions; a tick each time everything said so far was heard."""
        if cursor and not cursor.isdigit():
            raise Refused(f"not a cursor: {cursor!r}")
        tags = tuple(hashtags)
        place = int(cursor) if cursor else self._door.stream(self._token, -1, 0, tags, reply_to_actor).next
        return self._follow(tags, reply_to_actor, place)

    def fetch_actor(self, id_or_handle: str) -> Actor:
        return self._door.fetch_actor(self._token, id_or_handle)

    def fetch_post(self, uri: str) -> Post:
        return self._door.fetch_post(self._token, uri)

    def fetch_followers(self, actor_id: str, *, cursor: str = "") -> Page[Actor]:
        return self._door.fetch_followers(self._token, actor_id, cursor)

    def fetch_interactions(self, actor_id: str, *, limit: int = 50) -> tuple[Interactions, ...]:
        return self._door.fetch_interactions(self._token, actor_id, limit)

    def fetch_reactors(self, uri: str) -> tuple[str, ...]:
        return self._door.fetch_reactors(self._token, uri)

    def publish(self, draft: Draft) -> PostRef:
        return self._door.publish(self._token, draft.text, draft.key, draft.language)

    def delete(self, uri: str, *, key: str = "") -> None:
        self._door.delete(self._token, uri or f"{self.whoami().id}/posts/{key}")

    def boost(self, post: PostRef, *, key: str) -> str:
        return self._door.boost(self._token, post.uri, key)

    def undo_boost(self, post: PostRef, *, key: str) -> None:
        self._door.undo_boost(self._token, post.uri, key)

    def reply(self, post: PostRef, text: str, *, key: str) -> PostRef:
        return self._door.reply(self._token, post.uri, text, key)

    def tell(self, actor: Actor, text: str, *, key: str) -> PostRef:
        """Never: posts here are read by everybody."""
        raise Refused("this network has no private posts")

    def share_link(self, text: str, url: str) -> str:
        """Always empty: there is no composer to open."""
        return ""

    def close(self) -> None:
        """Nothing: the door stays open for others."""

    def _follow(self, hashtags: tuple[str, ...], reply_to_actor: str, place: int) -> Iterator[Event]:
        wait = 0.0
        while True:
            heard = self._door.stream(self._token, place, wait, hashtags, reply_to_actor)
            yield from heard.events
            place = heard.next
            yield Event("tick", "", str(place))
            wait = self._patience
