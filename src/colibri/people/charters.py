"""A collective's charter: which searches it relays, as data an animator can change."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from colibri.compute.reading import CONTRACTS

__all__ = ["FRENCH", "Advice", "Charter", "Verdict"]


@dataclass(frozen=True, slots=True)
class Advice:
    """Where somebody whom the charter does not serve can turn."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the charter says of a search: `accepted`, "refused" with the contract why, or "unsure"."""

    outcome: str  # "accepted", "refused", "unsure"
    reason: str = ""  # a contract of `CONTRACTS`, or "contract_unknown"
    advice: tuple[Advice, ...] = ()


@dataclass(frozen=True, slots=True)
class Charter:
    """`accepts` are the contracts relayed; `refuses` those that are not, with where to turn instead."""

    accepts: tuple[str, ...]
    refuses: Mapping[str, tuple[Advice, ...]] = field(default_factory=dict)

    def judge(self, contracts: Collection[str]) -> Verdict:
        """Whether a search for these contracts is relayed: one accepted contract is enough."""
        if any(contract in self.accepts for contract in contracts):
            return Verdict("accepted")
        for contract in contracts:
            if contract in self.refuses:
                return Verdict("refused", contract, tuple(self.refuses[contract]))
        return Verdict("unsure", "contract_unknown")

    def to_dict(self) -> dict[str, Any]:
        """JSON types alone; `from_dict` reads it back equal."""
        refuses = {contract: [asdict(one) for one in advice] for contract, advice in self.refuses.items()}
        return {"accepts": list(self.accepts), "refuses": refuses}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Charter":
        """The charter `to_dict` stored. Raises ValueError naming what is wrong."""
        try:
            refuses = {
                name: tuple(Advice(**one) for one in advice) for name, advice in stored["refuses"].items()
            }
            accepts = tuple(stored["accepts"])
        except (KeyError, TypeError, AttributeError) as fault:
            raise ValueError(f"charter: {fault!r}") from fault
        for contract in [*accepts, *refuses]:
            if contract not in CONTRACTS:
                raise ValueError(f"charter: {contract!r} is none of {', '.join(CONTRACTS)}")
        for contract in accepts:
            if contract in refuses:
                raise ValueError(f"charter: {contract} is both accepted and refused")
        return cls(accepts, refuses)


FRENCH = Charter(
    accepts=("cdi", "cdd", "interim", "seasonal"),
    refuses={
        "internship": (
            Advice("1 jeune, 1 solution", "https://www.1jeune1solution.gouv.fr/stages"),
            Advice("ONISEP", "https://www.onisep.fr"),
        ),
        "apprenticeship": (
            Advice("La bonne alternance", "https://labonnealternance.apprentissage.beta.gouv.fr"),
            Advice("1 jeune, 1 solution", "https://www.1jeune1solution.gouv.fr/apprentissage"),
        ),
        "freelance": (Advice("Portail Auto-Entrepreneur", "https://www.autoentrepreneur.urssaf.fr"),),
        "civic_service": (Advice("Service Civique", "https://www.service-civique.gouv.fr"),),
    },
)
