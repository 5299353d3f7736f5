"""A complete network in memory: in this process (`World`) or in a server of its own (`RemoteWorld`)."""

from colibri.networks.memory.client import MemoryNetwork
from colibri.networks.memory.door import Door
from colibri.networks.memory.remote import RemoteWorld
from colibri.networks.memory.state import Change
from colibri.networks.memory.world import World

__all__ = ["Change", "Door", "MemoryNetwork", "RemoteWorld", "World"]
