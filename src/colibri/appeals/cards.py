"""An appeal as a picture: trade, place, contract and two strengths, with words for who does not see it."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from colibri.appeals.lettering import drawable, fitted_lines, width_of, write
from colibri.appeals.models import Appeal
from colibri.appeals.queries import occupation_label
from colibri.appeals.words import CONTRACT_WORDS
from colibri.compute.colours import ink_on
from colibri.people.models import LEAF

__all__ = ["SHAPES", "Card", "alt_of", "card_of", "drawn"]

SHAPES = {"card": (1200, 630), "square": (1080, 1080)}
"""Width and height in pixels, by the name in the address: what networks show beside a link, and a square."""
MARGIN = 80
STRIPE = 24


@dataclass(frozen=True, slots=True)
class Card:
    """What the picture says, in the appeal's language; `colour` is the collective's, #rrggbb."""

    lead: str
    trade: str
    place: str
    contracts: str
    strengths: tuple[str, ...]
    collective: str
    tag: str
    colour: str


def card_of(appeal: Appeal) -> Card:
    """The card of an appeal, from what was understood or corrected."""
    with override(appeal.language if appeal.language in ("fr", "en") else "fr"):
        return Card(
            lead=_("Looking for work"),
            trade=occupation_label(appeal.occupation),
            place=appeal.place,
            contracts=", ".join(_short(str(CONTRACT_WORDS.get(one, one))) for one in appeal.contracts[:3]),
            strengths=tuple(appeal.strengths[:2]),
            collective=appeal.collective.name,
            tag=f"#{appeal.collective.seekers_hashtag}",
            colour=appeal.collective.colour or LEAF,
        )


def alt_of(card: Card) -> str:
    """The picture in words, from the same fields."""
    said = [card.lead, card.trade, card.place, card.contracts, *card.strengths]
    said.append(f"{card.collective}, {card.tag}")
    return " ".join(f"{words[0].upper()}{words[1:].rstrip('.')}." for words in said if words)


def _short(contract: str) -> str:
    """A contract by its letters where French has some: CDI."""
    letters = re.search(r"\(([A-Z]+)\)$", contract)
    return letters[1] if letters and (get_language() or "").startswith("fr") else contract


@lru_cache(maxsize=256)
def drawn(card: Card, shape: str) -> bytes:
    """The picture as PNG. Raises `KeyError` for a shape that is not there."""
    width, height = SHAPES[shape]
    sheet = _Sheet(card.colour, width, height)
    sheet.line(drawable(card.lead), (34,), 500, 1)
    sheet.line(drawable(card.trade), range(68, 43, -4), 700, 2)
    sheet.line(drawable(card.place), (46, 40, 34), 500, 1)
    sheet.pill(drawable(card.contracts))
    for strength in filter(None, map(drawable, card.strengths)):
        sheet.line(f"• {strength}", (36, 32, 28), 500, 1)
    return sheet.finished(drawable(f"{card.collective} · {card.tag}"))


class _Sheet:
    """A sheet that is written on from its top; sizes are those of the wide shape."""

    def __init__(self, paper: str, width: int, height: int) -> None:
        self.picture = Image.new("RGB", (width, height), paper)
        self.draw = ImageDraw.Draw(self.picture)
        self.paper, self.ink = paper, ink_on(paper)
        self.scale = height / 630 if height < width else 1.25
        self.wide = width - 2 * MARGIN
        self.y = MARGIN * 0.5 * self.scale
        self.draw.rectangle((0, 0, STRIPE, height), fill=self.ink)

    def line(self, words: str, sizes: Sequence[int], weight: int, most: int) -> None:
        """Words in at most so many lines, nothing where there are none."""
        if not words:
            return
        scaled = [round(size * self.scale) for size in sizes]
        size, lines = fitted_lines(words, self.wide, scaled, weight, most)
        for line in lines:
            self.y += size * 1.3
            write(self.draw, (MARGIN, self.y), line, size, weight, self.ink)

    def pill(self, words: str) -> None:
        """Words in a box of the ink's colour."""
        if not words:
            return
        scaled = [round(size * self.scale) for size in (34, 30, 26)]
        size, lines = fitted_lines(words, self.wide - 48, scaled, 600, 1)
        top = self.y + size * 0.8
        self.y = top + size * 1.8
        right = MARGIN + 48 + width_of(lines[0], size, 600)
        self.draw.rounded_rectangle((MARGIN, top, right, self.y), size, fill=self.ink)
        write(self.draw, (MARGIN + 24, top + size * 1.25), lines[0], size, 600, self.paper)
        self.y += size * 0.2

    def finished(self, foot: str) -> bytes:
        """The sheet with its foot, as PNG."""
        size, lines = fitted_lines(foot, self.wide, (32, 28, 24), 600, 1)
        write(self.draw, (MARGIN, self.picture.height - 44), lines[0], size, 600, self.ink)
        kept = io.BytesIO()
        self.picture.quantize(48).save(kept, "PNG", optimize=True)
        return kept.getvalue()
