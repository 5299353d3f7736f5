"""Whoever sends byte by byte holds a thread for some seconds, not for as long as they like."""

import io
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

__all__ = ["Patient"]

PATIENCE = 15.0
"""Seconds a whole request may take to come in; a proxy that collects it first needs none of them."""
MOST_BYTES = 8 * 1024 * 1024
"""More is not read ahead here: who may send it is asked first."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Patient:
    """A WSGI application whose requests come in within `seconds`, or not at all."""

    def __init__(self, application: Application, seconds: float = PATIENCE) -> None:
        self._application, self._seconds = application, seconds

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        connection = environ.get("gunicorn.socket")
        length = environ.get("CONTENT_LENGTH") or "0"
        if connection is not None and length.isdigit() and 0 < int(length) <= MOST_BYTES:
            environ["wsgi.input"] = io.BytesIO(self._read(environ["wsgi.input"], int(length), connection))
        return self._application(environ, start_response)

    def _read(self, body: Any, length: int, connection: socket.socket) -> bytes:
        """What came in time; the rest of a slow one never comes."""

        def cut() -> None:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RD)

        clock = threading.Timer(self._seconds, cut)
        clock.start()
        try:
            return bytes(body.read(length))
        finally:
            clock.cancel()
