"""The script's own tests, run by Node: keys, padding, two who talk, a server that lies."""

import subprocess
from pathlib import Path

from colibri.conversations.bundle import BUILT
from tests.conversations.conftest import BUILD, ROOT
from tests.peers.npm import NODE

STORIES = sorted((Path(__file__).parent / "script").glob("*.test.mjs"))


def test_the_script_keeps_its_promises(script):
    done = subprocess.run(
        [NODE, "--test", "--test-reporter=dot", *STORIES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert STORIES
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-1_000:]


def test_building_it_again_touches_nothing_a_page_may_be_loading(script):
    before = {one.name: (one.stat().st_ino, one.stat().st_mtime_ns) for one in BUILT.parent.iterdir()}
    (BUILT.parent / "leftover.js").touch()

    subprocess.run([BUILD], check=True)

    assert {one.name: (one.stat().st_ino, one.stat().st_mtime_ns) for one in BUILT.parent.iterdir()} == before
