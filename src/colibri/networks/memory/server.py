"""The network in memory as a process of its own: `python -m colibri.networks.memory.server`.

It listens on loopback only and prints one JSON line, {"address": "http://127.0.0.1:PORT"},
once it answers. Whoever may connect may also use the control verbs: it holds no real person.
"""

import argparse
import gzip
import json
import signal
import sys
import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from typing import Any

from colibri.networks.errors import NetworkError, Refused
from colibri.networks.memory.wire import CONTROLS, SPOKEN, error_to_row, status_of
from colibri.networks.memory.world import World

__all__ = ["address_of", "main", "make_server"]

_LONGEST_BODY = 512 * 1024 * 1024
_LONGEST_WAIT = 20.0


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    world: World

    def do_GET(self) -> None:
        """An account at /@ada, a post at /@ada/KEY, as plain text."""
        handle, _, key = self.path.removeprefix("/@").partition("/")
        try:
            page, status = self._page(handle, key) if self.path.startswith("/@") else "", 200
        except NetworkError:
            page, status = "", 404
        body = page.encode()
        self.send_response(status if page else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        verb = self.path.lstrip("/")
        try:
            answer = {"answer": self._do(verb)}
        except NetworkError as error:
            answer = error_to_row(error)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            answer = error_to_row(Refused(f"{verb}: {error!r}"))
        body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
        self.send_response(status_of(answer))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: thousands of pages would fill a terminal."""

    def _page(self, handle: str, key: str) -> str:
        author = self.world.fetch_actor("", handle)
        if not key:
            return f"{author.name} @{author.handle}\n\n{author.biography}\n"
        uri = f"{author.id}/posts/{key}"
        post = self.world.fetch_post("", uri)
        boosts = sum(subject == uri for _, subject in self.world.standing_boosts())
        return (
            f"{author.name} @{author.handle}\n\n{post.text}\n\n{post.created_at:%Y-%m-%d %H:%M} ↻ {boosts}\n"
        )

    def _do(self, verb: str) -> Any:
        length = int(self.headers.get("Content-Length", 0))
        if length > _LONGEST_BODY:
            self.close_connection = True
            raise Refused("a body too long")
        arguments = json.loads(self.rfile.read(length) or b"[]")
        if not isinstance(arguments, list):
            raise Refused("arguments are a list")
        if verb in CONTROLS:
            return CONTROLS[verb].encode(getattr(self.world, verb)(*arguments))
        if verb not in SPOKEN:
            raise Refused(f"no verb {verb!r}")
        if verb == "stream":
            arguments[1] = min(float(arguments[1]), _LONGEST_WAIT)
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        return SPOKEN[verb].encode(getattr(self.world, verb)(token, *arguments))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def make_server(port: int = 0, **world: Any) -> tuple[ThreadingHTTPServer, World]:
    """A server on loopback, not yet serving, and the world behind it; port 0 takes a free one.

    `world` is what `World` takes, but for its site, which is the server's address.
    """

    class Handler(_Handler):
        """The handler of this server's own world."""

    server = _Server(("127.0.0.1", port), Handler)
    Handler.world = World(site=address_of(server), **world)
    return server, Handler.world


def address_of(server: ThreadingHTTPServer) -> str:
    """Where a server answers."""
    return f"http://127.0.0.1:{server.server_address[1]}"


def load_file(world: World, path: Path) -> None:
    """Load {"accounts": [[handle, name, biography]…], "follows": {handle: [place…]}}, gzipped or not."""
    content = path.read_bytes()
    population = json.loads(gzip.decompress(content) if path.suffix == ".gz" else content)
    world.load(population["accounts"], population["follows"], key=str(path))


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="colibri.networks.memory.server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--load", type=Path, help="a population to begin with, JSON, may be gzipped")
    parser.add_argument("--journal", type=Path, help="a file that remembers from one start to the next")
    parser.add_argument("--seed", default="colibri", help="what tokens are made from")
    options = parser.parse_args(arguments)
    server, world = make_server(options.port, seed=options.seed, journal=options.journal)
    with server:
        if options.load:
            load_file(world, options.load)

        def stop(number: int, frame: FrameType | None) -> None:
            threading.Thread(target=server.shutdown, daemon=True).start()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        sys.stdout.write(json.dumps({"address": address_of(server)}) + "\n")
        sys.stdout.flush()
        server.serve_forever(poll_interval=0.1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
