"""Pages said for machines (JSON-LD)."""

import json
from collections.abc import Mapping
from typing import Any

__all__ = ["json_ld"]

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def json_ld(document: Mapping[str, Any]) -> str:
    """A schema.org document, safe inside a page's script element whatever people wrote."""
    whole = {"@context": "https://schema.org", **document}
    return json.dumps(whole, ensure_ascii=False).translate(ESCAPES)
