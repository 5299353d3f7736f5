"""A server that answers nonsense is met with our errors or not at all."""

import json
from contextlib import closing

import pytest

from colibri.networks.errors import NetworkError
from colibri.networks.items import PostRef
from colibri.networks.mastodon import MastodonNetwork
from tests.networks.local_server import allowing, reply, serving
from tests.networks.mastodon.story import QUICK, started, until
from tests.peers.mastodon.documents import status_json

DEEP = "[" * 50_000 + "]" * 50_000
NONSENSE = [
    "{}", "[]", "null", "3", '"x"', "[[]]", "[3, null]", '[{"id": "../../x"}]', '{"id": {"a": 1}}', "no json",
    "",
    DEEP, '{"statuses": [{"uri": 3}], "accounts": [{"acct": []}]}', '{"domain": [], "version": {}}',
    '{"id": "1", "acct": "a", "username": "a", "uri": "javascript:alert(1)", "note": {}}',
]  # fmt: skip


@pytest.mark.parametrize("body", NONSENSE, ids=range(len(NONSENSE)))
@pytest.mark.parametrize("content_type", ["application/json", "text/html"])
def test_an_answer_that_is_not_the_apis_is_one_of_our_errors(body, content_type):
    def answer(handler):
        handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        reply(handler, body=body.encode(), Content_Type=content_type, X_RateLimit_Reset="soon")

    with serving(answer) as (address, _):
        network = MastodonNetwork(address, allowing(address), {"token": "t"}, pace=QUICK)
        acts = (
            network.whoami,
            lambda: network.fetch_actor("ada@piaille.fr"),
            lambda: network.fetch_post(f"{address}/users/ada/statuses/1"),
            lambda: network.boost(PostRef(f"{address}/users/ada/statuses/1"), key=network.new_key()),
            lambda: network.fetch_followers(f"{address}/users/ada"),
            lambda: network.fetch_interactions(f"{address}/users/ada"),
        )
        for act in acts:
            with pytest.raises(NetworkError):
                act()


def test_a_post_nobody_can_read_does_not_stop_those_behind_it(any_mastodon, ada, mine, monkeypatch):
    def odd(world, status, viewer=None):
        said = status_json(world, status, viewer)
        match status.text.partition(" ")[0]:
            case "1":
                return said | {"account": None}
            case "2":
                return said | {"uri": "nonsense"}
            case "3":
                return said | {
                    "tags": 3,
                    "created_at": [],
                    "content": {},
                    "language": 7,
                    "spoiler_text": "#a",
                }
            case "4":
                return said | {"account": {"acct": "", "id": "1"}}
        return said

    for place in ("api", "door"):
        monkeypatch.setattr(f"tests.peers.mastodon.{place}.status_json", odd)
    with closing(mine.listen(["a"])) as stream:
        started(stream)
        for number in range(1, 7):
            any_mastodon.post(ada, f"{number} #a")
        heard = [event.post.text for event in until(stream, 3)]
    assert heard == ["#a", "5 #a", "6 #a"]


def test_pages_without_end_are_not_read_without_end():
    def answer(handler):
        body = json.dumps([{"id": "7", "acct": "a", "uri": "https://x.fr/a", "visibility": "direct"}])
        if "lookup" in handler.path or "instance" in handler.path:
            body = json.dumps(
                {"id": "1", "acct": "a", "url": "https://x.fr/a", "version": "4.3.0", "domain": "x.fr"}
            )
        link = f'<{handler.path}?max_id=7>; rel="next"'
        reply(handler, body=body.encode(), Content_Type="application/json", Link=link)

    with serving(answer) as (address, asked):
        network = MastodonNetwork(address, allowing(address), {"token": "t"})
        network._accounts._ids["https://x.fr/a"] = "1"
        assert network.fetch_interactions("https://x.fr/a") == ()
        assert network.fetch_followers("https://x.fr/a", cursor="7").next == ""
    assert len(asked) <= 12
