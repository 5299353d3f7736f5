"""Processes that die by SIGKILL at a chosen moment: `python -m tests.acceptance.mortal`.

It reads the program in once, opens no database itself, and forks a process for each order it reads, a
JSON line: {"do": name of a step in `kill_steps`, "with": […], "die_at": number or null, "cut": true where
the database is cut off then instead, "room": bytes a file may have or null}. It answers with what the step
returned, or with what killed it, and the moments it lived through.
"""

import gc
import json
import os
import resource
import signal
import sys
import traceback
from typing import Any, TextIO

import django
import numpy as np
import psycopg

django.setup()

from django.core.mail import EmailMultiAlternatives  # noqa: E402 - only now, with the rooms known
from django.db import connection, connections  # noqa: E402
from huey.contrib.djhuey import HUEY  # noqa: E402

from colibri.audiences.queries import reader  # noqa: E402
from colibri.compute.planning import Problem, solve  # noqa: E402
from colibri.networks.bluesky.session import XrpcSession  # noqa: E402
from colibri.networks.memory import server  # noqa: E402
from colibri.networks.memory.remote import RemoteWorld  # noqa: E402
from tests.acceptance import kill_steps  # noqa: E402

NETWORK = "network"
WRITES = ("INSERT", "UPDATE", "DELETE")


class Fate:
    """Counts the moments of this process at which a death could make a difference, and brings it there."""

    def __init__(self, die_at: int | None, told: TextIO, *, cut: bool = False) -> None:
        self.die_at, self.told, self.cut, self.lived = die_at, told, cut, 0

    def moment(self, name: str) -> None:
        """One more moment; the last one where it is the chosen one."""
        self.lived += 1
        self.told.write(json.dumps({"moment": name}) + "\n")
        self.told.flush()
        if self.lived == self.die_at and self.cut:
            self.cut_database()
        elif self.lived == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def cut_database(self) -> None:
        """Let the database server end our connection, as it does to everybody when it is restarted."""
        ours = connection.connection.info
        with psycopg.connect(host=ours.host, port=ours.port, user=ours.user, dbname="postgres") as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [ours.backend_pid])

    def lie_in_wait(self) -> None:
        """At each write and commit of the database, each word with a network, and each mail."""
        connection.ensure_connection()
        connection.execute_wrappers.append(self._at_statement)
        self._around(connection, "_commit", lambda: "commit")
        self._around(RemoteWorld, "_say", lambda _world, verb, *_: verb)
        self._around(XrpcSession, "_call", lambda _session, _invoke, method, **_: method)
        self._around(EmailMultiAlternatives, "send", lambda *_: "mail")

    def _around(self, owner: Any, name: str, words: Any) -> None:
        inner = getattr(owner, name)

        def outer(*args: Any, **more: Any) -> Any:
            what = words(*args, **more)
            self.moment(f"before {what}")
            answer = inner(*args, **more)
            self.moment(f"after {what}")
            return answer

        setattr(owner, name, outer)

    def _at_statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        # Inside a transaction nothing has happened before its commit.
        if sql.startswith(WRITES) and not context["connection"].in_atomic_block:
            self.moment(f"after {' '.join(sql.split()[:3])}")
        return answer


def be(order: dict[str, Any], told: TextIO) -> None:
    """Be the process of one order, to its end."""
    if order.get("room"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["room"], order["room"]))
    fate = Fate(order.get("die_at"), told, cut=order.get("cut", False))
    if order["do"] == NETWORK:
        sys.stdout = told
        server.main(["--port", str(order["with"][0]), "--journal", order["with"][1]])
        return
    fate.lie_in_wait()
    try:
        answer = kill_steps.STEPS[order["do"]](*order.get("with", []))
        told.write(json.dumps({"answer": answer}) + "\n")
    except BaseException:  # noqa: BLE001 whoever ordered it is told
        told.write(json.dumps({"fault": traceback.format_exc()}) + "\n")
    told.flush()
    connections.close_all()


def carry_out(order: dict[str, Any]) -> dict[str, Any]:
    """Fork, wait, and tell what became of it; a network is only waited for until it answers."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            be(order, os.fdopen(writing, "w"))
        finally:
            os._exit(0)
    os.close(writing)
    if order["do"] == NETWORK:
        with os.fdopen(reading) as said:
            return {"pid": pid, **json.loads(said.readline())}
    with os.fdopen(reading) as said:
        lines = [json.loads(line) for line in said if line.endswith("\n")]
    _pid, status = os.waitpid(pid, 0)
    told: dict[str, Any] = {
        "moments": [line["moment"] for line in lines if "moment" in line],
        "ended": os.waitstatus_to_exitcode(status),
    }
    for line in lines:
        told |= {key: line[key] for key in ("answer", "fault") if key in line}
    return told


def warm_up() -> None:
    """What each process would otherwise read or compile for itself."""
    reader().read("Je cherche un CDI de comptable à Lyon", "fr", seeker_tags=["R"])
    reader().classify_biography("Comptable à Lyon")
    one = np.array([0, 1], dtype=np.int64)
    solve(
        Problem(
            audience_start=one,
            audience_member=np.zeros(1, dtype=np.uint32),
            member_class=np.zeros(1, dtype=np.int32),
            relevance=np.ones((1, 1), dtype=np.float32),
            attention=np.full(1, 0.1, dtype=np.float32),
            budget=np.ones(1, dtype=np.int32),
            appeal_cap=np.ones(1, dtype=np.int32),
            prior=np.ones(1),
        )
    )
    HUEY.storage.close()
    gc.collect()
    gc.freeze()  # pages that all processes share


def main() -> None:
    """Carry out orders until there are no more."""
    warm_up()
    networks: list[int] = []
    print(json.dumps({"ready": os.getpid()}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == NETWORK:
            while networks:
                os.kill(pid := networks.pop(), signal.SIGKILL)
                os.waitpid(pid, 0)
        told = carry_out(order)
        if "pid" in told:
            networks.append(told["pid"])
        print(json.dumps(told), flush=True)
    for pid in networks:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
