"""Pictures people send: drawn anew by `redrawing`, at a distance, and never kept as they came."""

import subprocess
import sys
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from colibri.showcase.redrawing import BROKEN, OTHER, TOO_LARGE

__all__ = ["BYTES_MOST", "Drawn", "Unusable", "draw"]

BYTES_MOST = 12 * 1024 * 1024
SECONDS = 30.0
WORDS = {
    OTHER: _("This file is not a JPEG, PNG or WebP picture. Save or export it as one of these."),
    TOO_LARGE: _(
        "This picture has too many pixels: at most 50 million as JPEG, 16 million otherwise. "
        "Save a smaller one; 2,000 pixels wide is plenty."
    ),
    BROKEN: _("This picture cannot be read: the file seems damaged. Open it, save it anew and try again."),
}
TOO_HEAVY = _("This file is larger than 12 MB. Save a smaller one; 2,000 pixels wide is plenty.")


class Unusable(Exception):
    """The file cannot become a picture here; the words say why, and what to do."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it is kept: two JPEG files, and the first one's measures in pixels."""

    wide: bytes
    small: bytes
    width: int
    height: int


def draw(content: bytes) -> Drawn:
    """The picture of a file drawn anew. Raises `Unusable`."""
    if len(content) > BYTES_MOST:
        raise Unusable(TOO_HEAVY)
    command = [sys.executable, "-m", "colibri.showcase.redrawing"]
    try:
        done = subprocess.run(  # noqa: S603 our own program
            command, input=content, capture_output=True, timeout=SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        raise Unusable(WORDS[BROKEN]) from None
    if done.returncode:
        raise Unusable(WORDS.get(done.returncode, WORDS[BROKEN]))
    head, _line, files = done.stdout.partition(b"\n")
    length, width, height = map(int, head.split())
    return Drawn(files[:length], files[length:], width, height)
