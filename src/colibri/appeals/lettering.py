"""Words set in type: which font has each letter, in which direction it runs, where a line ends.

Noto Sans and Noto Sans Arabic come with packages. Letters no font has, emoji above all, are left out and
never become empty boxes. Arabic is joined and turned here: no library of the machine is needed for it.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
from arabic_reshaper import ArabicReshaper
from bidi import get_display
from PIL import ImageDraw, ImageFont

__all__ = ["drawable", "fitted_lines", "width_of", "write"]

FONTS = {
    "latin": next(Path(fontpkg_noto_sans.ROOT, "files").glob("NotoSans[[]*.ttf")),
    "arabic": next(Path(fontpkg_noto_sans_arabic.ROOT, "files").glob("NotoSansArabic[[]*.ttf")),
}
_NO_CHARACTER = "\uffff"
_RESHAPER = ArabicReshaper({"delete_harakat": True})


@lru_cache(maxsize=64)
def font(script: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """The font of a script in pixels, at a weight from 100 to 900."""
    made = ImageFont.truetype(FONTS[script], size, layout_engine=ImageFont.Layout.BASIC)
    asked = {b"Weight": weight, b"Width": 100}
    made.set_variation_by_axes([asked[axis["name"]] for axis in made.get_variation_axes()])
    return made


@lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """The font that has this letter, empty where none has."""
    for script in FONTS:
        face = font(script, 24, 400)
        if character == " " or (face.getmask(character).getbbox() and not _missing(face, character)):
            return script
    return ""


def _missing(face: ImageFont.FreeTypeFont, character: str) -> bool:
    mask, none = face.getmask(character), face.getmask(_NO_CHARACTER)
    return mask.size == none.size and bytes(mask) == bytes(none)


@lru_cache(maxsize=512)
def drawable(text: str) -> str:
    """The text without what cannot be drawn, on one line."""
    composed = unicodedata.normalize("NFC", text)
    shaped = (" " if sign.isspace() else sign for sign in composed if unicodedata.category(sign) != "Cf")
    kept = "".join(sign for sign in shaped if script_of(_RESHAPER.reshape(sign)[:1] or " "))
    return " ".join(kept.split())


def runs(text: str) -> Iterator[tuple[str, str]]:
    """The line as it is seen from left to right, in pieces of one font each: (font, letters)."""
    seen = str(get_display(_RESHAPER.reshape(text)))
    for script, letters in groupby(seen, key=lambda sign: script_of(sign) or "latin"):
        yield script, "".join(letters)


def width_of(text: str, size: int, weight: int) -> float:
    """How wide a line is, in pixels."""
    return sum(font(script, size, weight).getlength(letters) for script, letters in runs(text))


def write(
    draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, size: int, weight: int, colour: str
) -> None:
    """Write a line; `place` is the left end of its base line."""
    x, y = place
    for script, letters in runs(text):
        face = font(script, size, weight)
        draw.text((x, y), letters, font=face, fill=colour, anchor="ls")
        x += face.getlength(letters)


def fitted_lines(
    text: str, wide: float, sizes: Sequence[int], weight: int, most: int
) -> tuple[int, tuple[str, ...]]:
    """The largest of the sizes (falling) at which the text stands in so many lines, and these lines.

    Where it does not even at the smallest, its end is left out behind an ellipsis.
    """
    for size in sizes:
        lines = _lines(text, wide, size, weight)
        if len(lines) <= most and all(width_of(line, size, weight) <= wide for line in lines):
            return size, tuple(lines)
    size, lines = sizes[-1], _lines(text, wide, sizes[-1], weight, inside_words=True)
    if len(lines) <= most:
        return size, tuple(lines)
    kept, last = lines[: most - 1], " ".join(lines[most - 1 :])
    while last and width_of(f"{last}…", size, weight) > wide:
        last = last[:-1]
    return size, (*kept, f"{last.rstrip()}…")


def _lines(text: str, wide: float, size: int, weight: int, *, inside_words: bool = False) -> list[str]:
    lines: list[str] = []
    words = text.split()
    if inside_words:
        words = [piece for word in words for piece in _pieces(word, wide, size, weight)]
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, weight) <= wide:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(word: str, wide: float, size: int, weight: int) -> Iterator[str]:
    """The word in pieces that are narrow enough."""
    while width_of(word, size, weight) > wide and len(word) > 1:
        end = len(word) - 1
        while end > 1 and width_of(word[:end], size, weight) > wide:
            end -= 1
        yield word[:end]
        word = word[end:]
    yield word
