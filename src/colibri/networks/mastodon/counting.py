"""How long a post is as Mastodon counts: a link is 23 characters, whoever is named counts without a server.

Source: Mastodon's StatusLengthValidator, which takes the text's graphemes after replacing links and mentions.
"""

import re

from colibri.networks.graphemes import graphemes

__all__ = ["LINK", "LINK_LENGTH", "MENTION", "length"]

LINK_LENGTH = 23
# As the server finds them: with a scheme and a domain with a dot, without the punctuation that ends a
# sentence. A domain whose last part is no letters is counted in full, so that nothing is longer than told.
LINK = re.compile(
    r"(?<![\w@#/])https?://(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}(?::\d{1,5})?"
    r"(?:[/?#](?:[^\s<>\"()]|\([^\s<>\"()]*\))*(?<![.,;:!?'…»”’]))?",
    re.IGNORECASE,
)
MENTION = re.compile(
    r"(?<![=/\w])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@\w+(?:[.-]+\w+)*", re.IGNORECASE | re.ASCII
)


def length(text: str) -> int:
    """The length of a text as the server counts it."""
    shortened = LINK.sub("x" * LINK_LENGTH, text)
    return graphemes(MENTION.sub(r"@\1", shortened))
