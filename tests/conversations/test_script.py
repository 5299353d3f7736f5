"""The script's own tests, run by Node: keys, padding, two who talk, a server that lies."""

import subprocess
from pathlib import Path

from tests.conversations.conftest import ROOT
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
