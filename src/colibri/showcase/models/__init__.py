"""Articles of members, and the entries of other sites a collective reads."""

from colibri.showcase.models.articles import ARTICLE, STEPS, TEXT_MOST, Article
from colibri.showcase.models.reading import ENTRY, Entry, Feed

__all__ = ["ARTICLE", "ENTRY", "STEPS", "TEXT_MOST", "Article", "Entry", "Feed"]
