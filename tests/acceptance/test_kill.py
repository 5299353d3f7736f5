"""`kill -9` at every moment of a collective's day: nothing is lost, nothing is given twice.

Each step runs in a process of its own on a real database and a real network process. It is killed
before and after each commit, each word with the network and each mail; then all is started again, hours
later. The network's own event log says what really happened.
"""

import os
import secrets
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from colibri.networks.memory.state import Change
from tests.acceptance.stage import Stage, stage_in
from tests.peers.postgres import PostgresServer

pytestmark = [pytest.mark.server, pytest.mark.rows]

KILLED = -9
# The day in order: (name of the moment, step, its words). What people do on the network is killed by nobody.
DAY: list[tuple[str, str, list[str]]] = [
    ("", "post", []),
    ("the posts are heard", "hear", []),
    ("the notes are sent", "send_notes", []),
    ("", "answer", ["camille", "Oui, merci !", "yes-camille"]),
    ("", "answer", ["sasha", "oui", "yes-sasha"]),
    ("the answers are heard", "hear", []),
    ("a search is written on the site", "write_form", []),
    ("the animator accepts", "accept", []),
    ("the collective publishes", "publish", []),
    ("audiences are fetched", "fetch_audiences", []),
    ("the plan is made", "plan", []),
    ("the mails are sent", "send_digests", []),
    ("a relay says yes", "tap", []),
    ("boosts are given", "give", []),
    ("", "answer", ["camille", "J'ai trouvé !", "found-camille"]),
    ("the good news is heard", "hear", []),
    ("a relay leaves", "leave", []),
    ("a consent is withdrawn", "withdraw", []),
    ("boosts are undone", "undo", []),
]
STEP_OF = {name: (step, words) for name, step, words in DAY if name}
AGAIN = {"write_form", "accept", "plan", "tap", "leave", "withdraw"}
"""A person who got no answer tries again, and so does the clock."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory) -> Iterator[Stage]:
    """The whole day once, with everything remembered as it was before each step."""
    address = urlsplit(os.environ.get("COLIBRI_DATABASE_URL", ""))
    database = ""
    if address.scheme.startswith("postgres") and address.port:
        database = PostgresServer(address.port).create_database(f"kill_{secrets.token_hex(4)}")
    with stage_in(tmp_path_factory.mktemp("stage"), database) as made:
        made.start_network()
        made.run("set_up", made.address)
        for name, step, words in DAY:
            if name:
                made.keep(name)
            made.run(step, *words)
        yield made


def history(stage: Stage) -> tuple[Change, ...]:
    """All that ever happened on the network, as it says itself."""
    return stage.control("log")  # type: ignore[no-any-return]


def outcome(stage: Stage, *again: str) -> dict[str, Any]:
    """Everything is started again; what stands then, in the database and in the network's own log.

    Every boost that counts as given was given once, every one undone was undone once, and no other.
    """
    found = stage.run("start_again", *again)
    log = history(stage)
    for kind, states in (("boost", {"given", "undone"}), ("undo_boost", {"undone"})):
        happened = Counter(change.key for change in log if change.kind == kind)
        assert happened == {key: 1 for state, key in found["gifts"] if state in states}, kind
    return {
        "rows": found["rows"],
        "events": Counter((one.kind, one.actor, one.subject.partition("/")[0]) for one in log),
        "mails": found["mails"],
    }


def assert_same(found: dict[str, Any], expected: dict[str, Any], where: str) -> None:
    """Two days ended alike; one mail may have been sent twice, under one Message-ID."""
    assert found["rows"] == expected["rows"], where
    assert found["events"] == expected["events"], where
    assert len(found["mails"]) == len(expected["mails"]), where
    assert max(found["mails"].values(), default=1) <= 2, where


def deaths(stage: Stage, moment: str, *, lost: str = "", every: int = 1) -> Iterator[str]:
    """Everything as it was before a moment of the day, killed once at each point of it; says where.

    The network loses its first two answers to the verb `lost`, after having done what was asked. A
    database on a server takes long to put back: each seventh point is enough there. A row has five points
    or six, so that steps of four, five or seven meet every kind of them.
    """
    every = max(every, 7) if stage.database else every
    step, words = STEP_OF[moment]

    def before() -> None:
        stage.put_back(moment)
        if lost:
            stage.control("fail", lost, "answer_lost", 2)

    before()
    whole = stage.order(step, *words)
    assert whole["ended"] == 0
    assert whole["moments"]
    for number, where in list(enumerate(whole["moments"], start=1))[::every]:
        before()
        assert stage.order(step, *words, die_at=number)["ended"] == KILLED
        yield f"killed while {moment}, {where} ({number})"


def undisturbed(stage: Stage, moment: str, *again: str) -> dict[str, Any]:
    """How the day ends when nothing happens to it from this moment on."""
    step, words = STEP_OF[moment]
    stage.put_back(moment)
    stage.run(step, *words)
    return outcome(stage, *again)


@pytest.mark.parametrize("moment", STEP_OF)
def test_a_day_with_a_death_at_any_moment_ends_as_the_day_without(stage, moment):
    """No appeal, consent, note, plan, mail, boost or undoing is lost, and none is there twice."""
    step, _words = STEP_OF[moment]
    again = [step] if step in AGAIN else []
    expected = undisturbed(stage, moment, *again)
    for where in deaths(stage, moment):
        assert_same(outcome(stage, *again), expected, where)


def test_what_ended_while_the_worker_lay_dead_is_taken_back(stage):
    """A boost the worker died over does not stay when, before it rises, relays leave and appeals close."""
    for where in deaths(stage, "boosts are given", every=5):
        stage.run("end_everything")
        found = stage.run("start_again")
        given, undone = (
            Counter(one.key for one in history(stage) if one.kind == kind) for kind in ("boost", "undo_boost")
        )
        assert given == undone, where
        assert set(given.values()) <= {1}, where
        assert not {"given", "giving", "undoing"} & {state for *_, state in found["rows"]["boosts"]}, where


def test_a_post_the_worker_died_over_goes_with_the_consent(stage):
    """The collective's post in somebody's name does not outlive their yes."""
    for where in deaths(stage, "the collective publishes"):
        stage.run("withdraw")
        stage.run("start_again")
        ours = [one for one in history(stage) if one.actor == "memory:collectif"]
        written = Counter(one.uri for one in ours if one.kind == "post")
        assert written == Counter(one.uri for one in ours if one.kind == "delete"), where


@pytest.mark.parametrize(
    ("moment", "verb", "every"),
    [
        ("the notes are sent", "reply", 4),
        ("the collective publishes", "publish", 1),
        ("boosts are given", "boost", 5),
        ("boosts are undone", "undo_boost", 4),
    ],
)
def test_a_death_and_lost_answers_together_change_nothing(stage, moment, verb, every):
    """What the network did without being able to say so is not done again."""
    expected = undisturbed(stage, moment)
    for where in deaths(stage, moment, lost=verb, every=every):
        assert_same(outcome(stage), expected, where)


@pytest.mark.parametrize("moment", ["the posts are heard", "the animator accepts", "boosts are given"])
def test_a_full_disk_in_the_middle_loses_nothing(stage, moment):
    """What cannot be kept is not acknowledged; once there is room, the day goes on where it was."""
    if stage.database:
        pytest.skip("the disk of a database server is not ours to fill")
    step, words = STEP_OF[moment]
    again = [step] if step in AGAIN else []
    expected = undisturbed(stage, moment, *again)
    stage.put_back(moment)
    whole = len(stage.order(step, *words)["moments"])
    lived = []
    for room in (0, 6_000, 30_000, 60_000):
        stage.put_back(moment)
        told = stage.order(step, *words, room=room)
        assert told["ended"] == 0, room
        lived.append(len(told["moments"]))
        assert_same(outcome(stage, *again), expected, f"{moment} with {room} bytes")
    assert min(lived) < whole


@pytest.mark.parametrize("moment", ["the posts are heard", "the plan is made", "boosts are given"])
def test_a_database_server_restarted_in_the_middle_loses_nothing(stage, moment):
    """Every connection ends; whoever was at work fails, and the next to come goes on."""
    if not stage.database:
        pytest.skip("a file has no server; the suite on PostgreSQL runs this")
    step, words = STEP_OF[moment]
    again = [step] if step in AGAIN else []
    expected = undisturbed(stage, moment, *again)
    stage.put_back(moment)
    for number in range(1, len(stage.order(step, *words)["moments"]) + 1, 2):
        stage.put_back(moment)
        assert stage.order(step, *words, die_at=number, cut=True)["ended"] == 0
        assert_same(outcome(stage, *again), expected, f"cut off while {moment} ({number})")
