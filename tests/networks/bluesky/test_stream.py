"""The real stream of a real PDS."""

from contextlib import closing

import pytest

from colibri.networks.addresses import Forbidden
from colibri.networks.bluesky import BlueskyNetwork
from colibri.networks.errors import Refused, Retryable
from colibri.networks.guard import Guard
from tests.networks.bluesky.story import POST, heard, mark, publish
from tests.peers.bluesky_peer import GUARD

pytestmark = pytest.mark.bluesky


def test_the_stream_hears_hashtags_in_any_case_and_accents_and_nothing_else(ada, bob, network_of):
    mine, theirs = network_of(ada), network_of(bob)
    wanted = publish(mine, "Bonjour #RELEVE")
    publish(theirs, "Bonjour #autre")
    also = publish(theirs, "Bonjour #Relève")
    until = mark(mine)
    events = [event for event in heard(mine, "relève", until=until) if event.kind == "post"]
    assert [event.uri for event in events][-2:] == [wanted.uri, also.uri]
    assert events[-2].post.author.handle == ada.handle
    assert events[-2].post.ref == wanted


def test_the_stream_hears_answers_to_one_account_and_deletions(ada, bob, network_of):
    mine, theirs = network_of(ada), network_of(bob)
    post = publish(mine, "Qui peut m'aider ?")
    answer = theirs.reply(post, "Moi !", key=theirs.new_key())
    theirs.reply(answer, "Enfin, demain.", key=theirs.new_key())
    theirs.delete(answer.uri)
    events = heard(mine, until=mark(mine), reply_to_actor=ada.did)
    assert [(e.kind, e.uri) for e in events][-3:-1] == [("post", answer.uri), ("delete", answer.uri)]
    assert events[-3].post.reply_to == post.uri


def test_an_edited_post_is_heard_as_an_edit(bluesky, ada, network_of):
    network = network_of(ada)
    post = publish(network, "Je cherche un CDI #i4emploiR")
    record = {"$type": POST, "text": "J'ai trouvé !", "createdAt": "2026-11-22T12:00:00Z"}
    bluesky.write(ada, POST, record, post.uri.rpartition("/")[2])
    events = [event for event in heard(network, "i4emploiR", until=mark(network)) if event.uri == post.uri]
    assert [(event.kind, event.post.text) for event in events][-1] == ("edit", "J'ai trouvé !")


def test_listening_goes_on_behind_the_cursor(ada, network_of):
    network = network_of(ada)
    publish(network, "un #suiteR")
    first = next(event for event in network.listen(["suiteR"], cursor="0") if event.kind == "post")
    second = publish(network, "deux #suiteR")
    with closing(network.listen(["suiteR"], cursor=first.cursor)) as stream:
        assert next(event.uri for event in stream if event.kind == "post") == second.uri


def test_a_silent_stream_ticks_and_then_hears_what_comes(ada, network_of):
    network = network_of(ada)
    with closing(network.listen(["silenceR"])) as stream:
        assert next(stream).kind == "tick"
        post = publish(network, "enfin #silenceR")
        assert next(event.uri for event in stream if event.kind == "post") == post.uri


def test_what_came_after_a_listener_of_a_silent_stream_died_is_heard_by_the_next(ada, network_of):
    network = network_of(ada)
    with closing(network.listen(["apresR"])) as stream:
        cursor = next(stream).cursor
    post = publish(network, "pendant la coupure #apresR")
    with closing(network.listen(["apresR"], cursor=cursor)) as stream:
        heard_again = next(event for event in stream if event.kind == "post")
    assert heard_again.uri == post.uri
    with closing(network.listen(["apresR"], cursor=heard_again.cursor)) as stream:
        later = publish(network, "ensuite #apresR")
        assert next(event.uri for event in stream if event.kind == "post") == later.uri


def test_a_server_inside_is_forbidden_for_requests_and_for_the_stream(bluesky):
    with pytest.raises(Forbidden):
        BlueskyNetwork(bluesky.address, Guard())
    plain = Guard(plain_http=True)
    anonymous = BlueskyNetwork(bluesky.address, plain)
    with pytest.raises(Forbidden):
        anonymous.fetch_post("at://did:plc:a/app.bsky.feed.post/3aaaaaaaaaaaa")
    with pytest.raises(Forbidden):
        next(anonymous.listen(["x"]))


def test_a_cursor_from_the_future_or_from_nowhere_is_told(bluesky):
    network = BlueskyNetwork(bluesky.address, GUARD)
    with pytest.raises(Retryable):
        next(network.listen(["x"], cursor="999999999"))
    with pytest.raises(Refused):
        next(network.listen(["x"], cursor="yesterday"))
