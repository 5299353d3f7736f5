"""May a text be relayed, as a search or as a cause, and why or why not."""

from collections.abc import Collection, Sequence

from colibri.compute.reading.findings import Finding

__all__ = ["judged"]

_SURE = 0.6
_DOUBTED = 0.33
_NOTHING = 0.6  # a text in which nothing speaks of a search
_OWN = {"search": "own_search", "cause": "own_cause"}


def judged(
    kind: Finding[str], wanted: Sequence[Finding[str]], accepted: Collection[str] | None
) -> Finding[str]:
    """Yes, no, or ask. `accepted` are the contracts a collective relays, None where they do not matter."""
    if kind.value in _OWN:
        asked = [contract for contract in wanted if contract.confidence >= _SURE]
        if kind.value == "search" and accepted is not None and asked:
            refused = [contract for contract in asked if contract.value not in accepted]
            if len(refused) == len(asked):
                return Finding("no", refused[0].confidence, refused[0].span, "contract_refused")
        if kind.confidence < _DOUBTED:
            return Finding("ask", kind.confidence, kind.span, "unsure")
        return Finding("yes", kind.confidence, kind.span, _OWN[kind.value])
    if kind.why == "nothing_found":
        return Finding("no", _NOTHING, None, "not_a_search")
    if kind.confidence < _DOUBTED:
        return Finding("ask", kind.confidence, kind.span, "unsure")
    if kind.why in ("phrase_relay", "phrase_found", "phrase_abuse", "asks_not_to", "phrase_offer"):
        return Finding("no", kind.confidence, kind.span, kind.why)
    return Finding("no", kind.confidence, kind.span, "not_a_search")
