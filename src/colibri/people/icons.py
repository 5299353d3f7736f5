"""The mark drawn as an icon, for home screens that take no SVG, from the very file the pages show."""

import io
import re
from collections.abc import Iterator
from functools import lru_cache

from django.template.loader import render_to_string
from PIL import Image, ImageDraw

__all__ = ["ICON_SIZES", "PAPER", "icon", "outlines"]

ICON_SIZES = (192, 512)
PAPER, LEAF, CORAL = "#fbf6ee", "#0b6454", "#a63a1c"
"""The colours of `common/style.css`, by day."""
VIEW = 48
"""Both sides of the mark's view box."""
SHARE = 0.62
"""Of the icon's width: a launcher that cuts a circle out of it cuts nothing off the mark."""
FINER, CURVE = 4, 12
"""It is drawn so many times larger and made small again; so many straight pieces make a curve."""
PIECE = re.compile(r"[MCcLlz]|-?(?:\d*\.\d+|\d+)")

Point = tuple[float, float]


@lru_cache(maxsize=len(ICON_SIZES))
def icon(size: int) -> bytes:
    """The icon as PNG, so many pixels wide and high."""
    mark = render_to_string("common/mark.svg")
    wide = size * FINER
    scale, edge = wide * SHARE / VIEW, wide * (1 - SHARE) / 2
    picture = Image.new("RGB", (wide, wide), PAPER)
    draw = ImageDraw.Draw(picture)
    for attributes, path in re.findall(r'<path([^>]*?) ?d="([^"]+)"', mark):
        for outline in outlines(path):
            corners = [(edge + x * scale, edge + y * scale) for x, y in outline]
            draw.polygon(corners, fill=CORAL if "wing" in attributes else LEAF)
    kept = io.BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).quantize(64).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def outlines(path: str) -> Iterator[list[Point]]:
    """Each closed outline of an SVG path of the commands M, C, c, L, l and z."""
    pieces = PIECE.findall(path)
    command, line = "", list[Point]()
    while pieces:
        if pieces[0].isalpha():
            command = pieces.pop(0)
        if command == "z":
            yield line
            line = []
            continue
        here = line[-1] if line and command.islower() else (0.0, 0.0)
        count = 3 if command in "Cc" else 1
        taken, pieces = [float(one) for one in pieces[: 2 * count]], pieces[2 * count :]
        points = [(here[0] + x, here[1] + y) for x, y in zip(taken[::2], taken[1::2], strict=True)]
        line.extend(_curve(line[-1], *points) if count == 3 else points)
    if line:
        yield line


def _curve(start: Point, first: Point, second: Point, end: Point) -> Iterator[Point]:
    """A cubic Bézier curve without its start."""
    for step in range(1, CURVE + 1):
        t = step / CURVE
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        corners = list(zip(weights, (start, first, second, end), strict=True))
        yield sum(w * x for w, (x, _y) in corners), sum(w * y for w, (_x, y) in corners)
