"""How groups fare, in words: what the last edition kept, for animators."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colibri.impact.models import SITUATIONS, Edition
from colibri.impact.queries.open_data import editions_of
from colibri.people.models import Collective

__all__ = ["GroupRow", "Groups", "groups_of", "seen_less"]

NAMES = {
    "rural": gettext_lazy("in a rural commune"),
    "priority": gettext_lazy("in a commune with a priority district"),
    **{name: group for name, _own, group in SITUATIONS},
}


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group beside others; shares in per cent, differences in words, `back` None if too few answer."""

    name: str
    people: int
    others: int
    seen: tuple[int, int]
    ratio: tuple[int, int, int]
    helped: tuple[int, int]
    helped_apart: str
    back: tuple[int, int] | None
    back_apart: str
    less: bool


@dataclass(frozen=True, slots=True)
class Groups:
    """What an edition says of groups: `figures` holds how many are unknown, and which data there was."""

    edition: Edition
    figures: dict[str, Any]
    rows: list[GroupRow]

    @property
    def less(self) -> list[str]:
        """The names of the groups that were seen less than others."""
        return [row.name for row in self.rows if row.less]


def groups_of(collective: Collective) -> Groups | None:
    """The newest edition's, None where none counted groups yet."""
    edition = editions_of(collective).exclude(inclusion={}).last()
    if edition is None:
        return None
    return Groups(edition, edition.inclusion, [_row(one) for one in edition.inclusion["groups"]])


def seen_less(collective: Collective) -> list[str]:
    """Groups that the newest edition says are seen less: the animators' alert."""
    found = groups_of(collective)
    return found.less if found is not None else []


def _row(kept: dict[str, Any]) -> GroupRow:
    return GroupRow(
        name=str(NAMES.get(kept["group"], _("others together"))),
        people=kept["people"],
        others=kept["others"],
        seen=tuple(kept["seen"]),
        ratio=_span(kept["ratio"]),
        helped=_two(kept["helped"]),
        helped_apart=_points(kept["helped_apart"]),
        back=_two(kept["back"]) if kept["back"] else None,
        back_apart=_points(kept["back_apart"]) if kept["back_apart"] else "",
        less=kept["less"],
    )


def _two(shares: list[float]) -> tuple[int, int]:
    return round(100 * shares[0]), round(100 * shares[1])


def _span(kept: dict[str, float]) -> tuple[int, int, int]:
    return round(100 * kept["value"]), round(100 * kept["low"]), round(100 * kept["high"])


def _points(kept: dict[str, float]) -> str:
    _value, low, high = (f"{one:+d}".replace("-", "−").replace("+0", "0") for one in _span(kept))
    return _("{low} to {high} points beside the others").format(low=low, high=high)
