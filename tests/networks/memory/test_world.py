"""The network in memory, reached in the same process and as a server of its own: one behaviour."""

import threading
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from colibri.networks.errors import Gone, Refused, Retryable, Unauthorised
from colibri.networks.items import Draft
from colibri.networks.memory import MemoryNetwork, World
from tests.networks.memory.story import heard, kinds, publish


def test_an_account_is_found_by_id_and_by_handle(ada):
    assert ada.whoami() == ada.fetch_actor("memory:ada") == ada.fetch_actor("@ada")
    assert (ada.whoami().name, ada.whoami().biography) == ("Ada", "Je cherche un emploi")
    with pytest.raises(Gone):
        ada.fetch_actor("nobody")


def test_an_account_may_say_something_else_of_itself(door, ada):
    door.describe("ada", "Ada L.", "En poste depuis hier")
    assert (ada.whoami().name, ada.whoami().biography) == ("Ada L.", "En poste depuis hier")


def test_a_post_is_read_back_with_its_hashtags_and_date(door, ada):
    before = datetime.now(UTC)
    post = ada.fetch_post(publish(ada).uri)
    assert post.hashtags == ("i4emploiR",)
    assert post.author.id == "memory:ada"
    assert before <= post.created_at <= datetime.now(UTC)
    assert post.language == "fr"


def test_a_second_boost_under_one_key_makes_no_second_event(door, ada, bob):
    post, key = publish(ada), bob.new_key()
    assert bob.boost(post, key=key) == bob.boost(post, key=key)
    assert kinds(door).count("boost") == 1
    assert len(door.standing_boosts()) == 1


def test_a_boost_under_another_key_shows_as_a_second_event(door, ada, bob):
    post = publish(ada)
    bob.boost(post, key=bob.new_key())
    bob.boost(post, key=bob.new_key())
    assert kinds(door).count("boost") == 2


def test_an_undone_boost_no_longer_stands_and_undoing_again_is_no_error(door, ada, bob):
    post, key = publish(ada), bob.new_key()
    bob.boost(post, key=key)
    bob.undo_boost(post, key=key)
    bob.undo_boost(post, key=key)
    assert door.standing_boosts() == ()
    assert kinds(door).count("undo_boost") == 1


def test_publishing_twice_under_one_key_is_one_post(door, ada):
    draft = Draft("Une fois", ada.new_key())
    assert ada.publish(draft) == ada.publish(draft)
    assert kinds(door).count("post") == 1


def test_a_deleted_post_is_gone_for_reading_boosting_and_answering(door, ada, bob):
    post = publish(ada)
    ada.delete(post.uri)
    ada.delete(post.uri)
    assert kinds(door).count("delete") == 1
    for act in (
        lambda: bob.fetch_post(post.uri),
        lambda: bob.boost(post, key=bob.new_key()),
        lambda: bob.reply(post, "Bravo", key=bob.new_key()),
    ):
        with pytest.raises(Gone):
            act()


def test_nobody_deletes_the_post_of_another(ada, bob):
    post = publish(ada)
    with pytest.raises(Refused):
        bob.delete(post.uri)
    assert ada.fetch_post(post.uri)


@pytest.mark.parametrize("text", ["", "  ", "x" * 501])
def test_empty_and_overlong_texts_are_refused(ada, text):
    with pytest.raises(Refused):
        publish(ada, text)


@pytest.mark.parametrize("key", ["", "a/b", "é", "x" * 65])
def test_a_key_that_is_no_name_is_refused(ada, bob, key):
    with pytest.raises(Refused):
        bob.boost(publish(ada), key=key)


def test_the_stream_tells_posts_edits_answers_and_deletions_in_order(door, ada, bob):
    post = publish(ada)
    publish(ada, "sans rien")
    answer = bob.reply(post, "Je connais quelqu'un", key=bob.new_key())
    door.edit(door.token_of("ada"), post.uri, "J'ai trouvé !")
    ada.delete(post.uri)
    events = heard(ada, "I4EMPLOIR", reply_to_actor="memory:ada")
    assert [(event.kind, event.uri) for event in events] == [
        ("post", post.uri), ("post", answer.uri), ("edit", post.uri), ("delete", post.uri),
    ]  # fmt: skip
    assert events[1].post.reply_to == post.uri
    assert events[2].post.text == "J'ai trouvé !"


def test_hashtags_are_heard_in_any_case_and_accent(ada):
    publish(ada, "#Relève")
    assert len(heard(ada, "releve")) == len(heard(ada, "RELÈVE")) == 1
    assert heard(ada, "relevé2") == []


def test_listening_goes_on_behind_the_cursor(ada):
    publish(ada)
    first = heard(ada, "i4emploiR")
    second = publish(ada)
    assert [event.uri for event in heard(ada, "i4emploiR", cursor=first[-1].cursor)] == [second.uri]


def test_without_a_cursor_only_what_comes_later_is_heard(ada):
    publish(ada)
    stream = ada.listen(["i4emploiR"])
    later = publish(ada)
    assert next(stream).uri == later.uri


def test_a_waiting_listener_hears_a_post_as_it_comes(ada):
    stream = ada.listen(["i4emploiR"])
    assert next(stream).kind == "tick"
    uris: list[str] = []
    ears = threading.Thread(target=lambda: uris.append(next(e.uri for e in stream if e.kind == "post")))
    ears.start()
    post = publish(ada)
    ears.join(10)
    assert uris == [post.uri]


def test_followers_come_in_pages_with_their_biographies(door, ada):
    people = [[f"p{i}", f"P {i}", f"biographie {i}"] for i in range(2500)]
    door.load(people, {"ada": list(range(2500)), "p7": [1, 2]})
    sizes, cursor, handles = [], "", []
    while True:
        page = ada.fetch_followers("memory:ada", cursor=cursor)
        sizes.append(len(page.items))
        handles += [actor.handle for actor in page.items]
        cursor = page.next
        if not cursor:
            break
    assert sizes == [1000, 1000, 500]
    assert handles == [row[0] for row in people]
    assert ada.fetch_actor("p7").followers == 2
    assert page.items[0].biography == "biographie 2000"


def test_following_twice_is_following_once(door, ada, bob):
    door.follow("bob", "ada")
    door.follow("memory:bob", "@ada")
    assert [actor.handle for actor in ada.fetch_followers("ada").items] == ["bob"]


def test_followers_may_be_given_as_an_array(door, ada):
    door.load([("bob", "", ""), ("eve", "", "")], {"ada": np.array([1, 0], dtype=np.uint32)})
    assert [actor.handle for actor in ada.fetch_followers("ada").items] == ["eve", "bob"]


def test_loading_twice_under_one_key_loads_once(door, ada):
    door.load([["zoe", "", ""]], {"ada": [0]})
    door.load([["zoe", "", ""]], {"ada": [0]})
    assert ada.whoami().followers == 1


@pytest.mark.parametrize(
    ("accounts", "follows"),
    [([["ada", "", ""]], {}), ([["x", "", ""]] * 2, {}), ([["x", "", ""]], {"no": [0]}),
     ([["x", "", ""]], {"ada": [1]}), ([["x", "", ""]], {"ada": [-1]})],
)  # fmt: skip
def test_an_impossible_population_is_refused_whole(door, ada, accounts, follows):
    with pytest.raises(Refused):
        door.load(accounts, follows)
    assert "load" not in kinds(door)


def test_interactions_count_boosts_answers_and_likes_newest_first(door, ada, bob):
    old, new = publish(ada), publish(ada)
    key = bob.new_key()
    bob.boost(old, key=key)
    bob.reply(old, "Courage", key=bob.new_key())
    door.interact(old.uri, 3)
    found = ada.fetch_interactions("memory:ada")
    assert [(one.uri, one.total) for one in found] == [(new.uri, 0), (old.uri, 5)]
    assert ada.fetch_reactors(old.uri) == ("memory:bob",)
    bob.undo_boost(old, key=key)
    assert ada.fetch_reactors(old.uri) == ()
    assert ada.fetch_interactions("memory:ada", limit=5)[1].total == 4
    assert len(ada.fetch_interactions("memory:ada", limit=1)) == 1


def test_a_revoked_token_is_unauthorised_and_the_next_one_is_good(door, ada):
    door.revoke("ada")
    with pytest.raises(Unauthorised):
        ada.whoami()
    with pytest.raises(Unauthorised):
        ada.fetch_actor("ada")
    assert MemoryNetwork(door, door.token_of("ada")).whoami().handle == "ada"


def test_the_anonymous_read_and_do_not_write(door, ada):
    nobody = MemoryNetwork(door)
    assert nobody.fetch_actor("ada").handle == "ada"
    with pytest.raises(Unauthorised):
        nobody.whoami()
    with pytest.raises(Unauthorised):
        publish(nobody)


@pytest.mark.parametrize(
    ("kind", "error"),
    [("rate_limit", Retryable), ("expired_token", Unauthorised), ("gone_post", Gone),
     ("refused", Refused), ("server_fault", Retryable)],
)  # fmt: skip
def test_an_ordered_fault_happens_as_often_as_ordered_and_writes_nothing(door, ada, bob, kind, error):
    post, key = publish(ada), bob.new_key()
    door.fail("boost", kind, times=2)
    for _ in range(2):
        with pytest.raises(error):
            bob.boost(post, key=key)
    assert "boost" not in kinds(door)
    assert bob.boost(post, key=key)


def test_a_rate_limit_says_how_long_to_wait(door, ada):
    door.fail("publish", "rate_limit", seconds=42)
    with pytest.raises(Retryable) as caught:
        publish(ada)
    assert caught.value.after == 42


def test_a_lost_answer_has_written_and_the_second_try_is_the_same_write(door, ada, bob):
    post, key = publish(ada), bob.new_key()
    door.fail("boost", "answer_lost")
    with pytest.raises(Retryable):
        bob.boost(post, key=key)
    assert kinds(door).count("boost") == 1
    bob.boost(post, key=key)
    assert kinds(door).count("boost") == 1


def test_a_fault_may_be_meant_for_one_account_and_be_healed(door, ada, bob):
    door.fail("*", "server_fault", times=None, where="bob")
    publish(ada)
    for _ in range(3):
        with pytest.raises(Retryable):
            publish(bob)
    door.heal()
    publish(bob)


def test_an_unknown_fault_is_named(door, ada):
    with pytest.raises((ValueError, Refused), match="no such fault"):
        door.fail("boost", "earthquake")


def test_slow_answers_take_the_time_ordered():
    pauses: list[float] = []
    world = World(sleep=pauses.append)
    ada = MemoryNetwork(world, world.open_account("ada"))
    world.fail("publish", "slow", seconds=7)
    publish(ada)
    assert pauses == [7]


def test_the_clock_is_given():
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    world = World(now=lambda: moment + timedelta(hours=1))
    ada = MemoryNetwork(world, world.open_account("ada"), make_key=lambda: "first")
    post = publish(ada)
    assert post.uri == "memory:ada/posts/first"
    assert world.fetch_post("", post.uri).created_at == moment + timedelta(hours=1)
