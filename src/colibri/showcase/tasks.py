"""Articles wait for their moment, feeds for their next visit, portraits and lists for whoever they name."""

from colibri.common import work
from colibri.people.letters import register
from colibri.showcase import following_mails, paper_mails, portrait_mails
from colibri.showcase.actions import (
    fetch_feed,
    give_up_article,
    give_up_feed,
    give_up_list,
    give_up_listed,
    give_up_portrait,
    give_up_ranked,
    listen,
    publish_article,
    put_list,
    tell_listed,
    work_on_portrait,
)
from colibri.showcase.mails import article_published, article_returned, article_submitted
from colibri.showcase.models import Article, Feed, FollowList, Listed, Portrait, Ranked

work.register(Article, publish_article, give_up_article, "author", "collective")
work.register(Feed, fetch_feed, give_up_feed, "collective")
work.register(Portrait, work_on_portrait, give_up_portrait, "author", "subject", "collective")
work.register(FollowList, put_list, give_up_list, "collective")
work.register(Listed, tell_listed, give_up_listed, "follow_list__collective")
work.register(Ranked, listen, give_up_ranked, "identity", "collective")
register("article_submitted", "service", article_submitted)
register("article_returned", "service", article_returned)
register("article_published", "service", article_published)
register("contribution_submitted", "service", paper_mails.contribution_submitted)
register("contribution_returned", "service", paper_mails.contribution_returned)
register("paper_published", "service", paper_mails.paper_published)
register("portrait_anew", "service", portrait_mails.portrait_anew)
register("portrait_waits", "service", portrait_mails.portrait_waits)
register("portrait_returned", "service", portrait_mails.portrait_returned)
register("portrait_shown", "service", portrait_mails.portrait_shown)
register("portrait_question", "news", portrait_mails.portrait_question)
register("listed", "service", following_mails.listed_letter)
register("list_waits", "service", following_mails.list_waits)
