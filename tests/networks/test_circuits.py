import threading

import pytest

from colibri.networks.circuits import AT_ONCE, FAILURES, FIRST_REST, LONGEST_REST, Circuits
from colibri.networks.errors import Gone, Retryable
from colibri.networks.transport import fetch
from tests.networks.local_server import allowing, reply, serving


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def circuits(clock) -> Circuits:
    return Circuits(clock)


def ask(circuits: Circuits, fault: Exception | None = None, host: str = "a.test:443") -> str:
    """What became of one request: asked, failed, or not even tried."""
    tried = False
    try:
        with circuits.through(host, patience=0.01):
            tried = True
            if fault is not None:
                raise fault
    except (Retryable, Gone):
        return "failed" if tried else "left alone"
    return "asked"


def test_a_host_that_never_answers_is_left_alone_and_tried_again_by_one(circuits, clock):
    for _ in range(FAILURES):
        assert ask(circuits, Retryable("silence")) == "failed"
    assert ask(circuits) == "left alone"
    assert ask(circuits, host="b.test:443") == "asked"

    clock.now += FIRST_REST
    assert ask(circuits, Retryable("silence")) == "failed"
    assert ask(circuits) == "left alone"
    clock.now += FIRST_REST
    assert ask(circuits) == "left alone"
    clock.now += FIRST_REST
    assert ask(circuits) == "asked"
    assert ask(circuits) == "asked"


def test_while_one_tries_the_others_wait(circuits, clock):
    for _ in range(FAILURES):
        ask(circuits, Retryable("silence"))
    clock.now += FIRST_REST

    with circuits.through("a.test:443", patience=0.01):
        assert ask(circuits) == "left alone"
    assert ask(circuits) == "asked"


def test_the_pause_grows_and_says_how_long_it_is(circuits, clock):
    pauses = []
    for _ in range(FAILURES - 1):
        ask(circuits, Retryable("silence"))
    for _ in range(12):
        ask(circuits, Retryable("silence"))
        with pytest.raises(Retryable) as told, circuits.through("a.test:443", patience=0.01):
            pass
        pauses.append(told.value.after)
        clock.now += told.value.after

    assert pauses[:3] == [FIRST_REST, FIRST_REST * 2, FIRST_REST * 4]
    assert pauses[-1] == LONGEST_REST


def test_an_error_that_was_said_is_an_answer(circuits):
    for _ in range(FAILURES * 2):
        assert ask(circuits, Gone("404")) == "failed"
    assert ask(circuits) == "asked"


def test_only_so_many_speak_to_one_host_at_once(circuits):
    inside, done = threading.Semaphore(0), threading.Event()

    def stay() -> None:
        with circuits.through("a.test:443", patience=60):
            inside.release()
            done.wait(120)

    threads = [threading.Thread(target=stay) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert inside.acquire(timeout=60)
    assert ask(circuits) == "left alone"
    assert ask(circuits, host="b.test:443") == "asked"
    done.set()
    for thread in threads:
        thread.join(60)
    assert ask(circuits) == "asked"


def test_the_guarded_client_stops_asking_a_dead_host_and_goes_on_with_a_living_one():
    with serving(reply) as (dead, _):
        pass
    with serving(reply) as (living, _):
        guard = allowing(living, dead)
        for _ in range(FAILURES):
            with pytest.raises(Retryable, match="cannot be reached"):
                fetch(guard, dead + "/")
        with pytest.raises(Retryable, match="left alone") as told:
            fetch(guard, dead + "/")
        assert told.value.after > 0
        assert fetch(guard, living + "/").status_code == 200
