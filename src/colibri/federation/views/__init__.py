"""What other servers ask of this one."""

from colibri.federation.views.actors import activity, actor, followers, note, outbox
from colibri.federation.views.discovery import host_meta, nodeinfo, nodeinfo_links, webfinger
from colibri.federation.views.inboxes import inbox, shared_inbox
from colibri.federation.views.sources import invited, remove, reported, sources, unfollow

__all__ = [
    "activity",
    "actor",
    "followers",
    "host_meta",
    "inbox",
    "invited",
    "nodeinfo",
    "nodeinfo_links",
    "note",
    "outbox",
    "remove",
    "reported",
    "shared_inbox",
    "sources",
    "unfollow",
    "webfinger",
]
