"""Articles of members, the entries of other sites a collective reads, and portraits."""

from colibri.showcase.models.articles import ARTICLE, STEPS, TEXT_MOST, Article
from colibri.showcase.models.portraits import ANSWER_MOST, PORTRAIT, QUESTIONS, Picture, Portrait
from colibri.showcase.models.reading import ENTRY, Entry, Feed

__all__ = [
    "ANSWER_MOST",
    "ARTICLE",
    "ENTRY",
    "PORTRAIT",
    "QUESTIONS",
    "STEPS",
    "TEXT_MOST",
    "Article",
    "Entry",
    "Feed",
    "Picture",
    "Portrait",
]
