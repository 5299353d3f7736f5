"""A real Bluesky on loopback: its own PLC and PDS and, in full, its AppView.

Fixtures: `bluesky` (PDS and PLC alone, started in a second) and `full_bluesky` (with the AppView, on
`postgres_server` and `redis_server`). `python -m tests.peers.bluesky_peer install` brings the programs.
"""

import json
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from colibri.networks.guard import Guard
from tests.peers import npm
from tests.peers.postgres import PostgresServer
from tests.peers.process import PeerFailed, dying_with_us, wait_until
from tests.peers.redis import RedisServer

__all__ = ["Bluesky", "Member", "bluesky", "bluesky_network", "full_bluesky"]

SOURCE = Path(__file__).parent / "bluesky"
GUARD = Guard(allow=frozenset({"localhost:*", "127.0.0.1:*"}))


@dataclass(frozen=True, slots=True)
class Member:
    """A real account on the PDS."""

    did: str
    handle: str
    password: str
    token: str = field(repr=False)  # for what the test does in this person's name


@dataclass(frozen=True, slots=True)
class Bluesky:
    """Where the network's parts answer; `appview` is empty where there is none."""

    pds: str
    plc: str
    appview: str = ""

    @property
    def address(self) -> str:
        """The address Colibri is given: the PDS and its stream."""
        return f"{self.pds} {self.pds.replace('http', 'ws', 1)}"

    def ask(self, method: str, *, token: str = "", **parameters: Any) -> dict[str, Any]:
        """A query to the PDS, by its own HTTP interface."""
        return self._said(
            httpx.get(f"{self.pds}/xrpc/{method}", params=parameters, headers=_bearer(token), timeout=120)
        )

    def tell(self, method: str, *, token: str = "", **body: Any) -> dict[str, Any]:
        """A procedure of the PDS, by its own HTTP interface."""
        return self._said(
            httpx.post(f"{self.pds}/xrpc/{method}", json=body or None, headers=_bearer(token), timeout=120)
        )

    def create_account(self, name: str, *, biography: str = "") -> Member:
        """Open an account whose handle begins with `name`, as a person would."""
        handle = f"{name}-{secrets.token_hex(4)}.test"
        password = secrets.token_hex(8)
        email = f"{handle.removesuffix('.test')}@example.org"
        made = self.tell("com.atproto.server.createAccount", handle=handle, password=password, email=email)
        member = Member(made["did"], handle, password, made["accessJwt"])
        if biography:
            record = {"$type": "app.bsky.actor.profile", "displayName": name, "description": biography}
            self.write(member, "app.bsky.actor.profile", record, "self")
        if self.appview and not wait_until(lambda: self.shows(member, biography)):
            raise PeerFailed(f"The AppView has not heard of {handle} for a minute.")
        return member

    def shows(self, member: Member, biography: str = "") -> bool:
        """Whether the AppView, which hears of everything a little later, knows this person yet."""
        question = {"actor": member.handle}
        told = httpx.get(f"{self.appview}/xrpc/app.bsky.actor.getProfile", params=question, timeout=120)
        return told.status_code == 200 and told.json().get("description", "") == biography

    def create_app_password(self, member: Member, name: str = "colibri") -> str:
        """A password for one application, which can be revoked alone."""
        made = self.tell("com.atproto.server.createAppPassword", token=member.token, name=name)
        return str(made["password"])

    def revoke_app_password(self, member: Member, name: str = "colibri") -> None:
        """End it, and every session opened with it."""
        self.tell("com.atproto.server.revokeAppPassword", token=member.token, name=name)

    def write(self, member: Member, collection: str, record: dict[str, Any], key: str) -> dict[str, Any]:
        """Write one record in this person's name."""
        return self.tell(
            "com.atproto.repo.putRecord",
            token=member.token,
            repo=member.did,
            collection=collection,
            rkey=key,
            record=record,
        )

    def create(self, member: Member, collection: str, record: dict[str, Any]) -> dict[str, Any]:
        """Create one record in this person's name, under a key the PDS chooses."""
        return self.tell(
            "com.atproto.repo.createRecord",
            token=member.token,
            repo=member.did,
            collection=collection,
            record={"$type": collection, "createdAt": "2026-11-22T12:00:00.000Z", **record},
        )

    def upload(self, member: Member, content: bytes, kind: str) -> dict[str, Any]:
        """Give the PDS a file, and take back what a record names it by."""
        headers = {**_bearer(member.token), "Content-Type": kind}
        sent = httpx.post(
            f"{self.pds}/xrpc/com.atproto.repo.uploadBlob", content=content, headers=headers, timeout=120
        )
        return dict(self._said(sent)["blob"])

    def records(self, did: str, collection: str) -> list[dict[str, Any]]:
        """What stands in somebody's collection."""
        found = self.ask("com.atproto.repo.listRecords", repo=did, collection=collection, limit=100)
        return list(found["records"])

    def _said(self, answer: httpx.Response) -> dict[str, Any]:
        if answer.status_code >= 400:
            raise PeerFailed(f"{answer.status_code} from {answer.request.url}: {answer.text[:500]}")
        told = answer.headers.get("content-type", "").startswith("application/json")
        return dict(answer.json()) if told else {}


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


@contextmanager
def bluesky_network(
    *flags: str, env: dict[str, str] | None = None, seconds: float = 300
) -> Iterator[Bluesky]:
    """Start one; it is gone, with all it held, when the block ends.

    Raises `PeerFailed` when npm cannot install it or it does not start.
    """
    folder = npm.install(SOURCE, scripts=True)
    shutil.copy(SOURCE / "peer.mjs", folder)
    temporary = Path(tempfile.mkdtemp(prefix="colibri-bluesky-"))
    output, said = temporary / "addresses", temporary / "log"
    command = [*dying_with_us(), str(npm.NODE), str(folder / "peer.mjs"), *flags]
    surroundings = {"PATH": "/usr/bin:/bin", "TMPDIR": str(temporary), "LOG_ENABLED": "false", **(env or {})}
    try:
        with (
            output.open("wb") as out,
            said.open("wb") as log,
            subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=out, stderr=log, env=surroundings, cwd=folder
            ) as process,
        ):
            try:
                wait_until(lambda: process.poll() is not None or bool(_addresses(output)), seconds=seconds)
                if not (found := _addresses(output)):
                    raise PeerFailed(f"Bluesky did not start. It said:\n{said.read_text()[-3000:]}")
                yield Bluesky(**found)
            finally:
                process.kill()
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _addresses(output: Path) -> dict[str, str]:
    for line in output.read_text(errors="replace").splitlines(keepends=True):
        if line.startswith('{"pds"') and line.endswith("\n"):
            return dict(json.loads(line))
    return {}


@pytest.fixture(scope="session")
def bluesky() -> Iterator[Bluesky]:
    """A PLC and a PDS of this test session's own, without an AppView."""
    with bluesky_network() as network:
        yield network


@pytest.fixture(scope="session")
def full_bluesky(postgres_server: PostgresServer, redis_server: RedisServer) -> Iterator[Bluesky]:
    """A whole network of this test session's own, with followers, biographies and counts."""
    env = {
        "DB_POSTGRES_URL": postgres_server.create_database(f"bluesky_{secrets.token_hex(4)}"),
        "REDIS_HOST": f"127.0.0.1:{redis_server.port}",
    }
    with bluesky_network("--full", env=env) as network:
        yield network


if __name__ == "__main__":
    if sys.argv[1:] != ["install"]:
        sys.exit("Usage: python -m tests.peers.bluesky_peer install")
    print(npm.install(SOURCE, scripts=True))
