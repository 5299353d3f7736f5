"""What a server is heard saying, by stream and by its timelines."""

import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from colibri.networks.errors import Refused, Retryable, Unauthorised
from colibri.networks.hashtags import carries
from tests.networks.mastodon.story import PATIENT, QUICK, anonymous, network_as, publish, started, until
from tests.peers.mastodon.flavours import GOTOSOCIAL, MASTODON
from tests.peers.mastodon.world import World

TAG = "i4emploiR"


@pytest.fixture(params=[PATIENT, QUICK], ids=["stream", "stream and timelines"])
def listener(request, any_mastodon):
    return network_as(any_mastodon.open_account("ear"), pace=request.param)


def kept_polling(world: World) -> World:
    """A server whose streams say nothing, as some do."""
    world.deaf_streams = True
    return world


def test_a_hashtag_is_heard_in_any_case_with_its_edits_and_deletion(any_mastodon, ada, listener):
    with closing(listener.listen([TAG])) as stream:
        started(stream)
        status = any_mastodon.post(ada, "Je cherche un CDI #I4EMPLOIR")
        any_mastodon.post(ada, "Rien #autre")
        posted = until(stream)[0]
        assert (posted.kind, posted.uri, posted.post.author.id) == ("post", status.uri, ada.uri)
        any_mastodon.edit(status, "Je cherche un CDD #i4emploir")
        edited = until(stream)[0]
        assert (edited.kind, edited.uri, edited.post.text) == (
            "edit",
            status.uri,
            "Je cherche un CDD #i4emploir",
        )
        any_mastodon.delete(status)
        deleted = until(stream)[0]
        assert (deleted.kind, deleted.uri, deleted.post) == ("delete", status.uri, None)


def test_without_a_stream_the_timelines_tell_as_much(any_mastodon, ada):
    kept_polling(any_mastodon)
    network = network_as(any_mastodon.open_account("ear"))
    with closing(network.listen([TAG, "emploi"])) as stream:
        started(stream)
        status = any_mastodon.post(ada, f"Je cherche #{TAG} #emploi")
        assert [(e.kind, e.uri) for e in until(stream)] == [("post", status.uri)]
        any_mastodon.edit(status, f"Je cherche encore #{TAG} #emploi")
        assert [(e.kind, e.post.text) for e in until(stream)] == [
            ("edit", f"Je cherche encore #{TAG} #emploi")
        ]
        other = any_mastodon.post(ada, f"Autre #{TAG}")
        any_mastodon.delete(status)
        assert {(e.kind, e.uri) for e in until(stream, 2)} == {("post", other.uri), ("delete", status.uri)}
        any_mastodon.edit(other, "Sans mot-dièse")
        event = until(stream)[0]
        assert (event.kind, event.post.text, event.post.hashtags) == ("edit", "Sans mot-dièse", ())


def test_anonymous_listening_works_where_the_server_allows_it(any_mastodon, ada):
    network = anonymous(any_mastodon)
    if not any_mastodon.flavour.anonymous:
        with pytest.raises(Unauthorised):
            started(network.listen([TAG]))
        return
    with closing(network.listen([TAG])) as stream:
        started(stream)
        status = any_mastodon.post(ada, f"Bonjour #{TAG}")
        assert until(stream)[0].uri == status.uri


def test_a_burst_cut_again_and_again_is_heard_whole_and_once(any_mastodon, ada, listener):
    told: list[str] = []
    cursor = ""

    def write() -> None:
        for number in range(60):
            any_mastodon.post(ada, f"{number} #{TAG}")

    with closing(listener.listen([TAG])) as stream:
        cursor = started(stream)
    writer = threading.Thread(target=write)
    writer.start()
    cuts = 0
    while len(told) < 60 and cuts < 50:
        any_mastodon.cut_after = 7
        try:
            with closing(listener.listen([TAG], cursor=cursor)) as stream:
                for event in islice(stream, 500):
                    cursor = event.cursor
                    told += [event.uri] if event.kind != "tick" else []
                    if len(told) == 60 and event.kind == "tick":
                        break
        except Retryable:
            cuts += 1
    writer.join()
    assert sorted(told) == sorted(one.uri for _, one in any_mastodon.timeline(lambda one: True))
    assert len(cursor) <= 200


def test_more_than_several_pages_written_while_nobody_listened_are_heard_in_their_order(
    any_mastodon, ada, mine
):
    with closing(mine.listen([TAG, "autre"])) as stream:
        cursor = started(stream)
    for number in range(130):
        any_mastodon.post(ada, f"{number} #{TAG}" if number % 2 else f"{number} #autre")
    with closing(mine.listen([TAG, "autre"], cursor=cursor)) as stream:
        events = until(stream, 130)
        assert next(stream).kind == "tick"
    assert [event.post.text.partition(" ")[0] for event in events] == [str(n) for n in range(130)]
    with closing(mine.listen([TAG, "autre"], cursor=events[99].cursor)) as stream:
        assert [event.uri for event in until(stream, 30)] == [event.uri for event in events[100:]]


def test_listening_from_now_tells_nothing_of_the_past(any_mastodon, ada, mine):
    any_mastodon.post(ada, f"Avant #{TAG}")
    with closing(mine.listen([TAG])) as stream:
        started(stream)
        after = any_mastodon.post(ada, f"Après #{TAG}")
        assert until(stream)[0].uri == after.uri


def test_a_post_that_arrives_late_under_an_older_number_is_heard_once(any_mastodon, ada):
    kept_polling(any_mastodon)
    network = network_as(any_mastodon.open_account("ear"))
    for number in range(20):
        any_mastodon.post(ada, f"{number} #{TAG}")
    with closing(network.listen([TAG])) as stream:
        started(stream)
        now = any_mastodon.post(ada, f"À l’heure #{TAG}")
        first = until(stream)[0]
        late = any_mastodon.post(ada, f"En retard #{TAG}", at=now.created - timedelta(milliseconds=1))
        second = until(stream)[0]
        assert (first.uri, second.uri) == (now.uri, late.uri)
    with closing(network.listen([TAG], cursor=second.cursor)) as stream:
        started(stream)
        assert [event.kind for event in islice(stream, 20)] == ["tick"] * 20


def test_an_edit_made_while_nobody_listened_is_heard(any_mastodon, ada, mine):
    with closing(mine.listen([TAG])) as stream:
        started(stream)
        status = any_mastodon.post(ada, f"Je cherche #{TAG}")
        cursor = until(stream)[0].cursor
    status.text, status.edited = f"J’ai trouvé #{TAG}", datetime.now(UTC) + timedelta(seconds=2)
    with closing(mine.listen([TAG], cursor=cursor)) as stream:
        assert [(e.kind, e.post.text) for e in until(stream)] == [("edit", f"J’ai trouvé #{TAG}")]


def test_what_is_not_public_is_not_heard(any_mastodon, ada, mine):
    with closing(mine.listen([TAG])) as stream:
        started(stream)
        for visibility in ("private", "direct"):
            any_mastodon.post(ada, f"Entre nous #{TAG}", visibility=visibility)
        public = any_mastodon.post(ada, f"Pour tous #{TAG}")
        assert until(stream)[0].uri == public.uri


def test_answers_to_who_is_signed_in_are_heard_and_private_ones_carry_no_hashtag(
    any_mastodon, ada, bob, mine, theirs
):
    asked = theirs.reply(publish(mine), "Voulez-vous ?", key=theirs.new_key())
    question = any_mastodon.statuses[asked.uri.rpartition("/")[2]]
    with closing(theirs.listen([TAG], reply_to_actor=bob.uri)) as stream:
        started(stream)
        any_mastodon.post(ada, f"@bob bonjour #{TAG}", visibility="direct")
        private = any_mastodon.post(ada, f"@bob oui #{TAG}", visibility="direct", answers=question)
        heard = until(stream)[0]
        assert (heard.kind, heard.uri, heard.post.reply_to) == ("post", private.uri, asked.uri)
        assert heard.post.author.id == ada.uri
        assert heard.post.text.endswith(f"oui #{TAG}")
        assert not carries(heard.post.hashtags, {"i4emploir"})
        public = any_mastodon.post(ada, "@bob oui en public", answers=question)
        also = until(stream)[0]
        assert (also.uri, also.post.reply_to) == (public.uri, asked.uri)
    with closing(theirs.listen([TAG], reply_to_actor=bob.uri, cursor=also.cursor)) as stream:
        started(stream)
        assert {event.kind for event in islice(stream, 20)} == {"tick"}


def test_a_private_answer_said_while_nobody_listened_is_heard(any_mastodon, ada, bob, theirs):
    question = any_mastodon.post(bob, "@ada Voulez-vous ?", visibility="direct")
    with closing(theirs.listen([TAG], reply_to_actor=bob.uri)) as stream:
        cursor = started(stream)
    answer = any_mastodon.post(ada, "@bob oui", visibility="direct", answers=question)
    with closing(theirs.listen([TAG], reply_to_actor=bob.uri, cursor=cursor)) as stream:
        assert until(stream)[0].uri == answer.uri


def test_a_post_of_another_server_has_the_same_uri_and_author_everywhere(new_server):
    home, mastodon, gotosocial = (new_server(flavour) for flavour in (MASTODON, MASTODON, GOTOSOCIAL))
    eve = home.open_account("eve", numeric=True)
    told = []
    for world in (home, mastodon, gotosocial):
        network = network_as(world.open_account("ear"), pace=PATIENT)
        with closing(network.listen([TAG])) as stream:
            started(stream)
            status = home.post(eve, f"Je cherche #{TAG}")
            if world is not home:
                world.federate(status)
            event = until(stream)[0]
            assert event.uri == status.uri
            told.append((event.post.author.id, event.post.author.handle))
    assert set(told) == {(eve.uri, eve.handle)}


def test_a_stream_that_is_cut_is_worth_another_try(any_mastodon, mine):
    with closing(mine.listen([TAG])) as stream:
        started(stream)
        any_mastodon.cut_streams()
        with pytest.raises(Retryable, match="cut"):
            list(islice(stream, 500))


def test_where_streams_fail_the_timelines_are_still_heard(any_mastodon, ada, mine):
    any_mastodon.fail("/api/v1/streaming", "503", times=100)
    with closing(mine.listen([TAG])) as stream:
        started(stream)
        status = any_mastodon.post(ada, f"Bonjour #{TAG}")
        assert until(stream)[0].uri == status.uri


def test_a_rate_limit_on_the_timelines_ends_the_listening_with_its_pause(any_mastodon, mine):
    with closing(mine.listen([TAG])) as stream:
        started(stream)
        any_mastodon.remaining = 0
        with pytest.raises(Retryable) as caught:
            list(islice(stream, 500))
    assert caught.value.after > 200


@pytest.mark.parametrize(
    "cursor", ["x", "-1", "{}", "[]", '{"s":"../x","m":"","t":1,"k":""}', '{"s":"1","m":"","t":"x","k":""}']
)
def test_a_cursor_that_is_none_is_refused(mastodon, cursor):
    with pytest.raises(Refused):
        next(anonymous(mastodon).listen([TAG], cursor=cursor))


def test_a_long_life_leaves_a_short_cursor(any_mastodon, ada, mine):
    with closing(mine.listen([TAG], reply_to_actor=ada.uri)) as stream:
        started(stream)
        for number in range(50):
            any_mastodon.post(ada, f"{number} #{TAG}")
        assert max(len(event.cursor) for event in until(stream, 50)) <= 200


def test_no_thread_stays_behind_when_listening_ends(any_mastodon, mine):
    with closing(mine.listen([TAG])) as stream:
        started(stream)
        assert [one.name for one in threading.enumerate()].count("stream") == 1
    assert [one.name for one in threading.enumerate()].count("stream") == 0
