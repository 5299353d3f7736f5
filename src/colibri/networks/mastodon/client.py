"""Mastodon, and everything that speaks its API: GoToSocial, Pleroma, Akkoma and others."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode

from colibri.networks.base import Capabilities
from colibri.networks.errors import Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.items import Actor, Draft, Event, Interactions, Page, Post, PostRef
from colibri.networks.mastodon.accounts import Accounts
from colibri.networks.mastodon.counting import length
from colibri.networks.mastodon.entities import (
    OPEN,
    entity,
    handle_of,
    interactions_from_status,
    local_id,
    order,
)
from colibri.networks.mastodon.hearing import Hearing, Pace
from colibri.networks.mastodon.keys import new_key
from colibri.networks.mastodon.servers import names_under, origin_of
from colibri.networks.mastodon.session import CHARACTER_LIMIT, About, ApiSession
from colibri.networks.mastodon.statuses import Statuses
from colibri.networks.mastodon.writing import Writing

__all__ = ["CAPABILITIES", "MastodonNetwork"]

CAPABILITIES = Capabilities(
    label="Mastodon",
    character_limit=CHARACTER_LIMIT,
    private_replies=True,
    keyed_writes=False,
    measure=length,
    one_stream=False,
)
_FOLLOWERS_PER_PAGE = 80
_STATUSES_PER_PAGE = 40
_STATUS_PAGES = 10  # whoever only boosts has long pages without a post of their own


class MastodonNetwork:
    """A client of one server of the fediverse; see `networks.base.Network`.

    `address` is the server's host ("piaille.fr") or origin. A boost stands once however often it is given,
    so its key says nothing; what is published is looked for before it is written again.
    """

    name = "mastodon"
    capabilities = CAPABILITIES

    def __init__(
        self,
        address: str,
        guard: Guard,
        credentials: Mapping[str, str] | None = None,
        *,
        pace: Pace | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        token = (credentials or {}).get("token", "")
        if credentials and not (token.isascii() and token.isprintable() and token and " " not in token):
            raise Unauthorised("these are no credentials")
        self._session = ApiSession(origin_of(address), guard, token)
        self._accounts = Accounts(self._session, names_under(guard))
        self._statuses = Statuses(self._session, self._accounts, guard)
        self._writing = Writing(self._session, self._accounts, self._statuses, now)
        self._guard = guard
        self._pace = pace or Pace()
        self._now = now

    @property
    def about(self) -> About:
        """What the server says of itself: its version, its own limit of characters, where it streams."""
        return self._session.about

    def whoami(self) -> Actor:
        return self._accounts.own_actor()

    def new_key(self) -> str:
        return new_key(self._now())

    def listen(
        self, hashtags: Collection[str], *, reply_to_actor: str = "", cursor: str = ""
    ) -> Iterator[Event]:
        """Hear a server's hashtags by stream or by asking again and again, whichever it offers.

        Answers to `reply_to_actor` are heard where that is who is signed in, private ones too: those carry
        no hashtags, so that what was said in private is taken for nothing else.
        """
        hearing = Hearing(
            self._session,
            self._accounts,
            self._statuses,
            self._guard,
            hashtags=hashtags,
            reply_to_actor=reply_to_actor,
            pace=self._pace,
            now=self._now,
        )
        return hearing.events(cursor)

    def fetch_actor(self, id_or_handle: str) -> Actor:
        """The actor as this server knows it; signed in, it looks elsewhere for one it does not know."""
        return self._accounts.actor(self._accounts.find(id_or_handle))

    def fetch_post(self, uri: str) -> Post:
        """The post as this server knows it. Raises `Refused` for one that is not public."""
        return self._statuses.post(self._statuses.visible(uri))

    def fetch_followers(self, actor_id: str, *, cursor: str = "") -> Page[Actor]:
        """Eighty followers; their biographies come with them."""
        more = {"max_id": cursor} if cursor else {}
        accounts, following = self._session.page(
            "account_followers", self._accounts.local(actor_id), limit=_FOLLOWERS_PER_PAGE, **more
        )
        actors = self._accounts.actors(list(accounts))
        return Page(actors, following if accounts and following != cursor else "")

    def fetch_interactions(self, actor_id: str, *, limit: int = 50) -> tuple[Interactions, ...]:
        found: list[Interactions] = []
        name = self._accounts.local(actor_id)
        more: dict[str, str] = {}
        for _ in range(_STATUS_PAGES):
            page = self._session.several(
                "account_statuses",
                name,
                exclude_reblogs=True,
                exclude_replies=True,
                limit=_STATUSES_PER_PAGE,
                **more,
            )
            public = [one for one in page if one.get("visibility") in OPEN and not one.get("reblog")]
            found += [interactions_from_status(one) for one in public]
            if len(found) >= limit or not page:
                break
            lowest = min((local_id(one) for one in page), key=order)
            if more.get("max_id") == lowest:
                break
            more = {"max_id": lowest}
        return tuple(found[:limit])

    def fetch_reactors(self, uri: str) -> tuple[str, ...]:
        name = local_id(self._statuses.find(uri))
        found: dict[str, None] = {}
        for verb in ("status_favourited_by", "status_reblogged_by"):
            accounts = list(self._session.several(verb, name))
            found |= dict.fromkeys(one.id for one in self._accounts.actors(accounts))
        return tuple(found)

    def publish(self, draft: Draft) -> PostRef:
        return self._writing.write(draft.text, draft.key, visibility="public", language=draft.language)

    def delete(self, uri: str, *, key: str = "") -> None:
        if uri:
            self._writing.delete(uri)
        else:
            self._writing.delete_keyed(key)

    def boost(self, post: PostRef, *, key: str) -> str:
        """Boost, for those whom its giver lets see their boosts; found by URI on the giver's own server."""
        return self._writing.boost(post.uri)

    def undo_boost(self, post: PostRef, *, key: str) -> None:
        self._writing.undo_boost(post.uri)

    def reply(self, post: PostRef, text: str, *, key: str) -> PostRef:
        """Answer a post, seen by its author alone."""
        status = self._statuses.find(post.uri)
        author = entity(status.get("account"), "the author of a status")
        mention = handle_of(author, self.about.domain)
        language = str(status.get("language") or "").partition("-")[0]
        return self._writing.write(
            f"@{mention} {text}", key, visibility="direct", language=language, answering=status
        )

    def tell(self, actor: Actor, text: str, *, key: str) -> PostRef:
        """Write to one actor, seen by them alone."""
        handle = actor.handle if "@" in actor.handle else self.fetch_actor(actor.id).handle
        return self._writing.write(f"@{handle} {text}", key, visibility="direct")

    def share_link(self, text: str, url: str) -> str:
        """The composer of this server, filled in."""
        return f"{self._session.origin}/share?" + urlencode({"text": f"{text} {url}".strip()})

    def close(self) -> None:
        """Close the kept connections."""
        self._session.close()
