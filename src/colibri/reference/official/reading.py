"""Read the files of an official source into rows, all of them or none."""

import csv
import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from colibri.reference.official.sources import Column, Source, Table

__all__ = ["LARGEST", "Rows", "Unusable", "read_source", "version_of"]

Rows = dict[str, list[dict[str, str]]]
SUMS = "SHA256SUMS"
LARGEST = 500 * 1024 * 1024  # bytes of one file, unpacked


class Unusable(Exception):
    """Why files cannot be used: `reason` is a word for the command to say, `words` what it is about."""

    def __init__(self, reason: str, **words: str | int) -> None:
        super().__init__(f"{reason}: {words}")
        self.reason = reason
        self.words = words


def read_source(source: Source, path: Path) -> Rows:
    """The rows of every table of a source, from a file, a folder or a zip of files.

    Raises `Unusable` where a table is missing, empty, has other columns, a value that cannot be, or fewer
    rows than it must.
    """
    _check_sums(path)
    files = list(_files(path))
    anything = path.is_file() and len(files) == len(source.tables) == 1  # whatever it is called
    return {table.name: _read_table(table, files, anything) for table in source.tables}


def version_of(path: Path) -> str:
    """The version that the names of files tell ("460" for `…_v460.csv`, "2025"), empty where they do not."""
    for name, _ in _files(path):
        found = re.search(r"_v(\d{3,4})|(20\d{2})", name)
        if found:
            return found[1] or found[2]
    return ""


def _check_sums(path: Path) -> None:
    """Compare files with the sums of a `SHA256SUMS` beside them, where there is one."""
    folder = path if path.is_dir() else path.parent
    sums = folder / SUMS
    if not sums.is_file():
        return
    for line in sums.read_text(encoding="utf-8").splitlines():
        said, _, name = line.strip().partition(" ")
        file = folder / name.strip().lstrip("*")
        if name and file.is_file() and hashlib.sha256(_limited(file)).hexdigest() != said.lower():
            raise Unusable("wrong_sum", file=file.name)


def _files(path: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Each CSV under a path, also inside zips: its name, and how to read it."""
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and inner.suffix.lower() in (".csv", ".tsv", ".zip"):
                yield from _files(inner)
    elif path.suffix.lower() == ".zip":
        try:
            names = zipfile.ZipFile(path).namelist()
        except (zipfile.BadZipFile, OSError) as fault:
            raise Unusable("bad_zip", file=path.name) from fault
        for name in names:
            if name.lower().endswith((".csv", ".tsv")):
                yield Path(name).name, lambda name=name: _unzipped(path, name)  # type: ignore[misc]
    elif path.is_file():
        yield path.name, lambda: _limited(path)
    else:
        raise Unusable("no_file", file=str(path))


def _limited(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise Unusable("too_large", file=path.name)
    return path.read_bytes()


def _unzipped(path: Path, name: str) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(name).file_size > LARGEST:
                raise Unusable("too_large", file=name)
            return archive.read(name)
    except (zipfile.BadZipFile, OSError, EOFError) as fault:
        raise Unusable("bad_zip", file=path.name) from fault


def _read_table(
    table: Table, files: list[tuple[str, Callable[[], bytes]]], anything: bool
) -> list[dict[str, str]]:
    named = [
        (name, content)
        for name, content in files
        if anything or any(part in _plain(name) for part in table.files)
    ]
    if not named:
        raise Unusable("no_table", table=table.name, names=", ".join(table.files))
    fitting = [(name, content) for name, content in named if _fits(table, content())] or named
    name, content = fitting[0]
    rows = list(_rows(table, name, content()))
    if len(rows) < table.least:
        raise Unusable("too_few", file=name, rows=len(rows), least=table.least)
    return rows


def _fits(table: Table, content: bytes) -> bool:
    """Does a file have the table's columns? (Several files may bear a table's name.)"""
    first = content.split(b"\n", 1)[0].decode("utf-8", "replace")
    headings = {heading.strip().strip('"\ufeff') for heading in re.split(r"[,;\t]", first)}
    return all(any(heading in headings for heading in column.headings) for column in table.columns)


def _rows(table: Table, name: str, content: bytes) -> Iterator[dict[str, str]]:
    if not content.strip():
        raise Unusable("empty", file=name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unusable("not_utf8", file=name) from fault
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    heads = [heading.strip() for heading in next(reader)]
    places = [_place(column, heads, name) for column in table.columns]
    patterns = [re.compile(column.pattern) for column in table.columns]
    try:
        for values in reader:
            if not values:
                continue
            if len(values) <= max(places):
                raise Unusable("short_row", file=name, line=reader.line_num)
            row = {
                column.name: values[place].strip()
                for column, place in zip(table.columns, places, strict=True)
            }
            if table.keep is not None and row[table.keep[0]] not in table.keep[1]:
                continue
            for column, pattern in zip(table.columns, patterns, strict=True):
                if not pattern.fullmatch(row[column.name]):
                    value = row[column.name][:40]
                    raise Unusable(
                        "bad_value", file=name, line=reader.line_num, column=column.headings[0], value=value
                    )
            yield row
    except csv.Error as fault:
        raise Unusable("no_csv", file=name, line=reader.line_num) from fault


def _place(column: Column, heads: list[str], name: str) -> int:
    for heading in column.headings:
        if heading in heads:
            return heads.index(heading)
    raise Unusable("no_column", file=name, column=" / ".join(column.headings), heads=", ".join(heads)[:200])


def _plain(name: str) -> str:
    lowered = unicodedata.normalize("NFD", name.lower())
    return "".join(sign for sign in lowered if not unicodedata.combining(sign))
