"""Posts, boosts, answers and followers on each kind of server."""

import pytest

from colibri.networks.errors import Gone, Refused, Retryable, Unauthorised
from colibri.networks.items import Draft, PostRef
from colibri.networks.mastodon import MastodonNetwork
from tests.networks.mastodon.story import anonymous, network_as, publish, writes
from tests.peers.mastodon.flavours import GOTOSOCIAL, MASTODON, OLD_MASTODON
from tests.peers.mastodon_peer import GUARD


def test_one_is_who_the_server_says_under_an_identifier_for_ever(ada, mine):
    actor = mine.whoami()
    assert (actor.id, actor.handle, actor.name) == (ada.uri, ada.handle, "Ada")
    assert actor.biography == "Comptable à Lyon #EnVeille"


def test_a_person_has_one_identifier_and_handle_whichever_server_tells_of_them(new_server):
    home, elsewhere, old, small = (
        new_server(flavour) for flavour in (MASTODON, MASTODON, OLD_MASTODON, GOTOSOCIAL)
    )
    eve = home.open_account("eve", numeric=True)
    told = set()
    for world in (home, elsewhere, old, small):
        visitor = network_as(world.open_account("visitor"))
        told |= {
            (actor.id, actor.handle)
            for actor in (visitor.fetch_actor(eve.uri), visitor.fetch_actor(f"@{eve.handle}"))
        }
    assert told == {(eve.uri, eve.handle)}


def test_a_post_is_published_and_read_back(any_mastodon, ada, mine):
    link = "https://exemple.fr/un/tres/long/chemin?vers=le&cv=1"
    text = f"Été à Lyon & ailleurs #i4emploiR #Comptabilité\n{link}\n\nMerci !"
    post = mine.fetch_post(publish(mine, text).uri)
    assert (post.text, post.hashtags, post.language) == (text, ("i4emploiR", "Comptabilité"), "fr")
    assert (post.author.id, post.author.handle) == (ada.uri, ada.handle)
    assert post.created_at.tzinfo is not None


def test_publishing_twice_under_one_key_is_one_post(any_mastodon, mine):
    draft = Draft("Une seule fois #i4emploiR", mine.new_key())
    assert mine.publish(draft) == mine.publish(draft)
    assert len(writes(any_mastodon, "post")) == 1


def test_a_post_whose_answer_was_lost_is_found_again_by_another_client(any_mastodon, ada, mine):
    draft = Draft("Perdue ? #i4emploiR https://exemple.fr/cv", mine.new_key())
    any_mastodon.fail("^/api/v1/statuses$", "lost")
    with pytest.raises(Retryable):
        mine.publish(draft)
    ref = network_as(ada).publish(draft)
    assert writes(any_mastodon, "post") == [ref.uri]


def test_two_posts_of_the_same_words_under_two_keys_are_told_apart_by_time(any_mastodon, ada, mine):
    first = publish(mine, "Bonjour")
    written = any_mastodon.statuses[first.uri.rpartition("/")[2]]
    written.created = written.created.replace(year=2025)
    assert publish(mine, "Bonjour") != first


@pytest.mark.parametrize(
    "key", ["", "x", "0192f3c1a2b4", "0192f3c1a2b4-zzzzzzzzzzzzzzzz", "f" * 12 + "-" + "0" * 16]
)
def test_a_key_that_is_none_is_refused_before_anything_is_sent(any_mastodon, mine, key):
    with pytest.raises(Refused):
        mine.publish(Draft("texte", key))
    assert writes(any_mastodon, "post") == []


def test_too_long_a_post_is_refused(any_mastodon, mine):
    with pytest.raises(Refused):
        publish(mine, "é" * (mine.about.character_limit + 1))
    assert any_mastodon.log == []


def test_a_boost_stands_once_however_often_it_is_given(any_mastodon, ada, mine, theirs, bob):
    post = publish(mine)
    uris = {theirs.boost(post, key=theirs.new_key()) for _ in range(3)}
    uris.add(network_as(bob).boost(post, key="another"))
    assert len(uris) == 1
    assert writes(any_mastodon, "boost") == [post.uri]


def test_a_boost_whose_answer_was_lost_is_given_once(any_mastodon, mine, theirs):
    post, key = publish(mine), theirs.new_key()
    any_mastodon.fail("/reblog$", "lost")
    with pytest.raises(Retryable):
        theirs.boost(post, key=key)
    assert theirs.boost(post, key=key)
    assert writes(any_mastodon, "boost") == [post.uri]


def test_an_undone_boost_is_gone_and_undoing_again_is_no_error(any_mastodon, mine, theirs):
    post, key = publish(mine), theirs.new_key()
    theirs.boost(post, key=key)
    for _ in range(2):
        theirs.undo_boost(post, key=key)
    assert writes(any_mastodon, "undo") == [post.uri]
    mine.delete(post.uri)
    theirs.undo_boost(post, key=key)


def test_a_post_of_another_server_is_boosted_from_ones_own(new_server, any_mastodon, theirs):
    home = new_server(MASTODON)
    status = home.post(home.open_account("eve"), "Je cherche #i4emploiR")
    assert theirs.fetch_post(status.uri).author.handle == status.author.handle
    theirs.boost(PostRef(status.uri), key=theirs.new_key())
    assert writes(any_mastodon, "boost") == [status.uri]


def test_a_deleted_post_is_gone_for_reading_boosting_and_answering(new_server, any_mastodon, mine, theirs):
    post = publish(mine)
    mine.delete(post.uri)
    mine.delete(post.uri)
    home = new_server(MASTODON)
    elsewhere = home.post(home.open_account("eve"), "Ailleurs")
    home.delete(elsewhere)
    for uri in (post.uri, elsewhere.uri):
        for act in (
            lambda uri=uri: theirs.fetch_post(uri),
            lambda uri=uri: theirs.boost(PostRef(uri), key=theirs.new_key()),
            lambda uri=uri: theirs.reply(PostRef(uri), "Bravo", key=theirs.new_key()),
        ):
            with pytest.raises(Gone):
                act()


def test_a_post_that_stands_but_cannot_be_seen_from_here_is_not_called_gone(new_server, mastodon):
    hidden = new_server(MASTODON)
    status = hidden.post(hidden.open_account("eve"), "Je cherche")
    network = network_as(mastodon.open_account("bob"))
    fediverse, mastodon.fediverse = mastodon.fediverse, {}
    with pytest.raises(Refused, match="does not see"):
        network.boost(PostRef(status.uri), key=network.new_key())
    hidden.fail("/statuses/", "503")
    with pytest.raises(Retryable):
        network.boost(PostRef(status.uri), key=network.new_key())
    mastodon.fediverse = fediverse


def test_what_is_between_people_is_neither_read_nor_boosted(any_mastodon, ada, bob, theirs):
    for visibility in ("private", "direct"):
        status = any_mastodon.post(ada, "@bob entre nous", visibility=visibility)
        for act in (
            lambda uri=status.uri: theirs.fetch_post(uri),
            lambda uri=status.uri: theirs.boost(PostRef(uri), key=theirs.new_key()),
        ):
            with pytest.raises((Refused, Gone)):
                act()


def test_nobody_deletes_the_post_of_another(any_mastodon, mine, theirs):
    post = publish(mine)
    with pytest.raises(Refused):
        theirs.delete(post.uri)
    with pytest.raises(Refused):
        mine.delete("https://elsewhere.example/users/ada/statuses/1")
    assert mine.fetch_post(post.uri).ref == post


def test_an_answer_is_seen_by_the_author_alone_and_written_once(any_mastodon, mine, theirs, ada):
    post, key = publish(mine), theirs.new_key()
    any_mastodon.fail("^/api/v1/statuses$", "lost")
    with pytest.raises(Retryable):
        theirs.reply(post, "Voulez-vous être relayée ?", key=key)
    ref = theirs.reply(post, "Voulez-vous être relayée ?", key=key)
    written = any_mastodon.statuses[ref.uri.rpartition("/")[2]]
    assert (written.visibility, written.mentions, written.answers.uri) == ("direct", [ada], post.uri)
    assert len(writes(any_mastodon, "post")) == 2


def test_somebody_of_another_server_is_told_something_alone(new_server, any_mastodon, mine):
    home = new_server(MASTODON)
    eve = home.open_account("eve")
    key = mine.new_key()
    refs = {mine.tell(mine.fetch_actor(eve.handle), "Bonjour, merci !", key=key) for _ in range(2)}
    written = any_mastodon.statuses[refs.pop().uri.rpartition("/")[2]]
    assert (written.visibility, written.mentions, refs) == ("direct", [eve], set())


def test_followers_come_page_by_page_with_their_biographies(new_server, any_mastodon, ada, mine):
    home = new_server(MASTODON)
    for number in range(95):
        world = home if number % 2 else any_mastodon
        fan = world.open_account(
            f"fan{number}", note=f"Recruteuse {number} #RH", fields=(("Métier", "<b>RH</b>"),)
        )
        any_mastodon.follow(fan, ada)
    first = mine.fetch_followers(ada.uri)
    second = mine.fetch_followers(ada.uri, cursor=first.next)
    found = [*first.items, *second.items]
    assert (len(first.items), second.next) == (80, "")
    assert {actor.id for actor in found} == {fan.uri for fan in ada.followers}
    assert next(a for a in found if a.handle == ada.followers[3].handle).biography == (
        "Recruteuse 3 #RH\nMétier : RH"
    )


def test_interactions_are_those_of_own_public_posts_newest_first(any_mastodon, ada, bob, mine, theirs):
    first, second = publish(mine, "Un"), publish(mine, "Deux")
    any_mastodon.post(ada, "Tout bas", visibility="direct")
    other = publish(theirs, "À Bob")
    mine.boost(other, key=mine.new_key())
    theirs.boost(first, key=theirs.new_key())
    found = mine.fetch_interactions(ada.uri)
    assert [(one.uri, one.total) for one in found] == [(second.uri, 3), (first.uri, 4)]
    assert len(mine.fetch_interactions(ada.uri, limit=1)) == 1
    assert theirs.whoami().id in mine.fetch_reactors(first.uri)
    assert mine.fetch_reactors(second.uri) == ()


def test_somebody_nobody_knows_is_gone(mine, any_mastodon):
    for who in ("nobody", f"nobody@{any_mastodon.authority}", f"{any_mastodon.origin}/users/nobody"):
        with pytest.raises(Gone):
            mine.fetch_actor(who)


def test_a_revoked_token_is_unauthorised_for_every_verb(any_mastodon, ada, mine):
    post = publish(mine)
    any_mastodon.revoke(ada)
    acts = (
        mine.whoami,
        lambda: publish(mine),
        lambda: mine.boost(post, key=mine.new_key()),
        lambda: mine.reply(post, "oui", key=mine.new_key()),
        lambda: mine.fetch_post(post.uri),
        lambda: mine.fetch_followers(ada.uri),
        lambda: mine.fetch_interactions(ada.uri),
        lambda: mine.delete(post.uri),
        lambda: next(mine.listen(["i4emploiR"])),
    )
    for act in acts:
        with pytest.raises(Unauthorised):
            act()


def test_a_token_of_too_little_scope_is_unauthorised(any_mastodon, ada):
    token = any_mastodon.token_of(ada, "read:accounts", "read:statuses", "read:search")
    network = MastodonNetwork(any_mastodon.origin, GUARD, {"token": token})
    with pytest.raises(Unauthorised):
        publish(network)


def test_who_is_not_signed_in_writes_nothing(any_mastodon):
    network = anonymous(any_mastodon)
    for act in (network.whoami, lambda: publish(network)):
        with pytest.raises(Unauthorised):
            act()


def test_a_rate_limit_says_how_long_to_wait_whatever_its_spelling(any_mastodon, mine):
    any_mastodon.remaining = 0
    with pytest.raises(Retryable) as caught:
        mine.whoami()
    assert 200 < caught.value.after <= 300


def test_a_server_that_fails_is_worth_another_try(any_mastodon, mine):
    for status in (500, 502, 503, 504, 408):
        any_mastodon.fail("verify_credentials", str(status))
        with pytest.raises(Retryable):
            mine.whoami()


def test_each_server_tells_its_version_and_its_own_limit(any_mastodon, mine):
    assert mine.about.version == any_mastodon.flavour.version
    assert mine.about.character_limit == (5000 if any_mastodon.flavour.ulids else 500)
    assert mine.about.domain == any_mastodon.authority


def test_the_composer_is_that_of_the_own_server():
    assert MastodonNetwork("piaille.fr", GUARD).share_link("Bonjour à tous", "https://exemple.fr/?a=1") == (
        "https://piaille.fr/share?text=Bonjour+%C3%A0+tous+https%3A%2F%2Fexemple.fr%2F%3Fa%3D1"
    )
