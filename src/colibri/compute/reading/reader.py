"""The reader: one text in, one reading out."""

import re

from colibri.compute.reading.findings import QUESTIONS, Finding, Reading

__all__ = ["TEXT_LIMIT", "Reader"]

TEXT_LIMIT = 20_000  # characters read of one text; the longest post of the networks spoken is far below

_SEARCH = re.compile(
    r"\b(?:re)?cherche\b|\blooking for (?:a )?(?:job|work)\b|#opentowork|à la recherche d", re.IGNORECASE
)
_OFFER = re.compile(r"\brecrut(?:e|ons)\b|\bhiring\b|\bnous cherchons\b", re.IGNORECASE)
_CONTRACT = re.compile(r"\b(cdi|cdd|freelance|stage|alternance)\b", re.IGNORECASE)
_CODES = {"stage": "internship", "alternance": "apprenticeship"}


class Reader:
    """Reads posts. It holds tables only, so one reader serves every thread."""

    @classmethod
    def load(cls) -> "Reader":
        """A reader with the tables the project carries."""
        return cls()

    def read(self, text: str, language_hint: str = "") -> Reading:
        """What `text` says about a search for work; `language_hint` is the author's declared language (ISO 639-1).

        Never raises on any text: where nothing is understood the kind is "other" with little confidence.
        """
        read = text[:TEXT_LIMIT]
        search, offer = _SEARCH.search(read), _OFFER.search(read)
        if offer is not None:
            kind = Finding("offer", 0.6, offer.span(), "phrase_offer")
        elif search is not None:
            kind = Finding("search", 0.6, search.span(), "phrase_search")
        else:
            kind = Finding("other", 0.3, None, "nothing_found")
        contracts = {}
        for match in _CONTRACT.finditer(read):
            code = _CODES.get(match[0].lower(), match[0].lower())
            contracts.setdefault(code, Finding(code, 0.6, match.span(), "word"))
        return Reading(
            kind=kind,
            language=Finding(language_hint or "fr", 0.3, None, "declared" if language_hint else "too_short"),
            contracts_wanted=tuple(contracts.values()),
            questions=tuple(q for q in QUESTIONS if q != "contract" or not contracts),
            truncated=len(text) > TEXT_LIMIT,
        )
