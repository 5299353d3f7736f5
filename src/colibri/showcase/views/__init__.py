"""Pages of what a collective shows: to read, to write, the animators' desk."""

from colibri.showcase.views.desk import choose, desk, unfollow
from colibri.showcase.views.reading import ReadingFeed, article, reading
from colibri.showcase.views.writing import articles, begin, decide, write

__all__ = [
    "ReadingFeed",
    "article",
    "articles",
    "begin",
    "choose",
    "decide",
    "desk",
    "reading",
    "unfollow",
    "write",
]
