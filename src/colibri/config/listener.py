"""The listener: every source heard in a thread of its own, new ones found and changed ones heard anew."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import Error, close_old_connections

from colibri.federation.listening import listen_for_ever
from colibri.federation.models import Source
from colibri.people.queries import collective_identity

__all__ = ["Listener"]

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5
SOURCES_EVERY = 5.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0

Wish = tuple[str, ...]
"""What is listened for, and where: when it changes, the source is heard anew."""


@dataclass(slots=True)
class _Ear:
    wish: Wish
    stop: threading.Event
    thread: threading.Thread


@dataclass(slots=True)
class Listener:
    """Keeps one thread per source alive; `hear` is what a thread does (a source's key, when to stop)."""

    hear: Callable[[int, threading.Event], None] = listen_for_ever
    _ears: dict[int, _Ear] = field(default_factory=dict, init=False)
    _pauses: dict[int, float] = field(default_factory=dict, init=False)
    _again_at: dict[int, float] = field(default_factory=dict, init=False)

    def run(self, stopped: Callable[[], bool], *, patience: float = 5.0) -> None:
        """Hear everything until told to stop; threads have `patience` seconds to end."""
        looked = float("-inf")
        while not stopped():
            if time.monotonic() - looked >= SOURCES_EVERY:
                looked = time.monotonic()
                self.look()
            time.sleep(LOOK_EVERY)
        ears = list(self._ears.values())
        for ear in ears:
            ear.stop.set()
        end = time.monotonic() + patience
        for ear in ears:
            # A silent stream may hold its thread; a daemon thread holds nobody.
            ear.thread.join(max(end - time.monotonic(), 0.0))

    def look(self) -> None:
        """Compare what is heard with the sources there are now."""
        close_old_connections()
        try:
            wishes = wishes_now()
        except Error:
            log.exception("the sources cannot be read")
            return
        for pk in list(self._ears):
            ear = self._ears[pk]
            if wishes.get(pk) != ear.wish:
                ear.stop.set()
                del self._ears[pk]
            elif not ear.thread.is_alive():
                self._put_off(pk)
        for pk in wishes:
            if pk not in self._ears and time.monotonic() >= self._again_at.get(pk, 0.0):
                self._ears[pk] = self._listen(pk, wishes[pk])

    def _put_off(self, pk: int) -> None:
        pause = self._pauses.get(pk, FIRST_PAUSE)
        log.error("listening to source %d ended; it is started again in %.0f s", pk, pause)
        self._again_at[pk] = time.monotonic() + pause
        self._pauses[pk] = min(pause * 2, LONGEST_PAUSE)
        del self._ears[pk]

    def _listen(self, pk: int, wish: Wish) -> _Ear:
        stop = threading.Event()
        thread = threading.Thread(target=self._run, args=(pk, stop), daemon=True, name=f"source {pk}")
        thread.start()
        return _Ear(wish, stop, thread)

    def _run(self, pk: int, stop: threading.Event) -> None:
        try:
            self.hear(pk, stop)
        except Source.DoesNotExist:
            log.warning("source %d is gone", pk)
        except Exception:
            log.exception("listening to source %d failed", pk)
        finally:
            close_old_connections()


def wishes_now() -> dict[int, Wish]:
    """What each source listens for, by its key."""
    wishes: dict[int, Wish] = {}
    for source in Source.objects.select_related("collective"):
        own = collective_identity(source.collective, source.network)
        actor = own.actor_id if own else ""
        wishes[source.pk] = (source.network, source.server, source.collective.seekers_hashtag, actor)
    return wishes
