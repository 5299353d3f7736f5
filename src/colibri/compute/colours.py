"""Colours that can be read: contrast as WCAG 2 defines it."""

import re

__all__ = ["COLOUR", "LEGIBLE", "contrast", "ink_on"]

COLOUR = re.compile(r"^#[0-9a-fA-F]{6}\Z")
LEGIBLE = 4.5
"""The least contrast of words with what is behind them (WCAG 2.2, 1.4.3, level AA)."""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours written #rrggbb, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def ink_on(paper: str) -> str:
    """White or else black, whichever is legible on this colour: one of them always is."""
    return "#ffffff" if contrast("#ffffff", paper) >= LEGIBLE else "#000000"


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
