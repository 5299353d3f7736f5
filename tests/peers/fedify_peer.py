"""A real ActivityPub server on loopback: Fedify, with a few people who do as they are told.

Fixture: `fedify`, started in a second. `python -m tests.peers.fedify_peer install` brings the program.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.peers import npm
from tests.peers.process import PeerFailed, free_port, running

__all__ = ["Fedify", "fedify", "fedify_server"]

SOURCE = Path(__file__).parent / "fedify"


@dataclass(frozen=True, slots=True)
class Fedify:
    """Where it answers."""

    origin: str

    def actor(self, name: str) -> str:
        return f"{self.origin}/users/{name}"

    def does(self, who: str, what: str, at: str, **order: Any) -> dict[str, Any]:
        """Somebody there does something towards an actor elsewhere, named by handle or id."""
        sent = {"who": who, "does": what, "at": at, **order}
        answer = httpx.post(f"{self.origin}/-/act", json=sent, timeout=120)
        if answer.status_code >= 400:
            raise PeerFailed(f"{what}: {answer.text[:500]}")
        return dict(answer.json())

    def now(self) -> datetime:
        """What its clock says."""
        return parsedate_to_datetime(httpx.get(f"{self.origin}/-/received", timeout=30).headers["Date"])

    def received(self, kind: str) -> list[dict[str, Any]]:
        """The activities of a kind that were sent to it and proven to it, in order."""
        found = httpx.get(f"{self.origin}/-/received", timeout=120).json()
        return [one for one in found if one["type"] == kind]


@contextmanager
def fedify_server(
    folder: Path, *, port: int = 0, kind: str = "rfc9421", anytime: bool = False
) -> Iterator[Fedify]:
    """Start one whose keys live in `folder`; `kind` is the signature it sends first.

    With `anytime` a signature may have been made on any day: for stories with a calendar of their own.
    """
    installed = npm.install(SOURCE)
    shutil.copy(SOURCE / "peer.mjs", installed)
    port = port or free_port()
    made = Fedify(f"http://127.0.0.1:{port}")
    command = [str(npm.NODE), str(installed / "peer.mjs"), str(folder / "keys.json"), str(port), kind]
    command += ["anytime"] if anytime else []
    with running(command, ready=lambda: _answers(made), log=folder / f"fedify-{port}.log", cwd=installed):
        yield made


def _answers(peer: Fedify) -> bool:
    try:
        return httpx.get(f"{peer.origin}/-/received", timeout=2).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture
def fedify(tmp_path: Path) -> Iterator[Fedify]:
    """One of the test's own: another test's actor has another key under the same address."""
    with fedify_server(tmp_path) as made:
        yield made


if __name__ == "__main__":
    if sys.argv[1:] != ["install"]:
        sys.exit("Usage: python -m tests.peers.fedify_peer install")
    print(npm.install(SOURCE))
