"""Scripts that stand inside a page, named by their content in its Content-Security-Policy."""

import base64
import hashlib
from pathlib import Path

__all__ = ["script_source"]


def script_source(path: Path) -> str:
    """The source expression that lets exactly this script run inside a page (CSP 3, hash sources)."""
    digest = hashlib.sha256(path.read_bytes()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
