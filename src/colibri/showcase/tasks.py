"""Articles wait for their moment, feeds for their next visit."""

from colibri.common import work
from colibri.people.letters import register
from colibri.showcase.actions import fetch_feed, give_up_article, give_up_feed, publish_article
from colibri.showcase.mails import article_published, article_returned, article_submitted
from colibri.showcase.models import Article, Feed

work.register(Article, publish_article, give_up_article, "author", "collective")
work.register(Feed, fetch_feed, give_up_feed, "collective")
register("article_submitted", "service", article_submitted)
register("article_returned", "service", article_returned)
register("article_published", "service", article_published)
