"""The neutral items every network converts to and from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from colibri.networks.plain import plain, web_address

__all__ = ["Actor", "Draft", "Event", "Interactions", "Page", "Post", "PostRef"]

T = TypeVar("T")
IMAGES_MOST = 100
"""Images counted of one post; no network shows as many."""


@dataclass(frozen=True, slots=True)
class Actor:
    """An account on a network."""

    id: str  # what never changes: a DID, an actor URI
    handle: str  # what people read, without a leading @
    name: str = ""
    biography: str = ""
    url: str = ""
    followers: int | None = None  # None where the network did not say


@dataclass(frozen=True, slots=True)
class PostRef:
    """What names a post for a boost or a reply: its URI and, where the network has one, its version (CID)."""

    uri: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A public post as plain text: without control characters, and with no address but the web's."""

    ref: PostRef
    author: Actor
    text: str
    created_at: datetime
    hashtags: tuple[str, ...] = ()  # without the #, as written
    language: str = ""  # ISO 639-1 as declared by the author, else empty
    url: str = ""
    reply_to: str = ""  # URI of the post answered, else empty
    undescribed: int = 0  # images without a text for who does not see them; the images are not kept

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", plain(self.text))
        object.__setattr__(self, "url", web_address(self.url))
        object.__setattr__(self, "undescribed", min(self.undescribed, IMAGES_MOST))


@dataclass(frozen=True, slots=True)
class Event:
    """Something a listener heard.

    `kind` is "post", "edit" or "delete"; `post` is None for a deletion. After
    `cursor` is kept, `listen` can start again behind this event. A "tick" event
    carries only a cursor: nothing of interest came, but the stream lives; it is
    `behind` while the stream still tells of the time before it was asked.
    """

    kind: str
    uri: str
    cursor: str
    post: Post | None = None
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a longer listing; `next` is the cursor of the following one, empty at the end."""

    items: tuple[T, ...]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Interactions:
    """How one post was received: boosts + likes + replies."""

    uri: str
    created_at: datetime
    total: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A post to publish. `key` was made by `Network.new_key` and stored before the call."""

    text: str
    key: str
    language: str = "fr"
