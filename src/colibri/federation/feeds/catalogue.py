"""The feeds of a collective: everybody, each region, each trade family."""

from dataclasses import dataclass
from functools import cache

import regex
from django.utils.translation import gettext as _

from colibri.audiences.queries import tables
from colibri.compute.classes import FAMILIES
from colibri.people.models import Collective
from colibri.relays.words import FAMILY_WORDS

__all__ = ["GENERATOR", "Feed", "feed_named", "feeds", "shortened"]

GENERATOR = "app.bsky.feed.generator"


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed by its record key; without family and region it holds everybody."""

    key: str
    family: str = ""
    region: str = ""

    def holds(self, occupation: str, region: str) -> bool:
        """Whether a search for this occupation (ROME) in this region (INSEE) belongs in it."""
        return (not self.family or occupation[:1] == self.family) and (
            not self.region or region == self.region
        )

    def title(self, collective: Collective) -> str:
        """Its whole name in the language of the page."""
        if self.region:
            return _("%(collective)s: %(what)s") % {"collective": collective, "what": _regions()[self.region]}
        if self.family:
            return _("%(collective)s: %(what)s") % {
                "collective": collective,
                "what": FAMILY_WORDS[self.family],
            }
        return _("%(collective)s: everybody") % {"collective": collective}

    def name(self, collective: Collective) -> str:
        """What it is called where little fits."""
        if self.region:
            return _regions()[self.region]
        return str(FAMILY_WORDS[self.family]) if self.family else str(collective)


@cache
def _regions() -> dict[str, str]:
    return {region.code: region.name for region in tables().regions}


@cache
def feeds() -> tuple[Feed, ...]:
    """Every feed a collective has."""
    return (
        Feed("all"),
        *(Feed(f"region-{code}", region=code) for code in _regions()),
        *(Feed(f"trade-{letter.lower()}", family=letter) for letter in FAMILIES),
    )


def feed_named(key: str) -> Feed | None:
    """The feed of this record key, None where there is none."""
    return next((feed for feed in feeds() if feed.key == key), None)


def shortened(text: str, most: int) -> str:
    """The text in at most so many characters as people count them."""
    seen = regex.findall(r"\X", text)
    return text if len(seen) <= most else "".join(seen[: most - 1]).rstrip(" ,:") + "…"
