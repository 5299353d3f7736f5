"""Reads the tables of `colibri plan`, and says which line of which file is wrong."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from colibri.compute.classes import family_of, pack, region_of
from colibri.compute.planning.numbering import number_by_class

__all__ = ["BadInput", "Follows", "Row", "read_follows", "read_rows"]

FOLLOW_COLUMNS = ("relay", "member")
CLASS_COLUMNS = ("family", "region", "recruiter")


class BadInput(Exception):
    """What cannot be planned from: `path`, `line` (from 1; 0 for the whole file) and `what` in words."""

    def __init__(self, path: Path, line: int, what: str) -> None:
        self.path, self.line, self.what = path, line, what
        words = {"file": path.name, "line": line, "what": what}
        told = _("%(file)s, line %(line)d: %(what)s") if line else _("%(file)s: %(what)s")
        super().__init__(told % words)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its number and its values by column, without spaces around them."""

    path: Path
    line: int
    values: dict[str, str]
    decimal_comma: bool

    def bad(self, what: str) -> BadInput:
        return BadInput(self.path, self.line, what)

    def text(self, column: str) -> str:
        """A value that must be there."""
        value = self.values.get(column, "")
        if not value:
            raise self.bad(_("%(column)s is empty") % {"column": column})
        return value

    def number(self, column: str, otherwise: float, *, most: float = np.inf) -> float:
        """A number from 0 to `most`; `otherwise` where nothing is written."""
        written = self.values.get(column, "")
        if not written:
            return otherwise
        try:
            value = float(written.replace(",", ".") if self.decimal_comma else written)
        except ValueError:
            value = np.nan
        if not 0 <= value <= most or np.isinf(value):
            words = {"column": column, "value": _short(written), "most": f"{most:g}"}
            if np.isinf(most):
                raise self.bad(_("%(column)s: “%(value)s” is not a number of 0 or more") % words)
            raise self.bad(_("%(column)s: “%(value)s” is not a number from 0 to %(most)s") % words)
        return value

    def count(self, column: str, otherwise: int) -> int:
        """A whole number of 0 or more that fits 32 bits."""
        value = self.number(column, otherwise)
        if value != int(value) or value > np.iinfo(np.int32).max:
            words = {"column": column, "value": _short(self.values[column])}
            raise self.bad(_("%(column)s: “%(value)s” is not a whole number of 0 or more") % words)
        return int(value)

    def family(self) -> int:
        """The trade family of a ROME code or letter, 0 where nothing is written."""
        return self._code("family", family_of(self.values.get("family", "")))

    def region(self) -> int:
        """The number of a region by its INSEE code, 0 where nothing is written."""
        return self._code("region", region_of(_region_code(self.values.get("region", ""))))

    def recruiter(self) -> int:
        """1 for a member who recruits, else 0."""
        written = self.values.get("recruiter", "")
        if written not in {"", "0", "1"}:
            raise self.bad(_("recruiter: “%(value)s” is neither 0 nor 1") % {"value": _short(written)})
        return int(written or 0)

    def _code(self, column: str, number: int) -> int:
        written = self.values.get(column, "")
        if written and not number:
            words = {"column": column, "value": _short(written)}
            raise self.bad(_("%(column)s: “%(value)s” is not a known code") % words)
        return number


def read_rows(path: Path, required: Sequence[str], optional: Sequence[str]) -> tuple[list[Row], list[str]]:
    """The lines of a CSV table and the columns nobody asked for. Raises BadInput at the first wrong line."""
    header, rows = _lines(path, required)
    known = {*required, *optional}
    return list(rows), [column for column in header if column not in known]


@dataclass(frozen=True, slots=True)
class Follows:
    """Audiences in two arrays as `Problem` takes them, and the class of each member, numbered by class."""

    start: NDArray[np.int64]
    member: NDArray[np.uint32]
    member_class: NDArray[np.int32]
    block: int
    ignored: list[str]


def read_follows(path: Path, relays: Sequence[str]) -> Follows:
    """Who follows which relay, from CSV or Parquet. Raises BadInput at the first wrong line or row."""
    table = _parquet(path) if path.suffix == ".parquet" else _fast_csv(path)
    if table is not None:
        found = _group(table, relays)
        if found is not None:
            return found
    if path.suffix == ".parquet":
        raise _first_wrong_follow(path, relays, _parquet_rows(path))
    raise _first_wrong_follow(path, relays, _lines(path, FOLLOW_COLUMNS)[1])


def _group(table: pa.Table, relays: Sequence[str]) -> Follows | None:
    """Audiences of a table of strings; None where something is wrong, to be found line by line."""
    of = pc.index_in(table["relay"], value_set=pa.array(relays, pa.string()))
    members = pc.dictionary_encode(table["member"]).combine_chunks()
    names = members.dictionary if len(members) else pa.array([], pa.string())
    if of.null_count or members.null_count or pc.any(pc.equal(names, "")).as_py():
        return None
    relay = of.to_numpy().astype(np.int64)
    member = np.asarray(members.indices).astype(np.int64)
    if table.num_rows >= 2**32:
        return None
    family, region, recruiter = (_codes(table, column) for column in CLASS_COLUMNS)
    if family is None or region is None or recruiter is None:
        return None
    member_class = np.zeros(len(names), dtype=np.int32)
    np.maximum.at(member_class, member, pack(family, region, recruiter))
    number, member_class, block = number_by_class(member_class)
    key = np.sort(relay * max(1, member_class.size) + number[member])
    if np.any(key[1:] == key[:-1]):
        return None
    start = np.zeros(len(relays) + 1, dtype=np.int64)
    np.cumsum(np.bincount(relay, minlength=len(relays)), out=start[1:])
    ordered = (key % max(1, member_class.size)).astype(np.uint32)
    known = {*FOLLOW_COLUMNS, *CLASS_COLUMNS}
    ignored = [name for name in table.column_names if name not in known]
    return Follows(start, ordered, member_class, block, ignored)


def _codes(table: pa.Table, column: str) -> NDArray[np.int64] | None:
    """A class column as numbers; None where a code is unknown."""
    if column not in table.column_names:
        return np.zeros(table.num_rows, dtype=np.int64)
    encoded = pc.dictionary_encode(pc.fill_null(table[column], "")).combine_chunks()
    written = encoded.dictionary.to_pylist() if len(encoded) else []
    numbers = []
    for value in written:
        row = Row(Path(), 0, {column: value}, decimal_comma=False)
        try:
            numbers.append({"family": row.family, "region": row.region, "recruiter": row.recruiter}[column]())
        except BadInput:
            return None
    return (
        np.array(numbers, dtype=np.int64)[np.asarray(encoded.indices)] if written else np.zeros(0, np.int64)
    )


def _fast_csv(path: Path) -> pa.Table | None:
    """The whole file as strings; None where a line is malformed, to be found line by line."""
    header, delimiter = _header(path)
    _missing(path, header, FOLLOW_COLUMNS)
    try:
        table = pa_csv.read_csv(
            path,
            parse_options=pa_csv.ParseOptions(delimiter=delimiter),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False
            ),
            read_options=pa_csv.ReadOptions(column_names=header, skip_rows=1),
        )
    except pa.ArrowInvalid:
        return None
    return pa.table({name: pc.utf8_trim_whitespace(table[name]) for name in table.column_names})


def _parquet(path: Path) -> pa.Table:
    try:
        names = pa_parquet.read_schema(path).names
        _missing(path, names, FOLLOW_COLUMNS)
        table = pa_parquet.read_table(path, columns=names)
        wanted = [name for name in names if name in {*FOLLOW_COLUMNS, *CLASS_COLUMNS}]
        texts = {name: pc.utf8_trim_whitespace(pc.cast(table[name], pa.string())) for name in wanted}
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise BadInput(
            path, 0, _("not a Parquet file Colibri can read (%(why)s)") % {"why": error}
        ) from error
    return pa.table(texts)


def _parquet_rows(path: Path) -> Iterator[Row]:
    for index, values in enumerate(_parquet(path).to_pylist()):
        yield Row(path, index + 1, {name: value or "" for name, value in values.items()}, decimal_comma=False)


def _first_wrong_follow(path: Path, relays: Sequence[str], rows: Iterator[Row]) -> BadInput:
    known = set(relays)
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        pair = row.text("relay"), row.text("member")
        if pair[0] not in known:
            return row.bad(_("relay “%(relay)s” is not in relays.csv") % {"relay": _short(pair[0])})
        if pair in seen:
            words = {"relay": _short(pair[0]), "member": _short(pair[1]), "line": seen[pair]}
            return row.bad(_("“%(member)s” follows “%(relay)s” already on line %(line)d") % words)
        seen[pair] = row.line
        row.family(), row.region(), row.recruiter()
    return BadInput(path, 0, _("cannot be read as a table of follows"))


def _header(path: Path) -> tuple[list[str], str]:
    """Column names and the delimiter: a semicolon where spreadsheets of a French system wrote one."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
    except UnicodeDecodeError:
        raise _not_utf8(path) from None
    except OSError as error:
        raise BadInput(path, 0, _("cannot be opened (%(why)s)") % {"why": error.strerror}) from error
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        names = next(csv.reader([first], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise BadInput(path, 1, str(error)) from error
    return [name.strip() for name in names], delimiter


def _missing(path: Path, header: Sequence[str], required: Sequence[str]) -> None:
    for column in required:
        if column not in header:
            raise BadInput(path, 1, _("the column %(column)s is missing") % {"column": column})
    for column in header:
        if list(header).count(column) > 1:
            raise BadInput(path, 1, _("the column %(column)s comes twice") % {"column": _short(column)})


def _lines(path: Path, required: Sequence[str]) -> tuple[list[str], Iterator[Row]]:
    header, delimiter = _header(path)
    _missing(path, header, required)
    return header, _rows(path, header, delimiter)


def _rows(path: Path, header: list[str], delimiter: str) -> Iterator[Row]:
    try:
        content = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise _not_utf8(path) from None
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    next(reader)
    while True:
        line = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadInput(path, line, _("cannot be read: %(why)s") % {"why": error}) from error
        if not values:
            continue
        if len(values) != len(header):
            words = {"expected": len(header), "found": len(values)}
            raise BadInput(path, line, _("%(expected)d values expected, %(found)d found") % words)
        stripped = dict(zip(header, (value.strip() for value in values), strict=True))
        yield Row(path, line, stripped, decimal_comma=delimiter == ";")


def _not_utf8(path: Path) -> BadInput:
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return BadInput(path, number, _("not UTF-8 text"))
    return BadInput(path, 0, _("not UTF-8 text"))


def _region_code(written: str) -> str:
    return written.zfill(2) if written.isascii() and written.isdigit() else written


def _short(written: str) -> str:
    return written if len(written) <= 40 else written[:39] + "…"
