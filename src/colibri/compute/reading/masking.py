"""A text without what tells whose it is, for whoever learns from texts and not of people."""

import re
from collections.abc import Collection, Iterator

from colibri.compute.reading.personal import read_personal_data
from colibri.compute.reading.persons import PersonNames, Span

__all__ = ["MASK", "masked"]

MASK = "[…]"
_NAME_LEAST = 3
# Links and mentions lead to somebody; so do the words after which people write their name.
_LEADS_TO = re.compile(r"(?:https?://|www\.)\S{1,2000}|(?<!\w)@[\w.-]{1,100}(?:@[\w.-]{1,200})?")
_INTRODUCED = re.compile(
    r"\b(?:[Jj]e m['’]appelle|[Mm]on nom est|[Mm]oi,? c['’]est|[Mm]y name is|[Nn]om ?:|[Nn]ame ?:) ?"
    r"((?:[A-ZÀ-Ý][\w'’-]{0,40} ?){1,4})"
)


def masked(text: str, persons: PersonNames, names: Collection[str] = (), kept: Collection[Span] = ()) -> str:
    """The text with personal data, links, mentions and people's names each replaced by `MASK`.

    Names are those given, whole or word by word, those somebody introduces themselves with, and those of
    others that `persons` sees; what stands in `kept` is what the text says of the search.
    """
    spans = sorted({*_spans(text, names), *persons.spans(text, kept)})
    pieces: list[str] = []
    reached = 0
    for start, end in spans:
        if start > reached or not pieces:
            pieces += [text[reached:start], MASK]
        reached = max(reached, end)
    return "".join([*pieces, text[reached:]])


def _spans(text: str, names: Collection[str]) -> Iterator[Span]:
    yield from (one.span for one in read_personal_data(text) if one.span)
    yield from (match.span() for match in _LEADS_TO.finditer(text))
    for match in _INTRODUCED.finditer(text):
        yield match.start(1), match.start(1) + len(match[1].rstrip())
    words = {word for name in names for word in re.findall(r"\w+", name) if len(word) >= _NAME_LEAST}
    for word in words:
        yield from (match.span() for match in re.finditer(rf"\b{re.escape(word)}\b", text, re.IGNORECASE))
