"""`colibri serve` as a real process: what dies comes back, what is stopped leaves nothing."""

import shutil
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.served import Served, alive, call, found, rows, served, without_privilege
from tests.peers.process import free_port, wait_until

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation")
    found(folder)
    return folder


@pytest.fixture
def folder(installation: Path, tmp_path: Path) -> Path:
    """An installation of this test's own."""
    return Path(shutil.copytree(installation, tmp_path / "own"))


@pytest.fixture(scope="module")
def site(installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(Path(shutil.copytree(installation, tmp_path_factory.mktemp("site") / "own"))) as one:
        yield one


@pytest.mark.parametrize("part", ["worker", "listener", "clock"])
def test_what_is_killed_comes_back_while_the_site_answers(site, part):
    old = site.kill(part)

    assert site.answers() == 200
    assert site.again(part, old)
    assert f"{part} (process {old}) was ended by SIGKILL" in site.said()


def test_visitors_wait_at_the_door_while_the_web_comes_back(site):
    old = site.kill("web")

    assert site.answers() == 200
    assert site.again("web", old)
    assert site.answers() == 200


def test_killed_again_and_again_it_comes_back_a_little_later_each_time(site):
    for _ in range(3):
        assert site.again("listener", site.kill("listener"))

    pauses = [float(line.split()[-2]) for line in site.said().splitlines() if "listener (process" in line]
    assert pauses[-3:] == sorted(pauses[-3:])
    assert pauses[-1] > pauses[0]


def test_told_to_stop_it_stops_everything(folder):
    with served(folder) as one:
        everybody = one.everybody()
        one.process.send_signal(signal.SIGTERM)

        assert one.process.wait(timeout=120) == 0
        assert len(everybody) >= 6
        assert wait_until(lambda: not any(alive(pid) for pid in everybody))
        assert "Colibri has stopped." in one.said()


def test_when_the_supervisor_is_killed_its_processes_go_too(folder):
    with served(folder) as one:
        everybody = one.everybody()
        one.process.kill()
        one.process.wait()

        assert wait_until(lambda: not any(alive(pid) for pid in everybody))


def planned(folder: Path) -> bool:
    """Was the day that the clock began planned to its end? It has nobody to relay, so its plan is empty."""
    return wait_until(lambda: rows(folder, "SELECT state FROM relays_plan") == [("empty",)])


def test_what_the_clock_finds_due_is_done_through_the_file(site):
    assert planned(site.log.parent)
    assert "the queue cannot be reached" not in site.said()


@pytest.mark.parametrize("there", [True, False], ids=["there", "down"])
def test_what_the_clock_finds_due_is_done_through_redis_and_when_redis_is_down(folder, there, redis_server):
    queue = redis_server.url if there else f"redis://127.0.0.1:{free_port()}/0"

    with served(folder, COLIBRI_QUEUE_URL=queue) as one:
        assert planned(folder)
        assert ("the queue cannot be reached" in one.said()) != there
        assert one.answers() == 200


def test_a_port_in_use_is_named_and_nothing_is_begun(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = call(tmp_path, "serve", "--port", str(port))

    assert ended.returncode == 1
    assert f"Port {port} is in use." in ended.stderr
    assert "--port" in ended.stderr
    assert not (tmp_path / "colibri.sqlite3").exists()


def test_a_database_that_is_read_only_is_named_with_its_remedy(folder):
    closed = folder / "closed"
    closed.mkdir()
    database = Path(shutil.copy(folder / "colibri.sqlite3", closed))
    database.chmod(0o444)
    closed.chmod(0o555)
    settings = {"COLIBRI_DATABASE_URL": f"sqlite:///{database}"}

    ended = call(folder, "serve", "--port", str(free_port()), before=without_privilege(), **settings)

    assert ended.returncode == 1
    assert f"The database {database} cannot be written." in ended.stderr
    assert "is process" not in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_new_database_where_nothing_can_be_written_is_named_too(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    settings = {"COLIBRI_DATABASE_URL": f"sqlite:///{closed / 'colibri.sqlite3'}"}

    ended = call(tmp_path, "serve", "--port", str(free_port()), before=without_privilege(), **settings)

    assert ended.returncode == 1
    assert f"The database {closed / 'colibri.sqlite3'} cannot be written." in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(("mode", "words"), [(0o000, "cannot be used"), (0o644, "chmod 600")])
def test_a_key_file_that_cannot_or_must_not_be_read_is_named_with_its_remedy(folder, mode, words):
    key = folder / "key"
    key.chmod(mode)
    port = free_port()

    ended = call(folder, "serve", "--port", str(port), before=without_privilege())

    assert ended.returncode == 1
    assert str(key) in ended.stderr
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=10)
