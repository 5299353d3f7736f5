"""Where official data is kept: each version whole in a folder of its own, one name says which one counts.

A version is written aside, brought to disk, then named: whatever is interrupted, the former one still serves.
"""

import gzip
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from colibri.reference.official.reading import Rows, Unusable
from colibri.reference.official.sources import Source

__all__ = ["STEPS", "Damaged", "Held", "Store"]

STEPS = ("write", "sync", "place", "name", "clear")
"""What `keep` does, in this order; `step` is told each before it is done."""

_SHRINKS = 0.8  # a version with less than this share of the former one's rows is taken for a broken file


class Damaged(Exception):
    """A stored version is not what was written: fetch it again."""


@dataclass(frozen=True, slots=True)
class Held:
    """A stored version: `read_at` as ISO 8601, rows over all tables, bytes on disk."""

    source: str
    version: str
    read_at: str
    rows: int
    size: int


class Store:
    """The versions of every source under one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(
        self,
        source: Source,
        rows: Rows,
        *,
        version: str,
        read_at: str,
        force: bool = False,
        step: Callable[[str], None] = lambda name: None,
    ) -> Held:
        """Make rows the version that counts; the one before stays beside it.

        Raises `Unusable` where there are far fewer rows than before, unless `force`; whatever is raised,
        also by `step`, the former version still counts.
        """
        home = self._folder / source.name
        home.mkdir(parents=True, exist_ok=True)
        former, count = self._former_count(source.name), sum(map(len, rows.values()))
        if not force and count < _SHRINKS * former:
            raise Unusable("shrunk", rows=count, former=former)
        content = gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), mtime=0)
        digest = hashlib.sha256(content).hexdigest()
        about = {"version": version, "read_at": read_at, "rows": count, "sha256": digest}
        aside = Path(tempfile.mkdtemp(prefix="incoming-", dir=home))
        placed = home / f"v-{digest[:20]}"
        try:
            step("write")
            (aside / "rows.json.gz").write_bytes(content)
            (aside / "about.json").write_text(json.dumps(about), encoding="utf-8")
            step("sync")
            for file in (*aside.iterdir(), aside):
                _sync(file)
            step("place")
            if placed.exists():
                for name in ("rows.json.gz", "about.json"):  # the rows too: those there may be damaged
                    (aside / name).replace(placed / name)
                shutil.rmtree(aside)
            else:
                aside.rename(placed)
            step("name")
            _name(home, placed.name)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        step("clear")
        self._clear(home, placed.name)
        return Held(source.name, version, read_at, count, len(content))

    def held(self, name: str) -> Held | None:
        """The version that counts, None where there is none."""
        place = self._current(name)
        if place is None:
            return None
        about = json.loads((place / "about.json").read_text(encoding="utf-8"))
        size = (place / "rows.json.gz").stat().st_size
        return Held(name, about["version"], about["read_at"], about["rows"], size)

    def rows(self, name: str) -> Rows | None:
        """The rows that count, None where there are none. Raises `Damaged` where they are not as written."""
        place = self._current(name)
        if place is None:
            return None
        about = json.loads((place / "about.json").read_text(encoding="utf-8"))
        content = (place / "rows.json.gz").read_bytes()
        if hashlib.sha256(content).hexdigest() != about["sha256"]:
            raise Damaged(name)
        rows: Rows = json.loads(gzip.decompress(content))
        return rows

    def _former_count(self, name: str) -> int:
        """How many rows the version that counts has; none where it is damaged: then any is better."""
        try:
            held = self.held(name)
        except (OSError, ValueError, KeyError):
            return 0
        return 0 if held is None else held.rows

    def _current(self, name: str) -> Path | None:
        try:
            placed = (self._folder / name / "current").read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        place = self._folder / name / placed
        return place if (place / "about.json").is_file() else None

    def _clear(self, home: Path, current: str) -> None:
        """Remove what was interrupted, and versions older than the one before."""
        for left in home.glob("incoming-*"):
            shutil.rmtree(left, ignore_errors=True)
        versions = sorted(home.glob("v-*"), key=lambda place: place.stat().st_mtime, reverse=True)
        for old in [place for place in versions if place.name != current][1:]:
            shutil.rmtree(old, ignore_errors=True)


def _name(home: Path, placed: str) -> None:
    """Say in one step which version counts."""
    fresh = home / "current.new"
    fresh.write_text(placed, encoding="utf-8")
    _sync(fresh)
    fresh.replace(home / "current")
    _sync(home)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
