"""Pages of what a collective shows: to read, to write, the animators' desk, portraits, people to follow."""

from colibri.showcase.views.contributing import contribute, contribution, contribution_do, write_contribution
from colibri.showcase.views.desk import choose, desk, unfollow
from colibri.showcase.views.following import list_csv, list_opml, list_page, lists, stay_off
from colibri.showcase.views.listing import list_do, listed_do, my_lists, new_list, write_list
from colibri.showcase.views.papers import begin_paper, paper, paper_do, paper_pdf, papers, write_paper
from colibri.showcase.views.portraits import PortraitsFeed, picture, portrait, portraits
from colibri.showcase.views.ranking import being_ranked, heard
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
    "begin_paper",
    "begin_portrait",
    "being_ranked",
    "choose",
    "contribute",
    "contribution",
    "contribution_do",
    "decide",
    "decide_portrait",
    "desk",
    "heard",
    "list_csv",
    "list_do",
    "list_opml",
    "list_page",
    "listed_do",
    "lists",
    "my_lists",
    "my_portraits",
    "new_list",
    "paper",
    "paper_do",
    "paper_pdf",
    "papers",
    "picture",
    "portrait",
    "portraits",
    "reading",
    "stay_off",
    "told",
    "told_picture",
    "unfollow",
    "write",
    "write_contribution",
    "write_list",
    "write_paper",
    "write_portrait",
]
