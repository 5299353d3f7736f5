"""Letters Colibri may write to a person: each room registers its own, and writes it when it is sent.

A letter is written at the last moment, from the rows as they are then: what is no longer true is not sent.
"""

from collections.abc import Callable
from dataclasses import dataclass

from colibri.people.models import Account, NoticeOff

__all__ = ["Letter", "Writer", "letter_kind", "register", "write"]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says: its subject, its paragraphs, and the one thing to do with it."""

    subject: str
    paragraphs: tuple[str, ...]
    button: str = ""
    link: str = ""


Writer = Callable[[Account, int], Letter | None]
_writers: dict[str, tuple[str, Writer]] = {}


def register(name: str, kind: str, writer: Writer) -> None:
    """Make a letter known. `kind` is of `NoticeOff.KINDS`; `writer` gets the reader and the number of the
    row the letter is about, in the reader's language, and returns None where it is to be said no more.
    """
    if kind not in dict(NoticeOff.KINDS):
        raise ValueError(f"{name}: {kind} is no kind of mail one can refuse")
    _writers[name] = kind, writer


def letter_kind(name: str) -> str:
    """The kind of mail this letter is."""
    return _writers[name][0]


def write(name: str, account: Account, about: int) -> Letter | None:
    """The letter as it stands now."""
    return _writers[name][1](account, about)
