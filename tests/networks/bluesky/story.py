"""Words the tests against a real Bluesky share."""

import base64
import json
from itertools import islice

from atproto_subscription.frames import Frame
from websockets.sync.client import connect as connect_websocket

from colibri.networks.bluesky import BlueskyNetwork
from colibri.networks.items import Draft, Event, PostRef
from tests.peers.bluesky_peer import Bluesky

POST = "app.bsky.feed.post"
REPOST = "app.bsky.feed.repost"


def publish(network: BlueskyNetwork, text: str = "Je cherche un CDI #i4emploiR") -> PostRef:
    return network.publish(Draft(text, network.new_key()))


def heard(network: BlueskyNetwork, *hashtags: str, until: str, reply_to_actor: str = "") -> list[Event]:
    """What is heard of all that ever happened, up to the deletion of the post `until`."""
    events = []
    for event in islice(network.listen(hashtags, cursor="0", reply_to_actor=reply_to_actor), 5000):
        if event.kind != "tick":
            events.append(event)
        if event.kind == "delete" and event.uri == until:
            return events
    raise AssertionError(f"{until} was not heard of")


def mark(network: BlueskyNetwork) -> str:
    """A post written and deleted: whoever hears of its deletion has heard all that came before."""
    post = publish(network, "fin")
    network.delete(post.uri)
    return post.uri


def repost_events(bluesky: Bluesky, did: str, until: str) -> list[tuple[str, str]]:
    """(action, path) of every change to somebody's reposts in the network's own event log."""
    seen: list[tuple[str, str]] = []
    url = f"{bluesky.pds.replace('http', 'ws')}/xrpc/com.atproto.sync.subscribeRepos?cursor=0"
    with connect_websocket(url, compression=None, proxy=None) as stream:
        for message in stream:
            body = Frame.from_bytes(message).body
            changes = [(change["action"], change["path"]) for change in body.get("ops", ())]
            if body.get("repo") == did:
                seen += [change for change in changes if change[1].startswith(REPOST)]
            if any(until == f"at://{body['repo']}/{path}" for action, path in changes if action == "delete"):
                return seen
    raise AssertionError(f"{until} was not heard of")


def expired(credentials: dict[str, str]) -> dict[str, str]:
    """The same credentials an hour too late: the access token says that its time is over."""
    parts = credentials["session"].split(":::")
    head, body, signature = parts[2].split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    late = base64.urlsafe_b64encode(json.dumps({**claims, "exp": 1}).encode()).decode().rstrip("=")
    parts[2] = f"{head}.{late}.{signature}"
    return {"session": ":::".join(parts)}
