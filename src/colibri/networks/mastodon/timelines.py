"""The timelines of some hashtags, read as one, oldest first."""

from collections.abc import Iterator, Sequence

from colibri.networks.errors import NetworkError
from colibri.networks.mastodon.entities import Entity, local_id, order, uri_of
from colibri.networks.mastodon.session import ApiSession

__all__ = ["Timeline"]

_PAGE = 40
_PAGES = 25
_LOOKED_AT_AGAIN = 16


class Timeline:
    """What a server shows under these hashtags.

    `whole` is whether the last `newest` showed everything there is. A status that cannot be named is passed
    over.
    """

    def __init__(self, session: ApiSession, hashtags: Sequence[str]) -> None:
        self._session = session
        self._hashtags = hashtags
        self._each = max(2, _LOOKED_AT_AGAIN // max(1, len(hashtags)))
        self._last: dict[str, list[str]] = {}
        self._kept: list[str] = []
        self.whole = True

    def newest(self) -> list[Entity]:
        """The last statuses under each hashtag."""
        self.whole = True
        found: dict[str, Entity] = {}
        for hashtag in self._hashtags:
            page = self._page(hashtag, limit=self._each)
            self.whole = self.whole and len(page) < self._each
            self._last[hashtag] = [local_id(status) for status in page]
            found |= {local_id(status): status for status in page}
        return [found[name] for name in sorted(found, key=order)]

    def after(self, newest: str) -> list[Entity]:
        """The statuses behind `newest`, up to where every hashtag was read; empty where there are none."""
        found: dict[str, Entity] = {}
        ceiling: str | None = None
        for hashtag in self._hashtags:
            several, more = self._from(hashtag, newest)
            found |= {local_id(status): status for status in several}
            if more and several:
                end = local_id(several[-1])
                ceiling = end if ceiling is None else min(ceiling, end, key=order)
        names = sorted(found, key=order)
        return [found[name] for name in names if ceiling is None or order(name) <= order(ceiling)]

    def keep(self, name: str) -> None:
        """A status was told: from now on it is missed where it is missing."""
        if name not in self._kept:
            self._kept = sorted([*self._kept, name], key=order)[-self._each :]

    def forget(self, name: str) -> None:
        """A status is known to be gone."""
        if name in self._kept:
            self._kept.remove(name)

    def missing(self) -> Iterator[str]:
        """What was told, should stand among the last ones and does not; told once."""
        shown = {name for names in self._last.values() for name in names}
        lowest = min(shown, key=order, default="")
        for name in list(self._kept):
            if name not in shown and (self.whole or order(name) > order(lowest)):
                self._kept.remove(name)
                yield name

    def _from(self, hashtag: str, newest: str) -> tuple[list[Entity], bool]:
        """The statuses of one hashtag behind `newest`, and whether there are more than were read."""
        if not newest:
            return self._all(hashtag), False
        found: list[Entity] = []
        reached = newest
        for _ in range(_PAGES):
            page = self._page(hashtag, limit=_PAGE, min_id=reached)
            fresh = [status for status in page if order(local_id(status)) > order(reached)]
            if not fresh:
                return found, False
            found += sorted(fresh, key=lambda status: order(local_id(status)))
            reached = local_id(found[-1])
        return found, True

    def _all(self, hashtag: str) -> list[Entity]:
        """Everything that stands where nothing did, from the newest down."""
        found: list[Entity] = []
        for _ in range(_PAGES):
            more = {"max_id": local_id(found[-1])} if found else {}
            page = self._page(hashtag, limit=_PAGE, **more)
            if not page:
                break
            found += sorted(page, key=lambda status: order(local_id(status)), reverse=True)
        return found[::-1]

    def _page(self, hashtag: str, *, limit: int, **more: str) -> list[Entity]:
        page = self._session.several("timeline_hashtag", hashtag, limit=limit, **more)
        return [status for status in page if _has_a_name(status)]


def _has_a_name(status: Entity) -> bool:
    try:
        return bool(local_id(status) and uri_of(status))
    except NetworkError:
        return False
