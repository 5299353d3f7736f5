"""Pages of what a collective shows: to read, to write, the animators' desk, portraits."""

from colibri.showcase.views.desk import choose, desk, unfollow
from colibri.showcase.views.portraits import PortraitsFeed, picture, portrait, portraits
from colibri.showcase.views.reading import ReadingFeed, article, reading
from colibri.showcase.views.telling import (
    begin_portrait,
    decide_portrait,
    my_portraits,
    told,
    told_picture,
    write_portrait,
)
from colibri.showcase.views.writing import articles, begin, decide, write

__all__ = [
    "PortraitsFeed",
    "ReadingFeed",
    "article",
    "articles",
    "begin",
    "begin_portrait",
    "choose",
    "decide",
    "decide_portrait",
    "desk",
    "my_portraits",
    "picture",
    "portrait",
    "portraits",
    "reading",
    "told",
    "told_picture",
    "unfollow",
    "write",
    "write_portrait",
]
