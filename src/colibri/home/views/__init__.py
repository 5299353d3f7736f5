"""Pages that join rooms: for everybody, for each person, the animator's day, where a message went."""

from colibri.home.views.day import day
from colibri.home.views.feeds import AppealsFeed, oembed
from colibri.home.views.mine import mine
from colibri.home.views.public import collective, index
from colibri.home.views.reach import reach

__all__ = ["AppealsFeed", "collective", "day", "index", "mine", "oembed", "reach"]
