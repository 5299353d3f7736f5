"""What every test may ask for, and on which worker those that share a server meet."""

import gc
import os
import zlib

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

# A busy machine is no fault of the code: no deadline, and slow generation is no failure. In CI the examples
# are always the same, so that it is the change under test that turns it red.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("house")

pytest_plugins = [
    "tests.rooms",
    "tests.peers.postgres",
    "tests.peers.redis",
    "tests.peers.smtp",
    "tests.peers.browser",
    "tests.peers.bluesky_peer",
    "tests.peers.fedify_peer",
    "tests.peers.pasture_peer",
    "tests.peers.mastodon_peer",
]

# A session's server is started once per worker that needs it: tests that share one go to one worker. Two
# workers have a browser, which costs a second to start: one waits for a page while the other draws theirs.
GROUPS = {"bluesky": 1, "browser": 2, "server": 1}
FIXTURES = {
    "bluesky": "bluesky",
    "full_bluesky": "bluesky",
    "browser": "browser",
    "db": "rows",
    "fedify": "server",
    "live_server": "server",
    "postgres_server": "server",
    "redis_server": "server",
    "smtp_server": "server",
    "transactional_db": "rows",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a real peer by what it uses, and keep its kind together."""
    for item in items:
        for fixture, marker in FIXTURES.items():
            if fixture in getattr(item, "fixturenames", ()) and not item.get_closest_marker(marker):
                item.add_marker(marker)
        if item.get_closest_marker("django_db") or "live_server" in getattr(item, "fixturenames", ()):
            item.add_marker("rows")
        for marker, workers in GROUPS.items():
            if item.get_closest_marker(marker) and not item.get_closest_marker("xdist_group"):
                number = zlib.crc32(item.nodeid.encode()) % workers
                item.add_marker(pytest.mark.xdist_group(f"{marker}-{number}"))
                break


def pytest_collection_finish() -> None:
    """What was read in stays to the end: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup() -> None:
    """Each test begins in the site's language, whatever language the one before was answered in."""
    translation.deactivate()
