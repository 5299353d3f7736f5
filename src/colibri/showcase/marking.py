"""Markdown as members write it, turned into HTML that can do no harm."""

import nh3
from markdown_it import MarkdownIt

__all__ = ["marked"]

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "em", "strong", "a", "blockquote", "code", "pre", "br", "hr"}
_parser = MarkdownIt("commonmark", {"html": False}).disable("image")


def marked(text: str) -> str:
    """The HTML of a Markdown text: headings begin below the page's own, images and HTML are left out.

    Whatever Markdown lets through is sieved once more: only `TAGS`, and links of the web and of mail.
    """
    tokens = _parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 4)}"
    html: str = _parser.renderer.render(tokens, _parser.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow ugc",
    )
