"""Processes that share one sign-in on a real server renew it once, and none is thrown out."""

import json
import os
import subprocess
import sys

import pytest

from colibri.networks.base import Client
from colibri.networks.bluesky import BlueskyOAuth
from colibri.networks.bluesky.directory import Directory
from tests.peers.bluesky_browser import answer_at
from tests.peers.bluesky_peer import GUARD

pytestmark = [pytest.mark.bluesky, pytest.mark.timeout(600)]

SITE = "http://127.0.0.1:8000"
CLIENT = Client("Colibri", SITE, f"{SITE}/networks/back/", f"{SITE}/networks/client.json", "secret")
PROCESSES = 4


def start(what: str, env: dict[str, str]) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.people.renewing", what]
    return subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("rows", ["SQLite", "PostgreSQL"])
def test_processes_that_renew_at_the_same_moment_keep_one_sign_in(bluesky, tmp_path, rows, request):
    ada = bluesky.create_account("ada")
    oauth = BlueskyOAuth(Directory(bluesky.plc, bluesky.pds), bluesky.address)
    grant = oauth.begin(ada.handle, CLIENT, {}, GUARD)
    said = answer_at(grant.url, did=ada.did, username=ada.handle, password=ada.password, yes=True)
    signed = oauth.finish(grant.kept, said, CLIENT, GUARD)
    env = {name: value for name, value in os.environ.items() if not name.startswith("COLIBRI_")}
    env |= {"COLIBRI_DATA_DIR": str(tmp_path), "COLIBRI_ALLOW_INSIDE": "127.0.0.1:*,localhost:*"}
    del env["DJANGO_SETTINGS_MODULE"]
    if rows == "PostgreSQL":
        server = request.getfixturevalue("postgres_server")
        env["COLIBRI_DATABASE_URL"] = server.create_database("renewing")
    identity = {"actor_id": ada.did, "handle": ada.handle, "server": bluesky.address}
    over = {"identity": identity, "credentials": {**signed.credentials, "expires": "1"}}
    prepared = start("prepare", env)
    _out, fault = prepared.communicate(json.dumps(over), timeout=300)
    assert prepared.returncode == 0, fault

    posting = [start("post", env) for _ in range(PROCESSES)]
    for one in posting:
        assert one.stdout.readline() == "ready\n", one.communicate()
    for one in posting:
        one.stdin.write("\n")
        one.stdin.flush()
    ends = [one.communicate(timeout=120) for one in posting]

    assert [one.returncode for one in posting] == [0] * PROCESSES, ends
    assert len(bluesky.records(ada.did, "app.bsky.feed.post")) == PROCESSES
