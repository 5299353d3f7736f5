"""Small words templates use."""

from django import template

from colibri.appeals.models import Appeal
from colibri.appeals.queries import decided_by, occupation_label, title_of
from colibri.appeals.words import (
    CONTRACT_WORDS,
    KIND_WORDS,
    MEANT_WORDS,
    PERSONAL_WORDS,
    REASON_WORDS,
    SUSPICION_WORDS,
    VERDICT_WORDS,
)
from colibri.appeals.words import sureness as sureness_of

register = template.Library()
register.filter("trade", occupation_label)
register.filter("title_of", title_of)
register.filter("decided_by", decided_by)


@register.filter
def contract(code: str) -> str:
    """A contract of `CONTRACTS` as people say it."""
    return str(CONTRACT_WORDS.get(code, code))


@register.filter
def kind_read(code: str) -> str:
    """What kind of message the reader took it for."""
    return str(KIND_WORDS.get(code, code))


@register.filter
def meant(code: str) -> str:
    """What a message is, as its author or an animator says."""
    return str(MEANT_WORDS.get(code, code))


@register.filter
def why(code: str) -> str:
    """A reason of the reader as a sentence."""
    return str(REASON_WORDS.get(code, code))


@register.filter
def personal(code: str) -> str:
    """A kind of personal data by its name."""
    return str(PERSONAL_WORDS.get(code, code))


@register.filter
def verdict(appeal: Appeal) -> str:
    """What the collective's charter says of an appeal, and by which contract."""
    judged = appeal.verdict
    by = judged.reason
    if by == "not_a_search":
        return str(VERDICT_WORDS[by])
    if judged.outcome == "accepted":
        by = next(one for one in appeal.contracts if one in appeal.collective.rules.accepts)
    return str(VERDICT_WORDS[judged.outcome]) % {"contract": contract(by)}


@register.filter
def suspicion(code: str) -> str:
    """Why an answer was held."""
    return str(SUSPICION_WORDS.get(code, code))


@register.filter
def sureness(confidence: float) -> str:
    """How sure the reader is, in words."""
    return sureness_of(confidence)


@register.filter
def quoted(span: tuple[int, int] | None, text: str) -> str:
    """The characters of a text that a finding rests on."""
    return " ".join(text[span[0] : span[1]].split())[:60] if span else ""
