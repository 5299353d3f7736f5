"""What the coach says: a remark, its characters, and changes that a person may take with one tap."""

from dataclasses import dataclass

__all__ = ["KINDS", "Change", "Edit", "Remark", "added", "changed", "cut"]

# Most useful first. Pages turn each into a sentence with its why, so the list is closed.
KINDS = (
    "unfilled",  # a blank of a template: ___
    "personal_data",  # in public for ever
    "no_trade",
    "no_place",
    "no_contract",
    "too_long",  # about: the network
    "no_contact",
    "no_seekers_tag",  # about: the hashtag
    "date_over",
    "apology",
    "capitals",
    "long_sentence",
    "hashtag_case",  # about: the hashtags as they read well
    "many_hashtags",
    "tracker",
    "hidden_link",
    "jargon",  # about: plainer words, or empty
    "date_passes",
    "too_short",
    "no_alt_text",  # about: how many images
)


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters from `start` to `end` become `text`."""

    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Edits that belong together and do not overlap; `says` is what they write, empty where they only
    take out."""

    edits: tuple[Edit, ...]
    says: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding: its kind of `KINDS`, the characters it is about, what it names, and what would mend it."""

    kind: str
    spans: tuple[tuple[int, int], ...] = ()
    about: str = ""
    changes: tuple[Change, ...] = ()


def changed(text: str, change: Change) -> str:
    """The text with the edits made."""
    for edit in sorted(change.edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text.strip()


def cut(text: str, start: int, end: int) -> Edit:
    """The edit that takes characters out, with the spaces and marks that stood for them alone."""
    opens = start == 0 or text[:start].rstrip(" ")[-1:] in {"", ".", "!", "?", "…", "\n"}
    if opens:
        while end < len(text) and text[end] in " ,;:.!?…":
            end += 1
        if end < len(text) and text[end].isalpha():
            return Edit(start, end + 1, text[end].upper())
        return Edit(start, end)
    while start > 0 and text[start - 1] in " ,;:(":
        start -= 1
    if end < len(text) and text[end] == ")":
        end += 1
    return Edit(start, end)


def added(text: str, words: str, *, before: int) -> Edit:
    """The edit that adds a sentence in front of the character `before`, with the space it needs."""
    body = text[:before].rstrip()
    rest = text[before:]
    if body.rpartition(" ")[2].startswith("http"):
        stop = "\n"  # a full stop would become part of the link
    elif not body or body[-1] in ".!?…:":
        stop = " " if body else ""
    else:
        stop = ". "
    return Edit(len(body), before, f"{stop}{words}{' ' if rest.strip() else ''}")
