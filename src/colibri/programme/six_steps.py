"""The programme that ships: six steps, to be put into an organiser's own words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

__all__ = ["NAME", "SIX_STEPS", "SUMMARY", "Template"]

NAME = _("The six steps")
SUMMARY = _(
    "Six steps towards a trade that suits you, at your own pace: leave one out if you do not need "
    "it. It is no school, and nobody gives marks."
)


@dataclass(frozen=True, slots=True)
class Template:
    """A step to begin with; `after` is the number of the step it opens after, 0 for none."""

    kind: str
    title: Any
    text: Any
    after: int


SIX_STEPS = (
    Template(
        "models",
        _("Meet people and their trades"),
        _("Read how people of your region came to their trade, and note what attracts you."),
        0,
    ),
    Template(
        "skills",
        _("Take stock of what you can do"),
        _("Tick what you can do, and see which trades are close and what is missing for each."),
        0,
    ),
    Template(
        "mentor",
        _("Find a mentor"),
        _("Somebody who knows the trade, an hour now and then, to ask everything you want to know."),
        1,
    ),
    Template(
        "workshops",
        _("Learn in workshops"),
        _("Take a place in a workshop or a live: one is enough to begin."),
        0,
    ),
    Template(
        "training",
        _("Meet training bodies of the region"),
        _("See who teaches what you lack, also without a diploma, and talk to one of them."),
        2,
    ),
    Template(
        "opportunities",
        _("Reach opportunities in the region"),
        _("Let your search be relayed, and answer the offers that fit."),
        0,
    ),
)
