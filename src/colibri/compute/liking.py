"""Which families of trades hold the work somebody likes, and trades in the order of knowing and liking."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from colibri.compute.assessing import Closeness

__all__ = ["ANSWERS", "QUESTIONS", "Fit", "Liked", "fits", "likings"]

ANSWERS = (0, 1, 2)
"""No, a little, a lot."""
QUESTIONS: dict[str, tuple[str, ...]] = {
    "outdoors": ("A", "F"),
    "living": ("A",),
    "hands": ("B", "F"),
    "shapes": ("B", "E", "L"),
    "repair": ("H", "I"),
    "machines": ("H", "I"),
    "build": ("F",),
    "care": ("J", "K"),
    "explain": ("K",),
    "protect": ("K",),
    "prove": ("H", "J"),
    "welcome": ("G",),
    "cook": ("D", "G"),
    "advise": ("C", "D"),
    "convince": ("C", "D"),
    "figures": ("C", "M"),
    "order": ("M",),
    "words": ("E",),
    "stage": ("L",),
    "road": ("N",),
    "flow": ("H", "N"),
}
"""What one may like to do, and the trade families (`classes.FAMILIES`) in which one does it most.

Set by hand from what the trades of each family are; in the manner of Holland's interests (1959), but its
questions are our own and no profile of a person is made.
"""
SWAY = 0.5
"""So far liking moves a trade up, and disliking down, beside what somebody can do."""

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Liked:
    """A family, how much its work is liked (0 to 1), and the questions that say so, the most liked first."""

    family: str
    share: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fit(Generic[T, S]):
    """A trade that is near, with what is liked of its family, where that is known."""

    near: Closeness[T, S]
    liked: Liked | None

    @property
    def weight(self) -> float:
        """The share of what the trade asks, more by half where its work is liked, less by half where not."""
        return self.near.share * (1.0 + SWAY * (2.0 * self.liked.share - 1.0) if self.liked else 1.0)


def likings(answers: Mapping[str, int]) -> list[Liked]:
    """Every family of which something was answered, the most liked first. Unknown questions count nothing."""
    told: dict[str, list[tuple[int, str]]] = {}
    for question, families in QUESTIONS.items():
        if answers.get(question) in ANSWERS:
            for family in families:
                told.setdefault(family, []).append((answers[question], question))
    found = []
    for family, said in told.items():
        share = sum(answer for answer, _question in said) / (ANSWERS[-1] * len(said))
        liked = sorted((one for one in said if one[0] > 0), key=lambda one: -one[0])
        found.append(Liked(family, share, tuple(question for _answer, question in liked)))
    return sorted(found, key=lambda one: (-one.share, one.family))


def fits(
    near: Sequence[Closeness[T, S]], answers: Mapping[str, int], family_of: Callable[[T], str]
) -> list[Fit[T, S]]:
    """The trades in the order of what somebody can do and likes; without answers as they come."""
    known = {one.family: one for one in likings(answers)}
    found = [Fit(one, known.get(family_of(one.trade))) for one in near]
    return sorted(found, key=lambda one: -one.weight)
