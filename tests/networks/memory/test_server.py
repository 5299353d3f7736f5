"""The network in memory as a process of its own: what it remembers, and what it refuses."""

import json
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from colibri.networks.errors import Refused, Retryable
from colibri.networks.memory import MemoryNetwork, RemoteWorld, World
from tests.networks.memory.story import kinds, publish


def test_a_world_takes_up_again_from_its_journal_even_cut_in_the_middle_of_a_line(tmp_path):
    journal = tmp_path / "journal"
    world = World(journal=journal)
    world.load([["ada", "", ""], ["bob", "", "à Lyon"]], {"ada": [1]})
    ada, bob = (MemoryNetwork(world, world.token_of(handle)) for handle in ("ada", "bob"))
    post = publish(ada)
    bob.boost(post, key="k1")
    world.edit(world.token_of("ada"), post.uri, "Autre #texte")
    world.revoke("bob")
    with journal.open("a") as file:
        file.write('{"index": 99, "ki')
    again = World(journal=journal)
    assert again.log() == world.log()
    assert again.standing_boosts() == world.standing_boosts()
    assert again.fetch_followers("", "ada", "") == world.fetch_followers("", "ada", "")
    assert again.token_of("bob") == world.token_of("bob")
    assert again.stream("", 0, 0, ["texte"], "") == world.stream("", 0, 0, ["texte"], "")
    again.follow("ada", "bob")
    assert World(journal=journal).log() == again.log()


def test_many_threads_boosting_lose_nothing_and_double_nothing(door, ada):
    post = publish(ada)
    tokens = [door.open_account(f"relay{i}") for i in range(8)]

    def boost(token: str) -> None:
        network = MemoryNetwork(door, token)
        for number in range(10):
            network.boost(post, key=f"k{number}")
            network.boost(post, key=f"k{number}")

    threads = [threading.Thread(target=boost, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kinds(door).count("boost") == 80
    assert [change.index for change in door.log()] == list(range(len(door.log())))


@contextmanager
def running_server(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "colibri.networks.memory.server", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process, json.loads(process.stdout.readline())["address"]
        finally:
            process.kill()


def test_a_killed_server_remembers_by_its_journal_and_clients_find_it_again(tmp_path):
    population = tmp_path / "population.json"
    population.write_text(json.dumps({"accounts": [["ada", "", ""], ["b", "", ""]], "follows": {"ada": [1]}}))
    arguments = ["--load", str(population), "--journal", str(tmp_path / "journal")]
    with running_server(*arguments) as (process, address):
        world = RemoteWorld(address)
        ada = MemoryNetwork(world, world.token_of("ada"))
        post = publish(ada)
        ada.boost(post, key="k1")
        process.kill()
        process.wait()
        with pytest.raises(Retryable):
            ada.whoami()
    with running_server(*arguments, "--port", address.rpartition(":")[2]) as (process, _):
        ada.boost(post, key="k1")
        assert kinds(world) == ["load", "post", "boost"]
        assert ada.whoami().followers == 1
        process.terminate()
        assert process.wait(10) == 0
    world.close()


@pytest.mark.parametrize(
    "url", ["http://example.org:80", "http://127.0.0.1", "https://127.0.0.1:1", "http://10.0.0.1:80"]
)
def test_the_remote_world_is_on_loopback_or_nowhere(url):
    with pytest.raises(ValueError, match=r"127\.0\.0\.1"):
        RemoteWorld(url)


@pytest.mark.parametrize("door", ["remote"], indirect=True)
def test_nonsense_sent_to_the_server_is_refused_and_the_server_lives(door):
    for verb, arguments in [("nothing", []), ("__init__", []), ("boost", [1, 2, 3, 4]), ("fetch_post", [])]:
        with pytest.raises(Refused):
            door._say(verb, "", *arguments)
    assert door.log() == ()


@pytest.mark.parametrize("door", ["remote"], indirect=True)
def test_accounts_and_posts_can_be_read_where_their_address_says(door, ada, bob):
    post = ada.fetch_post(publish(ada, "Je cherche <b>un CDI</b>").uri)
    bob.boost(post.ref, key="k")
    page = httpx.get(post.url)
    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Je cherche <b>un CDI</b>" in page.text
    assert "↻ 1" in page.text
    assert "Je cherche un emploi" in httpx.get(post.author.url).text
    for path in ("/", "/@nobody", "/@ada/nothing", "/../etc/passwd"):
        assert httpx.get(door.url + path).status_code == 404


@pytest.mark.parametrize("door", ["remote"], indirect=True)
def test_a_forked_process_opens_a_connection_of_its_own(door, ada):
    assert ada.whoami().handle == "ada"
    ours = list(door._idle)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os._exit(0 if ada.whoami().handle == "ada" and not set(ours) & set(door._idle) else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert list(door._idle) == ours
    assert ada.whoami().handle == "ada"
