"""Addresses that open the composer of services without an open door, filled in for one tap.

Nothing is loaded from these services and nothing is counted when somebody follows such a link. Sources: each
service's own page on sharing (LinkedIn's share-offsite, Facebook's sharer, X's web intents, WhatsApp's
click to chat, Telegram's share link) and RFC 6068 for mailto.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from colibri.networks.graphemes import graphemes

__all__ = ["SERVICES", "Service", "fitted"]

CRLF = "\r\n"


@dataclass(frozen=True, slots=True)
class Service:
    """Somewhere a link can be shown. `limit` counts characters of words and link together."""

    name: str
    label: str
    limit: int
    link_length: int | None  # what any link counts for, None for its own length
    address: Callable[[str, str, str], str]  # title, words, link

    def share(self, title: str, words: str, link: str) -> str:
        """The address of its composer, words cut to what it takes; never the link."""
        room = self.limit - (len(link) if self.link_length is None else self.link_length) - 1
        return self.address(title, fitted(words, room), link)


def fitted(words: str, most: int) -> str:
    """Words of at most so many characters as people see them, cut between two words where they must be."""
    if graphemes(words) <= most:
        return words
    kept = words[: max(most - 1, 0)]
    while graphemes(kept) > most - 1:
        kept = kept[:-1]
    between = kept.rpartition(" ")[0]
    return (between if len(between) > most // 2 else kept).rstrip(" ,;:") + "…"


def _query(base: str, **parameters: str) -> str:
    return f"{base}?{urlencode(parameters, quote_via=quote)}"


SERVICES = (
    Service(
        "linkedin",
        "LinkedIn",
        3000,
        None,
        lambda _title, _words, link: _query("https://www.linkedin.com/sharing/share-offsite/", url=link),
    ),
    Service(
        "whatsapp",
        "WhatsApp",
        4000,
        None,
        lambda _title, words, link: _query("https://wa.me/", text=f"{words} {link}"),
    ),
    Service(
        "telegram",
        "Telegram",
        4000,
        None,
        lambda _title, words, link: _query("https://t.me/share/url", url=link, text=words),
    ),
    Service(
        "facebook",
        "Facebook",
        3000,
        None,
        lambda _title, _words, link: _query("https://www.facebook.com/sharer/sharer.php", u=link),
    ),
    Service(
        "x",
        "X",
        280,
        23,
        lambda _title, words, link: _query("https://x.com/intent/post", text=words, url=link),
    ),
    Service(
        "mail",
        "",
        1500,
        None,
        lambda title, words, link: f"mailto:?subject={quote(title)}&body={quote(words + CRLF + link)}",
    ),
)
"""In the order pages show them. The one without a label is named by the page: e-mail."""
