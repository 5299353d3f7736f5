"""No byte of the Bluesky client goes round the guard."""

import pytest

from colibri.networks.bluesky import BlueskyNetwork, BlueskyOAuth, sign_in
from colibri.networks.bluesky.directory import Directory
from colibri.networks.errors import Gone
from tests.networks.bluesky.story import heard, mark, publish
from tests.networks.bluesky.test_oauth import CLIENT, says
from tests.networks.only_way import only_way

pytestmark = pytest.mark.bluesky
NAME = "localhost"


def test_signing_in_every_verb_and_the_stream_use_the_guards_connections_alone(bluesky, ada, bob):
    oauth = BlueskyOAuth(Directory(bluesky.plc, bluesky.pds), bluesky.address)
    with only_way(NAME) as guard:
        grant = oauth.begin(ada.handle, CLIENT, {}, guard)
    answer = says(grant, ada)  # the browser's own business
    with only_way(NAME) as guard:
        signed = oauth.finish(grant.kept, answer, CLIENT, guard)
        mine = BlueskyNetwork(signed.address, guard, signed.credentials)
        _, secret = sign_in(bob.handle, bob.password, bluesky.address, guard)
        theirs = BlueskyNetwork(bluesky.address, guard, secret)
        post = publish(theirs)
        key = mine.new_key()
        mine.boost(post, key=key)
        mine.undo_boost(post, key=key)
        mine.reply(post, "Bonjour", key=mine.new_key())
        assert mine.fetch_post(post.uri).author.id == bob.did
        assert mine.fetch_actor(bob.did).id == bob.did
        theirs.delete(post.uri)
        with pytest.raises(Gone):
            mine.fetch_post(post.uri)
        assert post.uri in {event.uri for event in heard(mine, "i4emploiR", until=mark(theirs))}
        oauth.revoke(signed.credentials, signed.address, CLIENT, guard)
