"""`colibri serve` killed here and there all day long comes back by itself, and the day ends as it should."""

import random
from collections import Counter
from collections.abc import Callable

import pytest

from tests.acceptance.stage import stage_in
from tests.config.served import Served, alive, rows, served
from tests.peers.process import wait_until

pytestmark = pytest.mark.server

PARTS = ("worker", "listener")
LEASE = 3.0  # seconds
KILLS, EACH, BURST = 2, 6, 30
SEARCH = "Je cherche un CDI de comptable à Lyon, 5 ans d'expérience. #PetitR"


def torment(one: Served, chance: random.Random, done: Callable[[], bool]) -> None:
    """Kill parts until something is done; the clock, once up again, looks for what waits."""
    for part in (chance.choice(PARTS), *["clock"] * 4):
        if wait_until(done, seconds=LEASE if part == "clock" else chance.uniform(0.0, 0.4)):
            return
        assert wait_until(lambda part=part: alive(one.pids(part)[-1]))
        assert one.again(part, one.kill(part))
    assert wait_until(done), one.said()[-3000:]


def test_a_burst_is_heard_whole_and_once_through_kills_of_the_listener_and_a_restart(tmp_path):
    """Killed with -9 in the middle of a burst that goes on; then all of Colibri is off for some of it."""

    def count(table: str) -> int:
        return int(rows(tmp_path, f"SELECT COUNT(*) FROM {table}")[0][0])

    with stage_in(tmp_path) as stage:
        stage.start_network()
        stage.run("set_up", stage.address)
        tokens = [stage.control("open_account", f"un-{number}") for number in range(BURST)]

        def write(most: int) -> None:
            for _ in range(most):
                number, token = len(written), tokens[len(written)]
                written.append(stage.control("publish", token, SEARCH, f"search-{number}", "fr").uri)

        written: list[str] = []
        with served(tmp_path, COLIBRI_LEASE_SECONDS=str(LEASE)) as one:
            for _ in range(KILLS):
                before = count("appeals_appeal")
                write(EACH)
                assert wait_until(lambda before=before: count("appeals_appeal") > before)
                old = one.kill("listener")
                write(EACH)
                assert one.again("listener", old)
        write(BURST - len(written))  # nobody is there
        with served(tmp_path, COLIBRI_LEASE_SECONDS=str(LEASE)) as one:
            told = "appeals_note WHERE state = 'sent'"
            assert wait_until(lambda: count(told) == BURST), one.said()[-3000:]
        answered = [one.actor for one in stage.control("log") if one.kind == "reply"]
    heard = [str(uri) for (uri,) in rows(tmp_path, "SELECT source_uri FROM appeals_appeal")]
    assert sorted(heard) == sorted(written)
    assert answered == ["memory:collectif"] * BURST


def test_a_day_under_a_supervisor_survives_kills_at_random(tmp_path):
    """The site's own processes: listener, queue, worker and clock, with short leases."""
    folder, chance = tmp_path, random.Random(5)

    def count(table: str, condition: str) -> int:
        return int(rows(folder, f"SELECT COUNT(*) FROM {table} WHERE {condition}")[0][0])

    with stage_in(folder) as stage:
        stage.start_network()
        stage.run("set_up", stage.address)
        with served(folder, COLIBRI_LEASE_SECONDS=str(LEASE), COLIBRI_MAIL_URL="file:") as one:
            stage.run("post")
            torment(one, chance, lambda: count("appeals_note", "state = 'sent'") == 3)
            for handle in ("camille", "sasha"):
                stage.run("answer", handle, "oui", f"yes-{handle}")
            stage.run("write_form")
            torment(one, chance, lambda: count("appeals_appeal", "state = 'submitted'") == 3)
            stage.run("accept")
            torment(one, chance, lambda: count("appeals_appeal", "state = 'active'") == 3)
            assert wait_until(lambda: count("audiences_audience", "fetched_at IS NULL") == 0)
            stage.run("plan")
            stage.run("evening")
            torment(one, chance, lambda: count("relays_boost", "state = 'given'") == 6)
            stage.run("end_everything", 0)
            torment(one, chance, lambda: count("relays_boost", "state = 'undone'") == 6)
            torment(one, chance, lambda: count("appeals_publication", "state = 'deleted'") == 1)
        log = stage.control("log")
    happened = Counter((one.kind, one.actor) for one in log if one.actor.startswith("memory:"))
    relays = {"memory:rel-a": 2, "memory:rel-b": 2, "memory:rel-c": 2}
    assert {actor: n for (kind, actor), n in happened.items() if kind == "boost"} == relays
    assert {actor: n for (kind, actor), n in happened.items() if kind == "undo_boost"} == relays
    assert happened["reply", "memory:collectif"] == 3
    assert happened["post", "memory:collectif"] == happened["delete", "memory:collectif"] == 1
    assert rows(folder, "SELECT COUNT(*) FROM appeals_appeal") == [(4,)]
    assert rows(folder, "SELECT COUNT(*) FROM relays_plan") == [(1,)]
