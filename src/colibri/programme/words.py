"""How pages and letters say when something is, and by whose clocks."""

from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colibri.programme.models import Workshop

__all__ = ["CLOCKS", "STEP_PAGES", "clocks_words", "when_words"]

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
    "workshops": "programme:workshops",
    "training": "programme:training",
    "opportunities": "appeals:new",
}
"""The page of a collective that a step leads to, by its kind."""


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
