"""The one protocol every network is spoken through."""

from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from colibri.networks.graphemes import graphemes
from colibri.networks.guard import Guard
from colibri.networks.items import Actor, Draft, Event, Interactions, Page, Post, PostRef

__all__ = [
    "Capabilities",
    "Client",
    "Connect",
    "Grant",
    "Network",
    "OAuth",
    "OnRefresh",
    "Registration",
    "SignIn",
    "SignedIn",
]

OnRefresh = Callable[[dict[str, str]], None]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a network can do; pages and tasks ask here, never by its name."""

    label: str  # how people call it: "Bluesky"
    character_limit: int  # of one post, counted as the network counts
    private_replies: bool  # can a reply be seen by its addressee alone?
    keyed_writes: bool  # does a second write under the same key leave one record?
    measure: Callable[[str], int] = graphemes  # how the network counts
    listens: bool = True  # is there a stream or timeline of hashtags?
    one_stream: bool = True  # does one listening point hear the whole network?


class Network(Protocol):
    """A client of one network, signed in as one identity or anonymous.

    Every method may raise `Retryable`, `Refused`, `Gone` or `Unauthorised` from
    `networks.errors` and nothing else. Methods that write take a `key` made by
    `new_key` and stored by the caller before the call, so that a second try
    after a lost answer is the same write and not another one.
    """

    name: str
    capabilities: Capabilities

    def whoami(self) -> Actor:
        """The signed-in actor, freshly asked. Raises `Unauthorised` where credentials no longer hold."""
        ...

    def new_key(self) -> str:
        """A fresh name for something about to be written."""
        ...

    def listen(
        self, hashtags: Collection[str], *, reply_to_actor: str = "", cursor: str = ""
    ) -> Iterator[Event]:
        """Yield, for as long as the stream lives, posts that carry one of the hashtags
        (any letter case and accents), posts that answer one of `reply_to_actor`'s, their
        edits, and the deletion of any post, from just behind `cursor` on (empty: from now).
        Ends or raises `Retryable` when the stream is cut.
        """
        ...

    def fetch_actor(self, id_or_handle: str) -> Actor:
        """The actor with biography and number of followers."""
        ...

    def fetch_post(self, uri: str) -> Post:
        """The post as it stands now. Raises `Gone` where it was deleted."""
        ...

    def fetch_followers(self, actor_id: str, *, cursor: str = "") -> Page[Actor]:
        """One page of followers with their biographies."""
        ...

    def fetch_interactions(self, actor_id: str, *, limit: int = 50) -> tuple[Interactions, ...]:
        """How the actor's most recent own posts were received, newest first."""
        ...

    def fetch_reactors(self, uri: str) -> tuple[str, ...]:
        """The ids of those who boosted or liked a post, each once; of many, the first hundred or so."""
        ...

    def publish(self, draft: Draft) -> PostRef:
        """Publish as the signed-in identity."""
        ...

    def delete(self, uri: str, *, key: str = "") -> None:
        """Delete a post of the signed-in identity, by its URI or, where no answer told it, by the key
        it was published under. Deleting what is gone, or never was, is no error."""
        ...

    def boost(self, post: PostRef, *, key: str) -> str:
        """Boost a post as the signed-in identity; returns the boost's own URI.

        Raises `Gone` where the post is.
        """
        ...

    def undo_boost(self, post: PostRef, *, key: str) -> None:
        """Take back the boost given under `key`. Undoing what is not there is no error."""
        ...

    def reply(self, post: PostRef, text: str, *, key: str) -> PostRef:
        """Answer a post as the signed-in identity, privately where the network can."""
        ...

    def tell(self, actor: Actor, text: str, *, key: str) -> PostRef:
        """Write to one actor alone. Raises `Refused` where the network has no private posts."""
        ...

    def share_link(self, text: str, url: str) -> str:
        """An address that opens this network's own composer with the text and link filled in, else empty."""
        ...

    def close(self) -> None:
        """Let go of what is kept open. Using the client again is no error."""
        ...


class Connect(Protocol):
    """Makes a client of one network; see `networks.registry.connect`."""

    def __call__(
        self,
        credentials: Mapping[str, str] | None,
        address: str,
        guard: Guard,
        on_refresh: OnRefresh | None,
    ) -> Network: ...


class SignIn(Protocol):
    """Proves control of an account; see `networks.registry.sign_in`."""

    def __call__(
        self, handle: str, secret: str, address: str, guard: Guard
    ) -> tuple[Actor, dict[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Client:
    """This installation as servers meet it when somebody signs in there (an OAuth client)."""

    name: str
    site: str  # its address, without a slash at the end
    redirect: str  # where people come back to after saying yes
    metadata: str  # where its client metadata document is served
    secret: str  # what its signing keys are derived from


@dataclass(frozen=True, slots=True)
class Grant:
    """A sign-in begun: where the person says yes, and what to keep, sealed, until they come back."""

    url: str
    state: str  # comes back with them
    kept: dict[str, str]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in, on which server (an `address` for `connect`), and the credentials to keep sealed.

    `ends_at` is when these end and nothing can renew them, None where no such day is known.
    """

    actor: Actor
    address: str
    credentials: dict[str, str]
    ends_at: datetime | None = None


class OAuth(Protocol):
    """Sign-in on the person's own server, where they type their password and nowhere else.

    Every method may raise the errors of `networks.errors` and nothing else.
    """

    def begin(
        self,
        who: str,
        client: Client,
        registered: MutableMapping[str, dict[str, str]],
        guard: Guard,
        *,
        as_collective: bool = False,
    ) -> Grant:
        """Send somebody to their server. `who` is a handle or a server, as people type them.

        `as_collective` asks for what a collective's own account does beside: publishing feeds and lists.
        `registered` keeps, by server, what it knows of us. Raises `Gone` where there is no such account
        or server.
        """
        ...

    def finish(
        self, kept: Mapping[str, str], answer: Mapping[str, str], client: Client, guard: Guard
    ) -> SignedIn:
        """They came back with the query `answer`, whose state was compared with the grant's.

        Raises `Unauthorised` where they said no, or the answer is not what their server would give.
        """
        ...

    def revoke(self, credentials: Mapping[str, str], address: str, client: Client, guard: Guard) -> None:
        """End these credentials at the server. Ending what has ended is no error."""
        ...


@dataclass(frozen=True, slots=True)
class Registration:
    """What a network hands to the registry; `sign_in` by secret, `oauth`, or both.

    `client_document` is what its servers want to read at `Client.metadata`, where they want that.
    """

    capabilities: Capabilities
    connect: Connect
    sign_in: SignIn | None = None
    oauth: OAuth | None = None
    client_document: Callable[[Client], dict[str, Any]] | None = None
