"""Tables people made in a spreadsheet: separators and names of columns as they come, lines by number."""

import csv
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["BadSheet", "Line", "read_sheet"]

SEPARATORS = ";\t,"


class BadSheet(Exception):
    """The table cannot be read: `code` says why (empty, column, twice, cells, long), `line` where.

    `column` is the column that is missing or there twice, or the words that name none.
    """

    def __init__(self, code: str, *, line: int = 1, column: str = "") -> None:
        super().__init__(f"{code} line {line} {column}".strip())
        self.code, self.line, self.column = code, line, column


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number in the file, the heading being the first, and its cells by the column's name."""

    number: int
    cells: Mapping[str, str]


def read_sheet(
    text: str, columns: Mapping[str, tuple[str, ...]], needed: frozenset[str], *, most: int
) -> tuple[Line, ...]:
    """The lines below the heading, empty ones left out.

    `columns` gives for each name the headings people write for it, in small letters without accents;
    other columns are left aside. Raises `BadSheet`.
    """
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    heading = next((line for line in lines if line.strip()), "")
    if not heading:
        raise BadSheet("empty")
    separator = max(SEPARATORS, key=heading.count)
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    found: list[Line] = []
    names: list[str] = []
    begins = 1
    for row in reader:
        number, begins = begins, reader.line_num + 1
        if not any(cell.strip() for cell in row):
            continue
        if not names:
            names = _named(row, columns, needed, number)
            continue
        if len(row) > len(names) and any(cell.strip() for cell in row[len(names) :]):
            raise BadSheet("cells", line=number)
        cells = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name}
        found.append(Line(number, {name: cells.get(name, "") for name in columns}))
        if len(found) > most:
            raise BadSheet("long", line=number)
    if not found:
        raise BadSheet("empty")
    return tuple(found)


def _named(
    row: list[str], columns: Mapping[str, tuple[str, ...]], needed: frozenset[str], number: int
) -> list[str]:
    known = {heading: name for name, headings in columns.items() for heading in headings}
    names = [known.get(folded(cell), "") for cell in row]
    for name in names:
        if name and names.count(name) > 1:
            raise BadSheet("twice", line=number, column=name)
    for name in columns:
        if name in needed and name not in names:
            raise BadSheet("column", line=number, column=name)
    return names


def folded(words: str) -> str:
    """Small letters without accents, single spaces."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).replace("_", " ").split())
