"""How pages and letters say when something is, what one likes to do, and why a trade is close."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colibri.compute.liking import Fit
from colibri.programme.models import Skill, Trade, Workshop

__all__ = ["CLOCKS", "LIKED_WORDS", "STEP_PAGES", "FitWords", "clocks_words", "fit_words", "when_words"]

CLOCKS = {
    "Europe/Paris": gettext_lazy("Paris, Brussels, Geneva"),
    "America/Guadeloupe": gettext_lazy("Guadeloupe, Martinique"),
    "America/Cayenne": gettext_lazy("French Guiana"),
    "America/Miquelon": gettext_lazy("Saint Pierre and Miquelon"),
    "Indian/Reunion": gettext_lazy("Réunion"),
    "Indian/Mayotte": gettext_lazy("Mayotte"),
    "Pacific/Noumea": gettext_lazy("New Caledonia"),
    "Pacific/Tahiti": gettext_lazy("Tahiti"),
    "Pacific/Wallis": gettext_lazy("Wallis and Futuna"),
    "Europe/London": gettext_lazy("London, Dublin"),
    "Europe/Lisbon": gettext_lazy("Lisbon"),
    "Africa/Casablanca": gettext_lazy("Morocco"),
    "Africa/Algiers": gettext_lazy("Algeria"),
    "Africa/Tunis": gettext_lazy("Tunisia"),
    "Africa/Abidjan": gettext_lazy("Dakar, Abidjan"),
    "Africa/Kinshasa": gettext_lazy("Kinshasa, Yaoundé"),
    "Indian/Antananarivo": gettext_lazy("Madagascar"),
    "America/Toronto": gettext_lazy("Montreal"),
    "America/Port-au-Prince": gettext_lazy("Haiti"),
    "Asia/Beirut": gettext_lazy("Beirut"),
}
"""Clocks people choose from, by what they call them."""

STEP_PAGES = {
    "models": "showcase:portraits",
    "skills": "programme:skills",
    "mentor": "helping:ask",
    "workshops": "programme:workshops",
    "training": "programme:training",
    "opportunities": "appeals:new",
}
"""The page of a collective that a step leads to, by its kind."""


LIKED_WORDS = {
    "outdoors": gettext_lazy("Being outside, whatever the weather"),
    "living": gettext_lazy("Looking after plants or animals"),
    "hands": gettext_lazy("Making something solid or beautiful with my hands"),
    "shapes": gettext_lazy("Inventing shapes, colours or sounds"),
    "repair": gettext_lazy("Finding why something does not work, and repairing it"),
    "machines": gettext_lazy("Setting up machines and keeping them going"),
    "build": gettext_lazy("Seeing a house or a road grow by what I do"),
    "care": gettext_lazy("Looking after people who are ill or need a hand each day"),
    "explain": gettext_lazy("Explaining, until the other can do it too"),
    "protect": gettext_lazy("Keeping people and places safe"),
    "prove": gettext_lazy("Measuring and trying until something is proved"),
    "welcome": gettext_lazy("Making people feel at home, at a table or far from theirs"),
    "cook": gettext_lazy("Cooking, baking, preparing what is good"),
    "advise": gettext_lazy("Finding with somebody what suits them"),
    "convince": gettext_lazy("Convincing, and closing a deal"),
    "figures": gettext_lazy("Putting figures in order until they are right"),
    "order": gettext_lazy("Keeping papers, files and diaries so that all is found"),
    "words": gettext_lazy("Writing, photographing or filming to make something known"),
    "stage": gettext_lazy("Being on a stage or a sports ground, or behind it"),
    "road": gettext_lazy("Being on the road, driving, delivering"),
    "flow": gettext_lazy("Seeing that things are where they should be, when they should"),
}
"""The questions of `compute.liking`, as people are asked them."""
TOLD = 6
"""So much of what is there and of what is missing is told of a trade, the most telling first."""


@dataclass(frozen=True, slots=True)
class FitWords:
    """A trade that is close, in words: what is there, what is missing and how much, what is liked of it."""

    trade: str
    percent: int
    shared: tuple[Skill, ...]
    missing: tuple[Skill, ...]
    number: int
    because: tuple[str, ...]


def fit_words(fit: Fit[Trade, Skill]) -> FitWords:
    """Why a trade is close."""
    near = fit.near
    because = tuple(str(LIKED_WORDS[one]) for one in fit.liked.because) if fit.liked else ()
    return FitWords(
        trade=near.trade.label,
        percent=round(100 * near.share),
        shared=near.shared[:TOLD],
        missing=near.missing[:TOLD],
        number=len(near.missing),
        because=because,
    )


def clocks_words(zone: ZoneInfo) -> str:
    """Whose clocks these are, as people say it."""
    return str(CLOCKS.get(zone.key, zone.key.rsplit("/", 1)[-1].replace("_", " ")))


def when_words(workshop: Workshop, zone: ZoneInfo) -> str:
    """The day and the hours of a workshop by these clocks, said with whose they are."""
    begins, ends = timezone.localtime(workshop.starts_at, zone), timezone.localtime(workshop.ends_at, zone)
    words = {
        "day": date_format(begins, "l j F Y"),
        "begins": time_format(begins, "H:i"),
        "ends": time_format(ends, "H:i"),
        "clocks": clocks_words(zone),
    }
    if begins.date() == ends.date():
        return _("{day}, {begins} to {ends} ({clocks})").format(**words)
    words["last"] = date_format(ends, "l j F Y")
    return _("{day}, {begins}, to {last}, {ends} ({clocks})").format(**words)
