"""Words of others made safe to keep and to show: no control characters, no turned reading direction."""

import re
from urllib.parse import SplitResult, urlsplit

__all__ = ["address_parts", "plain", "plain_line", "web_address"]

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def plain(text: str) -> str:
    """The text without control characters other than tab and line break, nor overrides of its direction.

    No feed, terminal or mail can hold the former, and the latter show words that are not there.
    """
    return _SURROGATES.sub("", _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def plain_line(text: str) -> str:
    """As `plain`, on one line, each run of spaces as one."""
    return " ".join(plain(text).split())


def web_address(url: str) -> str:
    """The address where it is one of the web, else empty: no script, no data, no line breaks."""
    cleaned = url.strip()
    if not re.match(r"https?://[^\s\\]+$", cleaned, re.IGNORECASE) or plain(cleaned) != cleaned:
        return ""
    return cleaned if address_parts(cleaned).hostname else ""


def address_parts(url: str) -> SplitResult:
    """The parts of an address others wrote, all empty where it cannot be read as one ("https://[")."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")
