"""The collective's inbox and its letters: two lines of JSON.

    python bench/inbox.py [--received 2000] [--hosts 200] [--letters 50] [--width 16] [--seconds 280]

First: signed activities verified and stored, one after the other on one core, SQLite on disk, and the share
of processor time that checking RSA takes. Second: `--letters` activities for each of `--hosts` servers on
loopback, of which a tenth is dead (half of them refuse, half never answer) and a tenth slow (a second for
each answer): how long until all that live, slow ones included, have all of theirs, or `--seconds` are over.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import shutil
import tempfile
import threading
import time
from datetime import UTC, datetime
from typing import Any

DEAD = SLOW = 10  # one server in so many
SLOW_SECONDS = 1.0
FOLDER = tempfile.mkdtemp(prefix="colibri-bench-")
os.environ |= {
    "COLIBRI_DATA_DIR": FOLDER,
    "COLIBRI_FEDERATION": "true",
    "COLIBRI_ALLOW_INSIDE": "127.0.0.1:*",
    "DJANGO_SETTINGS_MODULE": "colibri.config.settings",
    "COLIBRI_LOG_LEVEL": "ERROR",
}
for name in ("COLIBRI_DATABASE_URL", "COLIBRI_QUEUE_URL", "COLIBRI_SITE_URL"):
    os.environ.pop(name, None)

import django  # noqa: E402 only now, with the surroundings settled

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from colibri.federation.actions.receiving import receive  # noqa: E402
from colibri.federation.actions.sending import record  # noqa: E402
from colibri.federation.models import Delivery, Incoming, RemoteActor, Server  # noqa: E402
from colibri.federation.queries import actor_of  # noqa: E402
from colibri.federation.tasks import deliver_due  # noqa: E402
from colibri.networks.activitypub.proving import read_claim, sign  # noqa: E402
from colibri.networks.activitypub.signatures import Key, Request, make_key, verify  # noqa: E402
from colibri.networks.activitypub.writing import activity  # noqa: E402
from colibri.people.models import Collective, Identity  # noqa: E402

ACTORS = 20


def signed_follows(count: int, target: str) -> tuple[list[Request], str]:
    """Activities of some actors whose key is known, each signed, and that key."""
    private, public = make_key()
    requests = []
    for number in range(count):
        who = f"https://s{number % ACTORS}.example/users/a"
        body = json.dumps(activity("Follow", f"{who}/{number}", who, target, to=[target])).encode()
        asked = Request("POST", f"{target}/inbox", {"content-type": "application/activity+json"}, body)
        headers = sign(asked, Key(f"{who}#key", private), now=datetime.now(UTC))
        requests.append(Request("POST", asked.url, headers, body))
    for number in range(ACTORS):
        who = f"https://s{number}.example/users/a"
        RemoteActor.objects.create(
            actor_id=who, handle=f"a@s{number}.example", inbox=f"{who}/inbox", keys={f"{who}#key": public}
        )
    return requests, public


def receiving(count: int, actor: Identity) -> dict[str, Any]:
    requests, public = signed_follows(count, actor.actor_id)
    now = timezone.now()
    began = time.process_time()
    for request in requests:
        receive(request, now=now)
    spent = time.process_time() - began
    claims = [read_claim(request, now=now) for request in requests]
    began = time.process_time()
    for claim in claims:
        verify(claim, public)
    rsa = time.process_time() - began
    assert Incoming.objects.count() == count
    return {
        "benchmark": "inbox",
        "activities": count,
        "stored_per_second": round(count / spent),
        "rsa_share": round(rsa / spent, 3),
    }


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pause: float | None) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:] if b": " in line)
            await reader.readexactly(int(fields.get(b"content-length", b"0")))
            await asyncio.sleep(86_400 if pause is None else pause)
            writer.write(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def servers(hosts: int, ports: Any) -> None:
    """The other servers, in a process of their own; a port of 1 stands for one that is off."""

    async def run() -> None:
        opened = []
        for number in range(hosts):
            dead, slow = number % DEAD == 0, number % SLOW == 1
            if dead and number % (2 * DEAD) == 0:
                opened.append(1024)
                continue
            pause = None if dead else SLOW_SECONDS if slow else 0.0
            server = await asyncio.start_server(lambda r, w, p=pause: answer(r, w, p), "127.0.0.1", 0)
            opened.append(server.sockets[0].getsockname()[1])
            KEPT.append(server)
        ports.put(opened)
        await asyncio.sleep(86_400)

    asyncio.run(run())


KEPT: list[asyncio.Server] = []


def sending(hosts: int, letters: int, width: int, seconds: float, actor: Identity) -> dict[str, Any]:
    queue: Any = multiprocessing.Queue()
    process = multiprocessing.Process(target=servers, args=(hosts, queue), daemon=True)
    process.start()
    try:
        ports = queue.get(timeout=30)
        places = [
            f"http://127.0.0.1:{port + (number if port == 1024 else 0)}" for number, port in enumerate(ports)
        ]
        for number in range(letters):
            here = f"{actor.actor_id}/activities/{number}"
            document = activity("Announce", here, actor.actor_id, "https://s.example/1", to=[])
            inboxes = [f"{place}/inbox" for place in places]
            record(actor, f"letter-{number}", document, inboxes=inboxes, public=True, now=timezone.now())
        dead = {place.removeprefix("http://") for number, place in enumerate(places) if number % DEAD == 0}
        slow = {place.removeprefix("http://") for number, place in enumerate(places) if number % SLOW == 1}
        return {
            "benchmark": "letters",
            "letters": hosts * letters,
            "hosts": hosts,
            "width": width,
            **reached(dead, slow, width, seconds),
        }
    finally:
        process.kill()
        process.join()


def reached(dead: set[str], slow: set[str], width: int, seconds: float) -> dict[str, Any]:
    """Write to all, and note when the swift and when all the living had theirs."""
    waiting = Delivery.objects.filter(state="planned").exclude(server__host__in=dead)
    began, cpu = time.monotonic(), time.process_time()
    found: dict[str, Any] = {"swift_seconds": None, "living_seconds": None}
    worker = threading.Thread(target=deliver_due, kwargs={"width": width, "seconds": seconds}, daemon=True)
    worker.start()
    while time.monotonic() - began < seconds and found["living_seconds"] is None:
        time.sleep(0.5)
        if found["swift_seconds"] is None and not waiting.exclude(server__host__in=slow).exists():
            found["swift_seconds"] = round(time.monotonic() - began, 1)
        if not waiting.exists():
            found["living_seconds"] = round(time.monotonic() - began, 1)
    sent = Delivery.objects.filter(state="sent")
    return {
        **found,
        "sent": sent.count(),
        "to_the_dead": sent.filter(server__host__in=dead).count(),
        "dead_that_rest": Server.objects.filter(host__in=dead).exclude(fault="").count(),
        "processor_seconds": round(time.process_time() - cpu, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--received", type=int, default=2000)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--letters", type=int, default=50)
    parser.add_argument("--width", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=280)
    given = parser.parse_args()
    try:
        call_command("migrate", verbosity=0)
        collective = Collective.objects.create(
            slug="bench", name="Bench", supporters_hashtag="b", seekers_hashtag="bR"
        )
        actor = actor_of(collective)
        assert actor is not None
        print(json.dumps(receiving(given.received, actor)), flush=True)
        print(json.dumps(sending(given.hosts, given.letters, given.width, given.seconds, actor)), flush=True)
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)


if __name__ == "__main__":
    main()
