"""What people of other servers do: follow, post, answer, edit, delete, move, block, report."""

import json

import pytest
from django.utils import timezone

from colibri.appeals.actions.standing import end_stand_in, stand_in
from colibri.appeals.models import Appeal, Message, Note
from colibri.federation.actions.following import end_following, follow
from colibri.federation.actions.reports import OPEN_MOST, keep_report
from colibri.federation.models import Activity, Follower, Following, Incoming, RemoteActor
from colibri.federation.queries import open_reports
from colibri.people.models import Block, Consent, Identity
from tests.federation.conftest import TAG
from tests.federation.neighbours import PUBLIC, town

SEARCH = f"Je suis soudeuse, je cherche un CDI à Brest, dix ans d'expérience. #{TAG}"


def received(camille, kind):
    return [one for one in camille.town.posted if one["type"] == kind]


def invited(home, camille):
    """A post that was heard, whose author was asked; the appeal and our private note."""
    home.told(camille, camille.does("Create", camille.note(SEARCH)))
    appeal = Appeal.objects.get()
    return appeal, Note.objects.get(appeal=appeal, kind="invitation")


def says(home, camille, note, words, *, name="answer"):
    """A private answer to our note."""
    answer = camille.note(words, name=name, to=home.actor.actor_id, inReplyTo=note.uri)
    home.told(camille, camille.does("Create", answer, to=[home.actor.actor_id]))


def relayed(home, camille):
    appeal, note = invited(home, camille)
    says(home, camille, note, "@hirondelles Oui !")
    appeal.refresh_from_db()
    home.accepts(appeal)
    appeal.refresh_from_db()
    return appeal


def test_a_follow_is_accepted_and_welcomed_once(home, camille):
    for _ in range(2):
        asked = camille.does("Follow", home.actor.actor_id)
        home.told(camille, asked)
        assert Follower.objects.get().follow_id == asked["id"]
        home.told(camille, camille.does("Undo", asked))
        assert Follower.objects.count() == 0

    assert [one["object"]["type"] for one in received(camille, "Accept")] == ["Follow"] * 2
    (welcome,) = received(camille, "Create")
    assert welcome["to"] == [camille.id]
    assert "/c/hirondelles/relay/" in welcome["object"]["content"]
    assert json.loads(home.get(f"{home.actor.actor_id}/followers").content)["totalItems"] == 0


def test_followers_are_counted_and_never_named(home, camille):
    home.told(camille, camille.does("Follow", home.actor.actor_id))
    answer = home.get(f"{home.actor.actor_id}/followers")

    assert json.loads(answer.content)["totalItems"] == 1
    assert camille.id.encode() not in answer.content


def test_a_post_with_the_hashtag_becomes_an_appeal_and_a_private_yes_is_heard(home, camille):
    appeal, note = invited(home, camille)
    assert (appeal.source_uri, appeal.state) == (f"{camille.id}/statuses/1", "draft")
    (asked,) = received(camille, "Create")
    assert (asked["to"], asked["cc"]) == ([camille.id], [])
    assert asked["object"]["inReplyTo"] == appeal.source_uri
    assert asked["object"]["id"] == note.uri

    says(home, camille, note, "@hirondelles Oui !")
    appeal.refresh_from_db()
    assert appeal.state == "submitted"
    assert Identity.objects.get(actor_id=camille.id).handle.startswith("camille@127.0.0.1")


@pytest.mark.parametrize("answers", ["privately", "to everybody"])
def test_a_robot_that_answers_whatever_it_is_told_is_soon_alone(home, camille, answers):
    home.told(camille, camille.does("Create", camille.note(SEARCH)))
    for turn in range(8):
        said = [one["object"] for one in received(camille, "Create")]
        if len(said) <= turn:
            break
        to = home.actor.actor_id if answers == "privately" else PUBLIC
        words = f"Merci de votre message ! {SEARCH}"
        answer = camille.note(words, name=f"r{turn}", to=to, inReplyTo=said[-1]["id"])
        home.told(camille, camille.does("Create", answer, to=[to]))

    assert len(received(camille, "Create")) <= 2
    assert Appeal.objects.count() == 1


def test_what_is_relayed_is_announced_once_and_taken_back_when_it_ends(home, camille):
    friend = camille.town.person("friend")
    home.told(friend, friend.does("Follow", home.actor.actor_id))
    appeal = relayed(home, camille)
    assert appeal.state == "active"
    (announced,) = received(camille, "Announce")  # one inbox for both
    assert announced["object"] == appeal.source_uri
    outbox = f"{home.actor.actor_id}/outbox"
    assert json.loads(home.get(f"{outbox}?page=1").content)["orderedItems"][0]["id"] == announced["id"]

    says(home, camille, Note.objects.get(kind="invitation"), "trouvé", name="found")
    (undone,) = received(camille, "Undo")
    assert undone["object"]["id"] == announced["id"]
    assert json.loads(home.get(outbox).content)["totalItems"] == 0
    assert home.get(announced["id"]).status_code == 404


def test_followers_are_told_one_thing_of_a_person_the_message_or_the_words_in_its_place(home, camille):
    friend = camille.town.person("friend")
    home.told(friend, friend.does("Follow", home.actor.actor_id))
    appeal = relayed(home, camille)
    (announced,) = received(camille, "Announce")
    page = "https://colibri.example/portraits/rose/"
    stand_in(appeal, "Dix ans de chantier naval.", page, language="fr", by="page", now=timezone.now())
    home.work()
    said = [one for one in received(camille, "Create") if page in one["object"]["content"]]
    (undone,) = received(camille, "Undo")
    assert (len(said), undone["object"]["id"]) == (1, announced["id"])

    end_stand_in(appeal, now=timezone.now())
    home.work()
    (deleted,) = received(camille, "Delete")
    assert deleted["object"]["id"] == said[0]["object"]["id"]
    again = received(camille, "Announce")[1:]
    assert [one["object"] for one in again] == [appeal.source_uri]


def test_an_edit_is_a_new_version_and_a_deletion_the_end(home, camille):
    appeal = relayed(home, camille)
    edited = camille.note(SEARCH.replace("Brest", "Quimper"))
    home.told(camille, camille.does("Update", edited))
    assert "Quimper" in Message.objects.filter(appeal=appeal).latest("version").text

    home.told(camille, camille.does("Delete", {"id": edited["id"], "type": "Tombstone"}))
    appeal.refresh_from_db()
    assert (appeal.state, appeal.ending) == ("closed", "deleted")
    assert len(received(camille, "Undo")) == 1


@pytest.mark.parametrize("kind", ["Update", "Delete"])
def test_another_actor_of_the_same_server_changes_nothing(home, camille, kind):
    appeal, _note = invited(home, camille)
    sasha = camille.town.person("sasha")
    forged = {**camille.note(SEARCH), "content": "Autre chose"}
    what = forged if kind == "Update" else forged["id"]

    assert home.hears(sasha, sasha.does(kind, what)).status_code == 202
    home.work()
    appeal.refresh_from_db()
    assert appeal.state == "draft"
    assert Message.objects.filter(appeal=appeal).count() == 1


def test_a_post_of_another_server_is_not_believed_but_fetched(home, camille):
    with town("localhost") as far:
        sasha = far.person("sasha")
        forged = {**sasha.note("Bonjour"), "content": SEARCH}
        home.told(camille, camille.does("Create", forged))

    assert Appeal.objects.count() == 0


@pytest.mark.parametrize("proof", ["signature", "proof"])
def test_a_signature_inside_a_document_proves_nothing(home, camille, proof):
    """Servers that pass on what others wrote (relays) sign the request; who wrote it is asked at home."""
    with town("localhost") as far:
        sasha = far.person("sasha")
        inner = {"type": "RsaSignature2017", "creator": sasha.key_id, "signatureValue": "c2Vl"}
        passed_on = {**sasha.does("Create", sasha.note(SEARCH)), proof: inner}
        assert home.hears(camille, passed_on).status_code == 401
        carried = {**sasha.note("Bonjour", name="2"), "content": SEARCH, proof: inner}
        home.told(camille, camille.does("Create", carried))

    assert Appeal.objects.count() == 0


def test_somebody_elses_post_is_not_taken_in(home, camille):
    sasha = camille.town.person("sasha")
    home.told(camille, camille.does("Create", sasha.note(SEARCH)))

    assert Appeal.objects.count() == 0


@pytest.mark.parametrize("public", ["https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"])
def test_public_is_understood_in_each_of_its_spellings(home, camille, public):
    home.told(camille, camille.does("Create", camille.note(SEARCH, to=public)))

    assert Appeal.objects.count() == 1


def test_private_words_are_not_kept(home, camille):
    note = camille.note("Bonjour, un secret", to=home.actor.actor_id)
    assert home.hears(camille, camille.does("Create", note, to=[home.actor.actor_id])).status_code == 202

    assert (Incoming.objects.count(), Appeal.objects.count()) == (0, 0)


def test_who_asks_in_private_to_be_relayed_is_told_once_that_it_takes_a_public_post(home, camille):
    to = [home.actor.actor_id]
    for name in ("1", "2"):
        note = camille.note(SEARCH, name=name, to=to[0])
        home.told(camille, camille.does("Create", note, to=to))

    (told,) = received(camille, "Create")
    assert told["to"] == [camille.id]
    assert "/c/hirondelles/new/" in told["object"]["content"]
    assert (Appeal.objects.count(), Message.objects.count()) == (0, 0)
    assert not Incoming.objects.exclude(document=None).exists()

    home.told(camille, camille.does("Block", home.actor.actor_id))
    sasha = camille.town.person("sasha")
    home.told(sasha, sasha.does("Block", home.actor.actor_id))
    home.told(sasha, sasha.does("Create", sasha.note(SEARCH, to=to[0]), to=to))
    assert len(received(camille, "Create")) == 1


def test_private_words_to_somebody_else_are_none_of_our_business(home, camille):
    note = camille.note(SEARCH, to=f"{camille.town.origin}/users/sasha")
    assert home.hears(camille, camille.does("Create", note)).status_code == 202
    assert Incoming.objects.count() == 0


def test_a_private_stop_from_somebody_known_ends_everything(home, camille):
    appeal = relayed(home, camille)
    home.told(camille, camille.does("Create", camille.note("stop", name="s", to=home.actor.actor_id)))

    appeal.refresh_from_db()
    assert appeal.state == "closed"
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_who_blocks_us_is_never_written_to_again(home, camille):
    home.told(camille, camille.does("Follow", home.actor.actor_id))
    appeal = relayed(home, camille)
    block = camille.does("Block", home.actor.actor_id)
    home.told(camille, block)
    appeal.refresh_from_db()
    assert appeal.state == "closed"
    assert (Follower.objects.count(), Block.objects.count()) == (0, 1)
    before = len(received(camille, "Create"))
    home.told(camille, camille.does("Create", camille.note(SEARCH, name="again")))
    home.told(camille, camille.does("Follow", home.actor.actor_id))
    assert len(received(camille, "Create")) == before
    assert Follower.objects.count() == 0

    home.told(camille, camille.does("Undo", block))
    assert Block.objects.count() == 0


def test_a_report_is_kept_for_animators_and_its_words_sealed(home, camille):
    home.told(camille, camille.does("Flag", [home.actor.actor_id], content="spam"))

    (flag,) = open_reports(home.collective)
    assert (flag.objects_named, flag.text) == ([home.actor.actor_id], "spam")
    for _ in range(OPEN_MOST + 2):
        keep_report([home.collective], camille.id, [home.actor.actor_id], "spam", now=timezone.now())
    assert open_reports(home.collective).count() == OPEN_MOST  # who floods is answered, and not kept


def test_a_move_counts_only_where_the_new_account_says_so(home, camille):
    home.told(camille, camille.does("Follow", home.actor.actor_id))
    with town("localhost") as far:
        there = far.person("camille")
        move = {"target": there.id}
        home.told(camille, camille.does("Move", camille.id, **move))
        assert Follower.objects.get().actor.actor_id == camille.id
        there.show(alsoKnownAs=[camille.id])
        home.told(camille, camille.does("Move", camille.id, **move))

    assert Follower.objects.get().actor.actor_id == there.id


def test_an_account_that_is_deleted_takes_its_follow_and_posts_along(home, camille):
    home.told(camille, camille.does("Follow", home.actor.actor_id))
    appeal, _note = invited(home, camille)
    home.told(camille, camille.does("Delete", camille.id))

    appeal.refresh_from_db()
    assert appeal.state == "closed"
    assert RemoteActor.objects.count() == 0


def test_whom_we_follow_counts_once_they_accepted(home, camille):
    asked = follow(home.collective, camille.id, now=timezone.now())
    home.work()
    assert received(camille, "Follow")[0]["id"] == asked.follow_id
    assert Following.objects.get().state == "asked"
    sasha = camille.town.person("sasha")
    home.told(sasha, sasha.does("Accept", asked.follow_id))
    assert Following.objects.get().state == "asked"

    for kind, state in [("Accept", "accepted"), ("Reject", "refused"), ("Accept", "refused")]:
        home.told(camille, camille.does(kind, received(camille, "Follow")[0]))
        assert Following.objects.get().state == state

    end_following(follow(home.collective, camille.id, now=timezone.now()), now=timezone.now())
    home.work()
    assert received(camille, "Undo")[0]["object"]["type"] == "Follow"
    assert not Following.objects.exists()


def followed(home, who):
    """Somebody the collective follows, who accepted."""
    asked = follow(home.collective, who.id, now=timezone.now())
    home.told(who, who.does("Accept", asked.follow_id))


@pytest.mark.parametrize("wrapped", [False, True])
def test_what_somebody_followed_shows_is_read_where_it_lives_and_its_author_asked(home, camille, wrapped):
    followed(home, camille)
    with town("localhost") as far:
        sasha = far.person("sasha")
        shown = sasha.does("Create", sasha.note(SEARCH))  # a group shows the activity
        home.told(camille, camille.does("Announce", shown if wrapped else shown["object"]["id"]))
        appeal = Appeal.objects.get()
        assert (appeal.source_uri, appeal.state) == (shown["object"]["id"], "draft")
        assert appeal.identity.actor_id == sasha.id
        assert [one["to"] for one in received(sasha, "Create")] == [[sasha.id]]
        assert home.hears(camille, camille.does("Announce", appeal.source_uri)).status_code == 202
        assert Incoming.objects.filter(activity_id__endswith="/3").count() == 0  # known by now
    assert not received(camille, "Create")


def test_what_is_shown_by_whom_we_do_not_follow_is_not_even_asked_for(home, camille):
    with town("localhost") as far:
        note = far.person("sasha").note(SEARCH)
        home.told(camille, camille.does("Announce", note["id"]))
        follow(home.collective, camille.id, now=timezone.now())
        home.told(camille, camille.does("Announce", note["id"]))  # asked, not accepted
        assert far.asked == []
    assert (Appeal.objects.count(), Incoming.objects.count()) == (0, 0)


@pytest.mark.parametrize("fault", ["no hashtag", "private", "somebody else's", "gone"])
def test_what_is_shown_and_is_no_public_search_leaves_nothing(home, camille, fault):
    followed(home, camille)
    with town("localhost") as far:
        sasha = far.person("sasha")
        note = sasha.note("Bonjour" if fault == "no hashtag" else SEARCH)
        if fault == "private":
            note["to"] = [camille.id]
        elif fault == "somebody else's":
            note["attributedTo"] = camille.id
        elif fault == "gone":
            far.documents.clear()
        home.told(camille, camille.does("Announce", note["id"]))
    assert Appeal.objects.count() == 0
    assert [one.actor_id for one in RemoteActor.objects.all()] == [camille.id]


def test_a_private_note_is_shown_to_its_addressee_alone(home, camille):
    _appeal, note = invited(home, camille)
    sasha = camille.town.person("sasha")
    home.told(sasha, sasha.does("Follow", home.actor.actor_id))

    assert home.get(note.uri).status_code == 404
    assert home.get(note.uri, **sasha.signed(note.uri, None, method="GET")).status_code == 404
    shown = home.get(note.uri, **camille.signed(note.uri, None, method="GET"))
    assert json.loads(shown.content)["id"] == note.uri
    assert not Activity.objects.filter(public=True).exists()
