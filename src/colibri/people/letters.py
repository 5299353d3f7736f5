"""Letters Colibri may write to a person: each room registers its own, and writes it when it is sent.

A letter is written at the last moment, from the rows as they are then: what is no longer true is not sent.
"""

from collections.abc import Callable
from dataclasses import dataclass

from colibri.people.models import Account, NoticeOff

__all__ = ["Letter", "Writer", "is_prompt", "letter_kind", "letter_ways", "register", "write"]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says: its subject, its paragraphs, and the one thing to do with it.

    A device shows the subject alone: it must say nothing that others may not see on a table.
    """

    subject: str
    paragraphs: tuple[str, ...]
    button: str = ""
    link: str = ""


Writer = Callable[[Account, int], Letter | None]


@dataclass(frozen=True, slots=True)
class _Known:
    kind: str
    writer: Writer
    ways: tuple[str, ...]
    prompt: bool


_known: dict[str, _Known] = {}


def register(
    name: str,
    kind: str,
    writer: Writer,
    *,
    ways: tuple[str, ...] = ("mail", "push"),
    prompt: bool = False,
) -> None:
    """Make a letter known. `kind` is of `NoticeOff.KINDS`; `writer` gets the reader and the number of the
    row the letter is about, in the reader's language, and returns None where it is to be said no more.
    One that is `prompt` is of no use later: it waits for no other to go with.
    """
    if kind not in dict(NoticeOff.KINDS):
        raise ValueError(f"{name}: {kind} is no kind of mail one can refuse")
    _known[name] = _Known(kind, writer, ways, prompt)


def letter_kind(name: str) -> str:
    """The kind of mail this letter is."""
    return _known[name].kind


def letter_ways(name: str) -> tuple[str, ...]:
    """The ways it may go."""
    return _known[name].ways


def is_prompt(name: str) -> bool:
    """Whether it goes at once or is of no use."""
    return _known[name].prompt


def write(name: str, account: Account, about: int) -> Letter | None:
    """The letter as it stands now."""
    return _known[name].writer(account, about)
