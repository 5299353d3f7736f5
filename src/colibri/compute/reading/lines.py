"""Texts as lines, each read and told as one JSON value: what the command line and the API speak."""

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from colibri.compute.reading.reader import Reader

__all__ = ["LINE_PROBLEMS", "UnreadableLine", "read_lines"]

LINE_PROBLEMS = ("encoding", "json", "text", "language", "id")


class UnreadableLine(ValueError):
    """A line that is neither a text nor an item: its `number`, and the `problem`, of `LINE_PROBLEMS`."""

    def __init__(self, number: int, problem: str, why: str = "") -> None:
        super().__init__(f"line {number}: {problem} {why}".rstrip())
        self.number, self.problem, self.why = number, problem, why


def read_lines(
    reader: Reader,
    lines: Iterable[bytes],
    *,
    seeker_tags: Collection[str] = (),
    accepted: Collection[str] | None = None,
) -> Iterator[dict[str, Any]]:
    """What is understood of each line, with its `id`, else its `line`. Blank lines are passed over.

    A line is a text as it stands, or JSON: a string, or an object with `text` and perhaps `language` and
    `id`. Raises `UnreadableLine` where it is none of these.
    """
    for number, raw in enumerate(lines, 1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError as fault:
            raise UnreadableLine(number, "encoding") from fault
        if not line:
            continue
        text, language, identity = _item(number, line)
        reading = reader.read(text, language, seeker_tags=seeker_tags, accepted=accepted or None)
        yield ({"line": number} if identity is None else {"id": identity}) | reading.to_dict()


def _item(number: int, line: str) -> tuple[str, str, str | int | None]:
    if line[0] not in '{"':
        return line, "", None
    try:
        item = json.loads(line)
        json.dumps(item, ensure_ascii=False).encode()  # an escape can be half a character
    except (ValueError, RecursionError) as fault:
        raise UnreadableLine(number, "json", str(fault)) from fault
    if isinstance(item, str):
        return item, "", None
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise UnreadableLine(number, "text")
    language, identity = item.get("language", ""), item.get("id")
    if not isinstance(language, str):
        raise UnreadableLine(number, "language")
    if identity is not None and (isinstance(identity, bool) or not isinstance(identity, str | int)):
        raise UnreadableLine(number, "id")
    return item["text"], language, identity
