"""A CV read in a process of its own: what it says, or the problem, within seconds and a bounded memory."""

import json
import subprocess
import sys
from dataclasses import dataclass
from threading import BoundedSemaphore

from colibri.networks.plain import plain

__all__ = ["FILE_MOST", "PROBLEMS", "FileText", "Problem", "read_file"]

FILE_MOST = 2_500_000
"""Bytes of the largest file that is looked at: such an upload stays in memory and touches no disk."""
SECONDS_MOST = 9
ANSWER_MOST = 4 * 1024 * 1024
AT_ONCE = 2
"""So many files are read at a time by one process; who comes then is asked to try again."""

PROBLEMS = (
    "too_big",
    "wrong_type",
    "old_word",
    "encrypted",
    "macro",
    "too_many_pages",
    "too_heavy",
    "too_slow",
    "damaged",
    "scanned",
    "empty",
    "busy",
)
_places = BoundedSemaphore(AT_ONCE)


class Problem(Exception):
    """A file that cannot be read; `name` is one of `PROBLEMS`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class FileText:
    """What was read of a file: its text in reading order, a line each, and what stands beside the text."""

    kind: str  # "pdf", "docx" or "xml"
    pages: int
    images: int
    columns: bool
    links: tuple[str, ...]
    lines: tuple[str, ...]

    def __post_init__(self) -> None:
        """Half characters and control characters, which files do hold, can be neither kept nor shown."""
        object.__setattr__(self, "links", tuple(map(plain, self.links)))
        object.__setattr__(self, "lines", tuple(map(plain, self.lines)))


def read_file(content: bytes, language: str = "fr") -> FileText:
    """Read a PDF, DOCX or Europass XML, whose codes are put into words of a language.

    Raises `Problem`; never takes longer than `SECONDS_MOST`.
    """
    if len(content) > FILE_MOST:
        raise Problem("too_big")
    if not _places.acquire(timeout=1):
        raise Problem("busy")
    try:
        done = subprocess.run(  # noqa: S603 this program, and a language of ours
            [sys.executable, "-I", "-m", "colibri.resumes.child", language],
            input=content,
            capture_output=True,
            timeout=SECONDS_MOST,
            env={"LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Problem("too_slow") from late
    finally:
        _places.release()
    if done.returncode or len(done.stdout) > ANSWER_MOST:
        # Killed for its time, or out of memory where no exception can be raised any more.
        raise Problem("too_slow" if done.returncode < 0 else "too_heavy")
    answer = json.loads(done.stdout)
    if "problem" in answer:
        raise Problem(answer["problem"])
    return FileText(**{**answer, "links": tuple(answer["links"]), "lines": tuple(answer["lines"])})
