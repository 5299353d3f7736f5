"""From signs to a probability of each kind: a logistic regression over what rules and other fields say.

`scripts/fit_kinds.py` fits `kind_weights` on the development posts, each also once without its phrases,
so that a text no phrase speaks for is still weighed by who speaks, of what, to whom.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from colibri.compute.reading.findings import KINDS
from colibri.compute.reading.kind_weights import WEIGHTS
from colibri.compute.reading.phrases import word_set

__all__ = ["Facts", "features", "probabilities"]

_ENOUGH = 5.0  # more signs of one kind add nothing
_PERSONS = {
    "i": word_set("je j mon ma mes moi me m i my am im"),
    "we": word_set("nous notre nos on we our us"),
    "you": word_set("vous votre vos tu ton ta tes toi your you"),
    "they": word_set("il elle son sa ses he she his her"),
}
_MONEY = ("€", "$", "£", "euro")
_SHORT = 9


@dataclass(frozen=True, slots=True)
class Facts:
    """What the other fields understood."""

    trade: bool = False
    opening_trade: bool = False  # the text begins with it
    place: bool = False
    contract: bool = False
    experience: bool = False


def features(
    totals: Mapping[str, float], words: Collection[str], text: str, facts: Facts
) -> dict[str, float]:
    """What a text is weighed by, each between 0 and 2.5."""
    found: dict[str, float] = {}
    for kind, total in totals.items():
        found[f"signs_{kind}"] = min(total, _ENOUGH) / 2.0
        found[f"any_{kind}"] = float(total > 0.5)
    said = set(words)
    persons = {name: bool(said & spoken) for name, spoken in _PERSONS.items()}
    flags = {
        **persons,
        "trade": facts.trade,
        "opening_trade": facts.opening_trade,
        "place": facts.place,
        "contract": facts.contract,
        "experience": facts.experience,
        "trade_place": facts.trade and facts.place,
        "trade_contract": facts.trade and facts.contract,
        "i_trade": persons["i"] and facts.trade,
        "money": any(sign in text for sign in _MONEY),
        "question": "?" in text,
        "exclamation": "!" in text,
        "colon": ":" in text,
        "short": len(words) < _SHORT,
    }
    return found | {name: float(flag) for name, flag in flags.items()}


def probabilities(found: Mapping[str, float]) -> dict[str, float]:
    """The probability of each kind; they sum to 1."""
    scores = list(WEIGHTS["constant"])
    for name, value in found.items():
        if value:
            for number, weight in enumerate(WEIGHTS[name]):
                scores[number] += value * weight
    top = max(scores)
    parts = [math.exp(score - top) for score in scores]
    return {kind: part / sum(parts) for kind, part in zip(KINDS, parts, strict=True)}
