"""How far a server was heard, short enough for a database's column."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

from colibri.networks.errors import Refused
from colibri.networks.mastodon.entities import local_id, order

__all__ = ["MARKS", "Place"]

MARKS = 22
"""How many of the last posts heard are recognised after a break."""
_MARK_BYTES = 3


@dataclass(slots=True)
class Place:
    """The newest status and mention heard, and marks of the last statuses.

    A post that another server delivers late is given an identifier of the past: what is not among the
    marks, though older than the newest, was not heard yet.
    """

    newest: str = ""
    mention: str = ""
    looked: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    marks: list[bytes] = field(default_factory=list)

    @classmethod
    def read(cls, cursor: str) -> "Place":
        """The place a cursor tells. Raises `Refused` where it is none."""
        if not cursor:
            return cls()
        try:
            said = json.loads(cursor)
            joined = base64.b64decode(said["k"], validate=True)
            names = [str(said[name]) for name in ("s", "m")]
            for name in filter(None, names):
                local_id({"id": name})
            looked = datetime.fromtimestamp(int(said["t"]), UTC)
        except (
            ValueError,
            KeyError,
            TypeError,
            OverflowError,
            OSError,
            binascii.Error,
            RecursionError,
        ) as fault:
            raise Refused(f"not a cursor: {cursor!r}") from fault
        marks = [joined[start : start + _MARK_BYTES] for start in range(0, len(joined), _MARK_BYTES)]
        return cls(names[0], names[1], looked, marks[-MARKS:])

    def cursor(self) -> str:
        """This place as a string of 200 characters at most."""
        said = {
            "s": self.newest,
            "m": self.mention,
            "t": int(self.looked.timestamp()),
            "k": base64.b64encode(b"".join(self.marks)).decode(),
        }
        return json.dumps(said, separators=(",", ":"))

    def knows(self, name: str) -> bool:
        """Whether a status is among the last ones heard."""
        return _mark(name) in self.marks

    def reach(self, name: str) -> None:
        """A status was heard."""
        if not self.knows(name):
            self.marks = [*self.marks, _mark(name)][-MARKS:]
        if not self.newest or order(name) > order(self.newest):
            self.newest = name


def _mark(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()[:_MARK_BYTES]
