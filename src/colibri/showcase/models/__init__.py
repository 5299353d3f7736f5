"""Articles of members, the entries of other sites a collective reads, portraits, people to follow."""

from colibri.showcase.models.articles import ARTICLE, STEPS, TEXT_MOST, Article
from colibri.showcase.models.following import BLOG, FOLLOW_LIST, LISTED, FollowList, Listed, StayOff
from colibri.showcase.models.papers import CONTRIBUTION, PAPER, Contribution, Paper
from colibri.showcase.models.portraits import ANSWER_MOST, PORTRAIT, QUESTIONS, Picture, Portrait
from colibri.showcase.models.ranking import Ranked
from colibri.showcase.models.reading import ENTRY, Entry, Feed

__all__ = [
    "ANSWER_MOST",
    "ARTICLE",
    "BLOG",
    "CONTRIBUTION",
    "ENTRY",
    "FOLLOW_LIST",
    "LISTED",
    "PAPER",
    "PORTRAIT",
    "QUESTIONS",
    "STEPS",
    "TEXT_MOST",
    "Article",
    "Contribution",
    "Entry",
    "Feed",
    "FollowList",
    "Listed",
    "Paper",
    "Picture",
    "Portrait",
    "Ranked",
    "StayOff",
]
