"""`kill -9` around a boost on a real Bluesky: counted in its own event log, since records hide a double."""

from collections import Counter

import pytest

from tests.acceptance.stage import stage_in
from tests.networks.bluesky.conftest import ada, bob, network_of
from tests.networks.bluesky.story import mark, publish, repost_events

pytestmark = pytest.mark.bluesky
__all__ = ["ada", "bob", "network_of"]

KILLED = -9
MOST = 40


def test_however_a_worker_dies_each_boost_is_created_once_and_deleted_once(
    tmp_path, bluesky, ada, bob, network_of
):
    mine = network_of(ada)
    password = bluesky.create_app_password(bob)
    with stage_in(tmp_path, COLIBRI_ALLOW_INSIDE="localhost:*,127.0.0.1:*") as stage:
        stage.run("connect_relay", bluesky.address, bob.handle, password, ada.did)
        for die_at in range(1, MOST):
            post = publish(mine)
            stage.run("plan_boost", post.uri, post.version)
            told = stage.order("give", die_at=die_at)
            found = stage.run("start_again")
            if told["ended"] == 0:
                break
            assert told["ended"] == KILLED, told
        given = {key for state, key in found["gifts"] if state == "given"}
        assert len(given) == die_at > 6
        stage.run("leave", bob.handle)
        for number in range(1, 8):
            stage.order("undo", die_at=number)
        found = stage.run("start_again")
    assert {state for state, _key in found["gifts"]} == {"undone"}
    events = Counter(
        (action, path.rpartition("/")[2]) for action, path in repost_events(bluesky, bob.did, mark(mine))
    )
    assert events == Counter({(action, key): 1 for action in ("create", "delete") for key in given})
