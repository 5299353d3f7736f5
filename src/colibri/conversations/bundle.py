"""The script of conversation pages, built from `script/` at set-up; without it the pages say so."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from django.templatetags.static import static

__all__ = ["Bundle", "bundle"]

BUILT = Path(__file__).parent / "static" / "conversations" / "conversations.js"


class Bundle:
    """Where the script is, and the digest a browser checks before it runs it (Subresource Integrity)."""

    def __init__(self, digest: bytes) -> None:
        self.integrity = f"sha384-{base64.b64encode(digest).decode()}"
        self.address = f"{static('conversations/conversations.js')}?v={digest.hex()[:12]}"


@cache
def _of(mark: tuple[int, int]) -> Bundle:
    return Bundle(hashlib.sha384(BUILT.read_bytes()).digest())


def bundle() -> Bundle | None:
    """The script as it was built last; None where it never was."""
    try:
        known = BUILT.stat()
    except FileNotFoundError:
        return None
    return _of((known.st_mtime_ns, known.st_size))
