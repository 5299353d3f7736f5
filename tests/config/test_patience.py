"""Somebody who sends byte by byte holds a thread for a while, and not for ever."""

import io
import socket
import threading
import time
from typing import Any

import pytest

from colibri.config.patience import Patient
from colibri.config.processes import _Site

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]


class Body:
    """The body of a request, read from its socket as a server reads it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def read(self, length: int) -> bytes:
        read = b""
        while len(read) < length and (more := self._connection.recv(length - len(read))):
            read += more
        return read


def echo(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    return [environ["wsgi.input"].read()]


def sent_to(patient: Patient, *parts: bytes, length: int) -> bytes:
    """What the application reads of a body whose parts come one after the other, and then no more."""
    here, there = socket.socketpair()
    with here, there:
        sender = threading.Thread(target=lambda: [(here.sendall(part), time.sleep(0.05)) for part in parts])
        sender.start()
        environ = {"CONTENT_LENGTH": str(length), "gunicorn.socket": there, "wsgi.input": Body(there)}
        (read,) = patient(environ, lambda *_: None)
        sender.join()
    return bytes(read)


def test_a_body_that_comes_in_time_is_whole():
    assert sent_to(Patient(echo), b"do=", b"give", length=7) == b"do=give"


def test_a_body_that_never_ends_is_cut():
    assert sent_to(Patient(echo, seconds=0.3), b"do=", b"g", length=1_000) == b"do=g"


def test_what_is_too_large_to_read_ahead_and_what_has_no_socket_is_left_alone():
    for more in ({"CONTENT_LENGTH": str(2**40), "gunicorn.socket": None}, {"CONTENT_LENGTH": "2"}):
        environ = {"wsgi.input": io.BytesIO(b"ab"), **more}
        assert Patient(echo)(environ, lambda *_: None) == [b"ab"]


def test_the_site_is_served_with_patience():
    assert isinstance(_Site(0, 1, 1).load(), Patient)
