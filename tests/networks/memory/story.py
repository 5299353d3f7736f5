"""Words the tests of the network in memory share."""

from itertools import takewhile

from colibri.networks.items import Draft, Event, PostRef
from colibri.networks.memory import Door, MemoryNetwork


def publish(network: MemoryNetwork, text: str = "Je cherche un CDI #i4emploiR") -> PostRef:
    return network.publish(Draft(text, network.new_key()))


def kinds(door: Door) -> list[str]:
    return [change.kind for change in door.log()]


def heard(network: MemoryNetwork, *hashtags: str, cursor: str = "0", reply_to_actor: str = "") -> list[Event]:
    stream = network.listen(hashtags, cursor=cursor, reply_to_actor=reply_to_actor)
    return list(takewhile(lambda event: event.kind != "tick", stream))
