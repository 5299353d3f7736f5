"""The HTML servers send, as the plain text its author wrote."""

import re
from html.parser import HTMLParser

__all__ = ["plain_text"]

_LONGEST = 100_000
_SILENT = {"script", "style", "template", "noscript", "head", "title", "svg", "math", "iframe", "object"}
_BLOCKS = {"div", "li", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "dd", "dt"}
_PARAGRAPHS = {"p", "blockquote"}
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SPACED_BREAK = re.compile(r" *\n *")
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain_text(html: str) -> str:
    """What a reader sees of a post, with links whole and paragraphs apart; never more than plain text."""
    reader = _Reader()
    reader.feed(html[:_LONGEST])
    reader.close()
    text = _UNPRINTABLE.sub("", reader.text())
    return _EMPTY_LINES.sub("\n\n", _SPACED_BREAK.sub("\n", text)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._said: list[str] = []
        self._silent = ""  # the element whose content nobody sees, and how deep within itself it is
        self._depth = 0
        self._link: str | None = None  # where the open link leads, None outside of one
        self._label: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent:
            self._depth += tag == self._silent
            return
        known = dict(attrs)
        if tag in _SILENT or "quote-inline" in (known.get("class") or "").split():
            self._silent, self._depth = tag, 1
        elif tag == "br":
            self._say("\n")
        elif tag in _PARAGRAPHS:
            self._say("\n\n")
        elif tag in _BLOCKS:
            self._say("\n- " if tag == "li" else "\n")
        elif tag == "a":
            self._end_link()
            self._link = (known.get("href") or "").strip()
        elif tag == "img":
            self._say(known.get("alt") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "img"):
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            self._depth -= tag == self._silent
            if not self._depth:
                self._silent = ""
        elif tag == "a":
            self._end_link()
        elif tag in _PARAGRAPHS:
            self._say("\n\n")
        elif tag in _BLOCKS:
            self._say("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._say(_BLANKS.sub(" ", data))

    def text(self) -> str:
        """All that was said so far."""
        self._end_link()
        return "".join(self._said)

    def _say(self, words: str) -> None:
        (self._said if self._link is None else self._label).append(words)

    def _end_link(self) -> None:
        if self._link is None:
            return
        self._said.append(_link_text("".join(self._label), self._link))
        self._link, self._label = None, []


def _link_text(label: str, href: str) -> str:
    bare = label.strip().rstrip("…").strip()
    if not href.startswith(("https://", "http://")) or bare.startswith(("#", "@", "＃")):
        return label
    if not bare or (bare in href and not bare.isalnum()):
        # What servers shorten for the eye is written whole again.
        return href
    return f"{label} ({href})"
