"""Hashtags: read aloud word by word where each begins with a capital, few, and the seekers' among them."""

import re
from collections.abc import Collection, Iterator

from colibri.compute.coaching.remarks import Change, Edit, Remark, cut
from colibri.compute.reading.phrases import word_set
from colibri.compute.reading.tokens import FUNCTION_WORDS, folded, stem

__all__ = ["HASHTAGS_MOST", "about_hashtags", "ending_hashtags", "in_camel_case"]

HASHTAGS_MOST = 5
_HASHTAG = re.compile(r"(?<![\w&/])[#＃](?=\w*[^\W\d_])(\w{1,100})")
_ENDING = re.compile(r"(?:\s*[#＃]\w{1,100}[.,;]?)+\s*$")
_TAG_WORDS = word_set(
    """
emploi emplois cherche recherche travail job jobs search poste offre ouvert ouverte open work cdi cdd temps
france recrutement recrute reconversion candidature carriere opportunite teletravail profil mission equipe
hiring looking hire remote
"""
)
_PIECE_LEAST, _WORD_LEAST, _JOINED_MOST, _ACRONYM_MOST = 3, 4, 40, 6


def about_hashtags(text: str, seekers_tag: str, vocabulary: Collection[str]) -> Iterator[Remark]:
    """What there is to say of the hashtags of a text; `seekers_tag` as the collective spells it."""
    found = list(_HASHTAG.finditer(text))
    seekers = folded(seekers_tag)
    if seekers and all(folded(match[1]) != seekers for match in found):
        tag = f"#{seekers_tag}"
        end = len(text.rstrip())
        space = " " if ending_hashtags(text) < end else "\n" if end else ""
        yield Remark("no_seekers_tag", (), tag, (Change((Edit(end, len(text), f"{space}{tag}"),), tag),))
    better = [
        Edit(*match.span(), f"#{tag}")
        for match in found
        if (tag := _better(match[1], seekers_tag, vocabulary))
    ]
    if better:
        says = " ".join(edit.text for edit in better)
        spans = tuple((edit.start, edit.end) for edit in better)
        yield Remark("hashtag_case", spans, says, (Change(tuple(better), says),))
    others = [match for match in found if folded(match[1]) != seekers]
    surplus = others[HASHTAGS_MOST - 1 if len(others) < len(found) else HASHTAGS_MOST :]
    if surplus:
        ending = ending_hashtags(text)
        edits = tuple(
            cut(text, *match.span()) if match.start() >= ending else Edit(match.start(), match.start() + 1)
            for match in surplus
        )
        yield Remark("many_hashtags", tuple(match.span() for match in surplus), "", (Change(_apart(edits)),))


def ending_hashtags(text: str) -> int:
    """Where the hashtags begin with which the text ends; its length where it ends with words."""
    match = _ENDING.search(text[-2_000:])
    return len(text) - len(match[0].lstrip()) if match else len(text)


def _better(tag: str, seekers_tag: str, vocabulary: Collection[str]) -> str:
    if folded(tag) == folded(seekers_tag):
        return seekers_tag if tag != seekers_tag and (tag.islower() or tag.isupper()) else ""
    return in_camel_case(tag, vocabulary)


def in_camel_case(tag: str, vocabulary: Collection[str]) -> str:
    """A hashtag of several known words, each with a capital; empty where it has some, or is one word."""
    if tag.isupper() and len(tag) > _ACRONYM_MOST:
        tag = tag.lower()
    plain = folded(tag)
    if len(plain) != len(tag) or len(tag) > _JOINED_MOST or not plain.isalpha() or tag[1:] != tag[1:].lower():
        return ""

    def known(piece: str) -> bool:
        return len(piece) >= _PIECE_LEAST and (
            piece in vocabulary or stem(piece) in vocabulary or piece in _TAG_WORDS
        )

    if known(plain) or known(plain[:-1]):
        return ""
    # best[end]: where the last word of the split into fewest words begins.
    best: dict[int, tuple[int, int]] = {0: (0, 0)}
    for end in range(1, len(plain) + 1):
        starts = (
            (best[start][0] + 1, start)
            for start in range(max(0, end - 20), end)
            if start in best and (known(plain[start:end]) or (start and plain[start:end] in FUNCTION_WORDS))
        )
        if (shortest := min(starts, default=None)) is not None:
            best[end] = shortest
    pieces: list[str] = []
    end = len(plain)
    while end and end in best:
        start = best[end][1]
        pieces.insert(0, tag[start:end])
        end = start
    if len(pieces) < 2 or max(map(len, pieces)) < _WORD_LEAST:
        return ""
    return "".join(piece[0].upper() + piece[1:] for piece in pieces)


def _apart(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The edits, none beginning before the one in front of it ends."""
    kept: list[Edit] = []
    for edit in edits:
        start = max(edit.start, kept[-1].end) if kept else edit.start
        kept.append(Edit(start, edit.end, edit.text))
    return tuple(kept)
