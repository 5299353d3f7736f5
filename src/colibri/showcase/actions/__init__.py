"""What is done with articles, and with what other sites publish."""

from colibri.showcase.actions.articles import (
    change_article,
    erase_article,
    give_up_article,
    plan_article,
    publish_article,
    return_article,
    submit_article,
    take_back_article,
)
from colibri.showcase.actions.reading import (
    NotAFeed,
    TooManyFeeds,
    fetch_feed,
    follow_feed,
    forget_old_entries,
    give_up_feed,
    leave_entry,
    leave_feed,
    pass_on,
)

__all__ = [
    "NotAFeed",
    "TooManyFeeds",
    "change_article",
    "erase_article",
    "fetch_feed",
    "follow_feed",
    "forget_old_entries",
    "give_up_article",
    "give_up_feed",
    "leave_entry",
    "leave_feed",
    "pass_on",
    "plan_article",
    "publish_article",
    "return_article",
    "submit_article",
    "take_back_article",
]
