"""`colibri data`: fetched or handed over, told in sentences, the former version kept."""

import errno
import hashlib
import http.server
import os
import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import translation

from colibri.config.official import command, fetching
from colibri.config.official.fetching import fetch_file
from colibri.config.official.words import REASONS
from colibri.networks.errors import NetworkError, Refused
from colibri.networks.guard import Guard
from colibri.reference import official
from colibri.reference.official import SOURCES, Unusable

CONTENT = "Code;Libellé\nA;Agriculture\n01.11Z;Culture de céréales\n".encode()


class Publisher(http.server.BaseHTTPRequestHandler):
    """Serves one file; the first answer may end before its time, later ones go on where asked."""

    content = CONTENT
    etag = '"one"'
    cut = 0
    elsewhere = ""  # where it sends whoever asks
    shift = 0  # a part begins so many bytes beside what was asked for
    asked: list[str] = []

    def do_GET(self):
        kind = type(self)
        wanted = self.headers.get("Range", "")
        kind.asked.append(wanted)
        start = 0
        if kind.elsewhere:
            self.send_response(302)
            self.send_header("Location", kind.elsewhere)
            self.end_headers()
            return
        if wanted and self.headers.get("If-Range") == kind.etag:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
        if start and start >= len(kind.content):
            self.send_response(416)
            self.end_headers()
            return
        self.send_response(206 if start else 200)
        self.send_header("ETag", kind.etag)
        self.send_header("Content-Length", str(len(kind.content) - start))
        if start:
            self.send_header(
                "Content-Range", f"bytes {start + kind.shift}-{len(kind.content) - 1}/{len(kind.content)}"
            )
        self.end_headers()
        body = kind.content[start:]
        if kind.cut:
            body, kind.cut = body[: kind.cut], 0
            self.close_connection = True
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def publisher():
    """A publisher on this machine: its handler class, and the address of its file."""
    handler = type("Handler", (Publisher,), {"asked": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield handler, f"http://127.0.0.1:{server.server_port}/naf.csv"
    server.shutdown()
    server.server_close()


@pytest.fixture
def guard():
    return Guard(allow=frozenset({"127.0.0.1:*"}))


@pytest.fixture
def installation(tmp_path, settings, guard, monkeypatch):
    """An installation of its own, for which NAF may have few rows."""
    settings.DATA_DIR, settings.GUARD = tmp_path / "data", guard
    naf = SOURCES["naf"]
    few = replace(naf, tables=tuple(replace(table, least=1) for table in naf.tables))
    monkeypatch.setattr(command, "SOURCES", {**SOURCES, "naf": few})
    with translation.override("en"):
        yield tmp_path


def run(*arguments):
    return CliRunner().invoke(command.data, list(arguments))


def test_a_broken_connection_is_gone_on_with(tmp_path, publisher, guard):
    """What came stays; the next try asks for the rest alone, and the file is whole."""
    handler, url = publisher
    handler.cut = 20
    with pytest.raises(NetworkError):
        fetch_file(guard, url, tmp_path / "naf.csv")
    assert not (tmp_path / "naf.csv").exists()
    told = []
    fetch_file(guard, url, tmp_path / "naf.csv", progress=lambda done, total: told.append((done, total)))
    assert (tmp_path / "naf.csv").read_bytes() == CONTENT
    assert handler.asked == ["", "bytes=20-"]
    assert told[-1] == (len(CONTENT), len(CONTENT))


def test_a_file_that_changed_meanwhile_is_fetched_anew(tmp_path, publisher, guard):
    """Halves of two versions are never put together."""
    handler, url = publisher
    handler.cut = 20
    with pytest.raises(NetworkError):
        fetch_file(guard, url, tmp_path / "naf.csv")
    handler.etag, handler.content = '"two"', CONTENT.replace(b"Agriculture", b"Agricultures")
    fetch_file(guard, url, tmp_path / "naf.csv")
    assert (tmp_path / "naf.csv").read_bytes() == handler.content


def cut_off(publisher, guard, target, after=20):
    """A first try whose connection broke."""
    handler, url = publisher
    handler.cut = after
    with pytest.raises(NetworkError):
        fetch_file(guard, url, target)


def test_a_server_that_does_not_say_its_file_is_the_same_is_asked_anew(tmp_path, publisher, guard):
    """A weak mark does not say that bytes are the same: nothing is gone on with."""
    handler, url = publisher
    handler.etag = 'W/"one"'
    cut_off(publisher, guard, tmp_path / "naf.csv")
    fetch_file(guard, url, tmp_path / "naf.csv")
    assert (tmp_path / "naf.csv").read_bytes() == CONTENT
    assert handler.asked == ["", ""]


def test_a_part_that_begins_elsewhere_is_not_put_behind_what_is_there(tmp_path, publisher, guard):
    """What was asked for is looked for in the answer; else one begins anew."""
    handler, url = publisher
    cut_off(publisher, guard, tmp_path / "naf.csv")
    handler.shift = 3
    fetch_file(guard, url, tmp_path / "naf.csv")
    assert (tmp_path / "naf.csv").read_bytes() == CONTENT
    assert handler.asked == ["", "bytes=20-", ""]


def test_a_part_longer_than_the_file_is_thrown_away(tmp_path, publisher, guard):
    """Interrupted after its last byte, or cut shorter since: the server has nothing from there on."""
    handler, url = publisher
    (tmp_path / "naf.csv.part").write_bytes(CONTENT)
    (tmp_path / "naf.csv.mark").write_text('"one"', encoding="ascii")
    fetch_file(guard, url, tmp_path / "naf.csv")
    assert (tmp_path / "naf.csv").read_bytes() == CONTENT
    assert handler.asked == [f"bytes={len(CONTENT)}-", ""]


def test_an_endless_way_an_error_and_an_inner_address_are_refused(tmp_path, publisher, guard):
    """A circle of redirects, an address inside behind a good one, a page that is not there."""
    handler, url = publisher
    for elsewhere in (url, "http://10.0.0.1/naf.csv"):
        handler.elsewhere = elsewhere
        with pytest.raises(Refused):
            fetch_file(guard, url, tmp_path / "naf.csv")
    handler.elsewhere = ""
    (tmp_path / "naf.csv.part").write_bytes(b"x")
    handler.do_GET = lambda self: self.send_error(404)
    with pytest.raises(NetworkError):
        fetch_file(guard, url, tmp_path / "naf.csv")
    assert not (tmp_path / "naf.csv").exists()


def test_a_file_larger_than_any_source_is_not_fetched_to_its_end(tmp_path, publisher, guard, monkeypatch):
    """However long an answer goes on, it ends at the largest size there is."""
    _, url = publisher
    monkeypatch.setattr(fetching, "LARGEST", len(CONTENT) - 1)
    with pytest.raises(NetworkError):
        fetch_file(guard, url, tmp_path / "naf.csv")
    assert not (tmp_path / "naf.csv").exists()


def test_a_wrong_checksum_leaves_the_former_file(tmp_path, publisher, guard):
    """What was fetched is thrown away, what was there stays."""
    _, url = publisher
    target = tmp_path / "naf.csv"
    fetch_file(guard, url, target, sha256=hashlib.sha256(CONTENT).hexdigest())
    with pytest.raises(Unusable, match="wrong_sum"):
        fetch_file(guard, url, target, sha256="0" * 64)
    assert target.read_bytes() == CONTENT
    assert [file.name for file in tmp_path.iterdir()] == ["naf.csv"]


def test_nothing_inside_is_fetched_from(tmp_path, publisher):
    """An address on this machine is refused as everywhere, unless the operator allows it."""
    _, url = publisher
    with pytest.raises(NetworkError):
        fetch_file(Guard(), url, tmp_path / "naf.csv")


def test_status_tells_what_is_there_after_an_update(installation, publisher):
    """Absent first; then version, date, rows; a later failure changes nothing."""
    handler, url = publisher
    assert "activités française: not there" in run("status").stdout
    done = run("update", "naf", "--address", f"naf={url}")
    assert done.exit_code == 0, done.output
    assert "2 rows" in done.stdout
    handler.content = b""
    handler.etag = '"empty"'
    done = run("update", "naf", "--address", f"naf={url}")
    assert done.exit_code == 1
    assert "empty" in done.stderr
    assert "as it was" in done.stderr
    assert "2 rows" in run("status").stdout


def test_local_files_are_taken_and_those_missing_passed_over(installation):
    """A folder need not hold every source; a source asked for by name must be there."""
    folder = installation / "files"
    folder.mkdir()
    (folder / "naf_2025.csv").write_bytes(CONTENT)
    done = run("update", "--from", str(folder))
    assert done.exit_code == 0, done.output
    assert "version 2025" in done.stdout
    done = run("update", "rome", "--from", str(folder))
    assert done.exit_code == 1
    assert "appellation" in done.stderr or "code_rome" in done.stderr


def test_damage_is_told_and_never_served(installation):
    """A changed byte shows in the status."""
    path = installation / "naf.csv"
    path.write_bytes(CONTENT)
    assert run("update", "naf", "--from", str(path)).exit_code == 0
    file = next((installation / "data" / "reference" / "naf").glob("v-*/rows.json.gz"))
    file.write_bytes(file.read_bytes()[:-3])
    assert "damaged" in run("status").stdout
    assert run("update", "naf", "--from", str(path)).exit_code == 0
    assert "2 rows" in run("status").stdout, "what the status says to do mends it"


def test_a_disk_that_takes_nothing_is_told_and_the_former_data_serves(installation, monkeypatch):
    """No traceback: what happened, and what to do."""
    path = installation / "naf.csv"
    path.write_bytes(CONTENT)
    assert run("update", "naf", "--from", str(path)).exit_code == 0

    def full(number):
        raise OSError(errno.ENOSPC, "No space left on device")

    path.write_bytes(CONTENT + b"01.12Z;Culture du riz\n")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        done = run("update", "naf", "--from", str(path))
    assert done.exit_code == 1
    assert "No space left" in done.stderr
    assert "2 rows" in run("status").stdout


def test_a_wrong_sum_and_far_fewer_rows_are_refused_by_the_command(installation, publisher):
    """`--sha256` is held against what was fetched; `--force` takes what shrank."""
    handler, url = publisher
    address = ("--address", f"naf={url}")
    done = run("update", "naf", *address, "--sha256", f"naf={'0' * 64}")
    assert done.exit_code == 1
    assert "not there" in run("status").stdout
    assert run("update", "naf", *address).exit_code == 0
    handler.content, handler.etag = "Code;Libellé\nA;Agriculture\n".encode(), '"less"'
    assert run("update", "naf", *address).exit_code == 1
    assert "2 rows" in run("status").stdout
    assert run("update", "naf", *address, "--force").exit_code == 0
    assert "1 row" in run("status").stdout


def test_a_description_that_is_gone_is_damage_too(installation):
    """What tells the version is no JSON any more: the status says so and goes on."""
    path = installation / "naf.csv"
    path.write_bytes(CONTENT)
    assert run("update", "naf", "--from", str(path)).exit_code == 0
    about = next((installation / "data" / "reference" / "naf").glob("v-*/about.json"))
    about.write_text("{", encoding="utf-8")
    assert "damaged" in run("status").stdout
    assert run("update", "naf", "--from", str(path)).exit_code == 0
    assert "2 rows" in run("status").stdout


@pytest.mark.parametrize("pair", ["naf", "other=https://exemple.fr"])
def test_an_address_names_its_source(installation, pair):
    """What is no NAME=URL is said before anything is fetched."""
    done = run("update", "naf", "--address", pair)
    assert done.exit_code == 2
    assert "NAME=VALUE" in done.stderr


def test_every_reason_has_its_sentence():
    """No fault is told by its code."""
    folder = Path(official.__file__).parent
    code = "".join((folder / name).read_text(encoding="utf-8") for name in ("reading.py", "store.py"))
    assert set(re.findall(r'Unusable\(\s*"(\w+)"', code)) == set(REASONS)
