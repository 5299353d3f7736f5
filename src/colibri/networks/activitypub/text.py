"""HTML as other servers send it, as plain text. No HTML of theirs ever reaches a page."""

import re
from html.parser import HTMLParser

__all__ = ["html_of", "plain_text"]

MOST_HTML = 50_000
"""Characters read of one text: ten times the longest message kept."""
_SILENT = {"script", "style", "template", "noscript", "head", "title", "iframe", "svg", "math"}
_BLOCKS = {
    "p", "div", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "h5", "h6",
    "table", "section", "article", "figure",
}  # fmt: skip
_LINES = {"li", "tr", "dt", "dd"}
_BLANKS = re.compile(r"[ \t\r\f\v\n\xa0]+")
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br" or tag in _LINES:
            self.said.append("\n")
        elif tag in _BLOCKS:
            self.said.append("\n\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _BLOCKS:
            self.said.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(_BLANKS.sub(" ", data))


def plain_text(html: str) -> str:
    """The words of a post: paragraphs apart, links whole, nothing of scripts and styles."""
    reader = _Reader()
    reader.feed(html[:MOST_HTML])
    reader.close()
    lines = [line.strip() for line in "".join(reader.said).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def html_of(text: str, *, links: dict[str, str]) -> str:
    """Plain text as the HTML others expect; `links` gives the whole `<a>` of words such as `#tag`.

    URLs become links, blank lines paragraphs. Everything else is escaped.
    """
    words = "|".join(re.escape(word) for word in sorted(links, key=len, reverse=True))
    parts = re.compile(rf"({_LINK.pattern}{'|' + words if words else ''})")
    paragraphs = []
    for paragraph in re.split(r"\n{2,}", text.strip()):
        made = [
            links.get(part) or (_anchor(part) if _LINK.fullmatch(part) else escape(part))
            for part in parts.split(paragraph)
        ]
        paragraphs.append(f"<p>{''.join(made)}</p>".replace("\n", "<br>"))
    return "".join(paragraphs)


def _anchor(url: str) -> str:
    return f'<a href="{escape(url)}" rel="nofollow noopener">{escape(url)}</a>'


def escape(text: str) -> str:
    """Text that is safe inside HTML and its quoted attributes."""
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, name)
    return text
