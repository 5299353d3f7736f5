"""Links that tell others who followed them, and links that hide where they lead."""

import re
from collections.abc import Iterator

from colibri.compute.coaching.remarks import Change, Edit, Remark
from colibri.compute.reading.phrases import word_set

__all__ = ["LINK", "about_links"]

LINK = re.compile(r"https?://[^\s<>\"]{1,2000}", re.IGNORECASE)
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|twclid|yclid|igsh(?:id)?|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|trk|"
    r"trackingid|lipi|ttclid|li_fat_id|oly_(?:anon|enc)_id|vero_id|wickedid|s_cid)",
    re.IGNORECASE,
)
_SHORTENERS = word_set(
    """
bit.ly tinyurl.com lnkd.in t.co goo.gl ow.ly buff.ly is.gd urlz.fr cutt.ly rebrand.ly shorturl.at rb.gy
t.ly tiny.cc dlvr.it v.gd urlr.me
"""
)


def about_links(text: str) -> Iterator[Remark]:
    """What there is to say of the links of a text."""
    for match in LINK.finditer(text):
        link = match[0].rstrip(".,;:!?…»”’)")
        span = (match.start(), match.start() + len(link))
        host = link.split("//", 1)[1].split("/", 1)[0].split("?", 1)[0].lower().removeprefix("www.")
        if host in _SHORTENERS:
            yield Remark("hidden_link", (span,), host)
        clean = without_trackers(link)
        if clean != link:
            yield Remark("tracker", (span,), clean, (Change((Edit(*span, clean),), clean),))


def without_trackers(link: str) -> str:
    """The link without the parameters by which followers are told apart."""
    address, hash_, fragment = link.partition("#")
    page, mark, query = address.partition("?")
    kept = "&".join(part for part in query.split("&") if not _TRACKING.fullmatch(part.partition("=")[0]))
    if kept == query:
        return link
    return page + (mark + kept if kept else "") + hash_ + fragment
