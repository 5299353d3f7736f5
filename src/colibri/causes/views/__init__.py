"""Pages of causes: for everybody, for the group, for who steers them."""

from colibri.causes.views.group import group, join
from colibri.causes.views.judging import changes
from colibri.causes.views.public import cause, causes, picture
from colibri.causes.views.steering import begin, decide, write

__all__ = ["begin", "cause", "causes", "changes", "decide", "group", "join", "picture", "write"]
