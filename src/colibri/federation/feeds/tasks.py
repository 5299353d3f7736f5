"""What is offered to follow on Bluesky waits for its turn."""

from colibri.common import work
from colibri.federation.feed_models import Shelf
from colibri.federation.feeds.actions import give_up_shelf, put_shelf

__all__: list[str] = []

work.register(Shelf, put_shelf, give_up_shelf, "collective")
