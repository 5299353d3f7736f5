"""Words the tests of the Mastodon client share."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from colibri.networks.base import Client, Grant
from colibri.networks.guard import Guard
from colibri.networks.items import Draft, Event, PostRef
from colibri.networks.mastodon import MastodonNetwork
from colibri.networks.mastodon.hearing import Pace
from colibri.networks.transport import guarded_client
from tests.peers.mastodon.world import Account, World
from tests.peers.mastodon_peer import GUARD

QUICK = Pace(tick=0.02, timelines=0.05, timelines_beside_stream=0.2, mentions=0.05, streams=600)
PATIENT = Pace(tick=0.02, timelines=600, timelines_beside_stream=600, mentions=600, streams=600)
"""Nothing but the stream is heard."""

CLIENT = Client(
    "Colibri", "https://colibri.test", "https://colibri.test/back", "https://colibri.test/id", "s"
)


def say(grant: Grant, user: str, decision: str = "allow", *, through: Guard = GUARD) -> dict[str, str]:
    """Press the button of the consent page, signed in at the server; the query they come back with."""
    url, _, query = grant.url.partition("?")
    with guarded_client(through) as browser:
        assert browser.get(grant.url).status_code == 200
        form = dict(parse_qsl(query)) | {"as": user, "decision": decision}
        answer = browser.post(url, data=form)
    location = answer.headers["X-Sent-To"]
    assert location.startswith(CLIENT.redirect + "?")
    return dict(parse_qsl(urlsplit(location).query))


def network_as(account: Account, world: World | None = None, *, pace: Pace = QUICK) -> MastodonNetwork:
    """A client signed in as somebody on their server."""
    home = world or account.home
    return MastodonNetwork(home.origin, GUARD, {"token": home.token_of(account)}, pace=pace)


def anonymous(world: World, *, pace: Pace = QUICK) -> MastodonNetwork:
    return MastodonNetwork(world.origin, GUARD, pace=pace)


def publish(network: MastodonNetwork, text: str = "Je cherche un CDI #i4emploiR") -> PostRef:
    return network.publish(Draft(text, network.new_key()))


def until(stream: Iterator[Event], count: int = 1) -> list[Event]:
    """The next events that are no ticks."""
    found = []
    for event in islice(stream, 2000):
        if event.kind != "tick":
            found.append(event)
        if len(found) == count:
            return found
    raise AssertionError(f"only {found} was heard")


def started(stream: Iterator[Event]) -> str:
    """Have it begin; where it stands then."""
    event = next(stream)
    assert (event.kind, event.behind) == ("tick", False)
    return event.cursor


def writes(world: World, kind: str) -> list[str]:
    """The URIs a server counted under one kind of write."""
    return [uri for written, uri in world.log if written == kind]
