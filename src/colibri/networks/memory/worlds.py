"""Where networks in memory are found by their address."""

import threading
from collections.abc import Mapping

from colibri.networks.base import OnRefresh, Registration
from colibri.networks.errors import Refused, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.items import Actor
from colibri.networks.memory.client import CAPABILITIES, MemoryNetwork
from colibri.networks.memory.door import Door
from colibri.networks.memory.remote import RemoteWorld
from colibri.networks.memory.world import World

__all__ = ["REGISTRATION", "door_at", "forget", "register"]

_SCHEME = "memory:"
_here: dict[str, World] = {}
_there: dict[str, RemoteWorld] = {}
_lock = threading.Lock()


def register(name: str, world: World) -> str:
    """Make a world of this process known under an address, which is returned: `memory:NAME`."""
    with _lock:
        _here[_SCHEME + name] = world
    return _SCHEME + name


def forget(address: str) -> None:
    """Make an address lead nowhere again."""
    with _lock:
        _here.pop(address, None)
        remote = _there.pop(address, None)
    if remote is not None:
        remote.close()


def door_at(address: str) -> Door:
    """The world at `memory:NAME`, in this process, or at `http://127.0.0.1:PORT`.

    Raises `Refused` where there can be none.
    """
    with _lock:
        if address in _here:
            return _here[address]
        if address not in _there:
            try:
                _there[address] = RemoteWorld(address)
            except ValueError as fault:
                raise Refused(str(fault)) from fault
        return _there[address]


def _connect(
    credentials: Mapping[str, str] | None, address: str, guard: Guard, on_refresh: OnRefresh | None
) -> MemoryNetwork:
    return MemoryNetwork(door_at(address), (credentials or {}).get("token", ""))


def _sign_in(handle: str, secret: str, address: str, guard: Guard) -> tuple[Actor, dict[str, str]]:
    actor = MemoryNetwork(door_at(address), secret).whoami()
    if actor.handle != handle.strip().removeprefix("@"):
        raise Unauthorised(f"this token is not {handle}'s")
    return actor, {"token": secret}


REGISTRATION = Registration(CAPABILITIES, _connect, _sign_in)
