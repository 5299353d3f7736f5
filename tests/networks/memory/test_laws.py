"""Laws of the network in memory, whatever is done on it."""

import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.networks.errors import NetworkError
from colibri.networks.memory import World

HANDLES = ("ada", "bob", "eve")
PEOPLE = st.sampled_from(HANDLES)
KEYS = st.sampled_from(["k1", "k2", "k3"])
POSTS = st.builds(lambda handle, key: f"memory:{handle}/posts/{key}", PEOPLE, KEYS)
DEEDS = st.one_of(
    st.tuples(st.just("publish"), PEOPLE, st.sampled_from(["#a", "b"]), KEYS, st.just("fr")),
    st.tuples(st.just("edit"), PEOPLE, POSTS, st.sampled_from(["#a", "#c"])),
    st.tuples(st.just("delete"), PEOPLE, POSTS),
    st.tuples(st.just("boost"), PEOPLE, POSTS, KEYS),
    st.tuples(st.just("undo_boost"), PEOPLE, POSTS, KEYS),
    st.tuples(st.just("reply"), PEOPLE, POSTS, st.just("c"), KEYS),
)


def live(world: World, deeds: list[tuple[str, ...]]) -> None:
    for handle in HANDLES:
        world.open_account(handle)
    for verb, handle, *rest in deeds:
        with suppress(NetworkError):
            getattr(world, verb)(world.token_of(handle), *rest)


@settings(deadline=None, max_examples=60)
@given(st.lists(DEEDS, max_size=40))
def test_a_journal_tells_the_whole_world_again(deeds):
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder) / "journal"
        world = World(journal=journal)
        live(world, deeds)
        again = World(journal=journal)
        assert again.log() == world.log()
        assert again.standing_boosts() == world.standing_boosts()
        assert again.stream("", 0, 0, ["a", "c"], "memory:ada") == world.stream(
            "", 0, 0, ["a", "c"], "memory:ada"
        )
        for handle in HANDLES:
            assert again.fetch_interactions("", handle, 50) == world.fetch_interactions("", handle, 50)
        world.close()
        again.close()


@settings(deadline=None, max_examples=100)
@given(st.lists(DEEDS, max_size=60))
def test_what_stands_is_what_the_log_tells(deeds):
    world = World()
    live(world, deeds)
    boosts: dict[str, str] = {}
    posts: set[str] = set()
    for change in world.log():
        match change.kind:
            case "boost":
                assert change.uri not in boosts
                boosts[change.uri] = change.subject
            case "undo_boost":
                del boosts[change.uri]
            case "post" | "reply":
                assert change.uri not in posts
                posts.add(change.uri)
            case "delete":
                posts.remove(change.uri)
    assert dict(world.standing_boosts()) == boosts
    own = Counter(uri.partition("/")[0] for uri in posts)
    for handle in HANDLES:
        assert len(world.fetch_interactions("", handle, 100)) == own[f"memory:{handle}"]


@settings(deadline=None, max_examples=60)
@given(st.lists(DEEDS, max_size=30))
def test_doing_everything_twice_in_a_row_is_doing_it_once(deeds):
    once, twice = World(), World()
    live(once, deeds)
    live(twice, [deed for deed in deeds for _ in range(2)])
    assert [(c.kind, c.uri, c.subject) for c in twice.log()] == [
        (c.kind, c.uri, c.subject) for c in once.log()
    ]
