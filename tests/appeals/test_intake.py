"""From posts to appeals: read, judged, their authors asked, and whatever people write survived."""

import pytest
from django.db import OperationalError
from django.utils import timezone

from colibri.appeals.actions.intake import reply_meaning, submit_form, take_in
from colibri.appeals.actions.lifecycle import NeedsConsent, accept_appeal
from colibri.appeals.actions.posts import TEXT_MOST
from colibri.appeals.models import Appeal, Message, Note, Publication
from colibri.common.states import WrongMove
from colibri.networks.items import Actor, Draft, Post, PostRef
from colibri.people.actions import connect_identity
from colibri.people.models import Block, Consent, Identity
from tests.rooms import SEARCH, TAG, Village, refusing_writes

STRANGE = {
    "only the hashtag": f"#{TAG}",
    "right to left": f"أبحث عن عمل في مدينة ليون #{TAG}",
    "only emoji": f"🙏🔥👩‍🏭 #{TAG}",
    "html": f"<script>alert('x')</script><b>Je cherche un CDI</b> de comptable à Lyon #{TAG}",
}


def written_by(author: str, text: str, uri: str = "memory:camille/posts/1") -> Post:
    """A post as another network, without limits, may bring it."""
    return Post(
        ref=PostRef(uri, "1"),
        author=Actor(f"memory:{author}", author),
        text=text,
        created_at=timezone.now(),
        hashtags=(TAG,),
    )


def take(village: Village, post: Post) -> Appeal | None:
    return take_in(village.collective, "memory", village.address, post, now=timezone.now())


def test_a_post_with_the_hashtag_is_read_and_its_author_asked_before_anything_is_relayed(village):
    appeal = village.invited()

    assert (appeal.state, appeal.contracts, appeal.place) == ("draft", ["cdi"], "Brest")
    assert appeal.occupation == "H2913"
    assert appeal.message.text == SEARCH
    [reply] = village.written("reply")
    assert (reply.actor, reply.subject) == ("memory:collectif", appeal.source_uri)
    assert not Consent.objects.exists()
    assert village.plans().state == "empty"


def test_taking_in_the_same_post_twice_is_taking_it_in_once(village):
    post = written_by("camille", SEARCH)

    assert take(village, post) == take(village, post)
    assert (Appeal.objects.count(), Message.objects.count(), Note.objects.count()) == (1, 1, 1)


def test_the_hashtag_counts_in_any_case_and_with_any_accents(village):
    village.posts("camille", SEARCH.replace(TAG, "VILLAGÉr"))

    assert Appeal.objects.get().state == "draft"


def test_a_post_without_the_hashtag_is_nothing_to_us(village):
    village.posts("camille", "Je cherche un CDI de soudeuse à Brest.")

    assert not Appeal.objects.exists()
    assert not Identity.objects.filter(handle="camille").exists()


def test_what_the_charter_does_not_serve_gets_a_kind_answer_that_says_where_to_turn(village):
    appeal = village.invited(text=f"Je cherche un stage de graphiste à Lille, de mars à août. #{TAG}")

    assert (appeal.state, appeal.refusal) == ("refused", "internship")
    [reply] = village.written("reply")
    assert "https://www.1jeune1solution.gouv.fr" in village.client("camille").fetch_post(reply.uri).text


def test_somebody_elses_words_under_the_hashtag_are_not_kept(village):
    village.posts("patron", f"Nous recrutons ! Poste de comptable en CDI à Lyon, envoyez votre CV. #{TAG}")

    appeal = Appeal.objects.get()
    assert (appeal.state, appeal.refusal) == ("refused", "not_a_search")
    assert not Message.objects.exists()
    assert not Note.objects.exists()


def test_a_blocked_account_and_the_collectives_own_are_not_taken_in(village):
    village.opens("troll")
    troll = village.connects("troll")
    Block.objects.create(collective=village.collective, identity=troll)

    village.posts("troll")
    village.posts("collectif")

    assert not Appeal.objects.exists()


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_posts_are_met_whole_or_not_at_all(village, text):
    """An appeal has its message, its post and its note, or it is none that waits for anything."""
    village.posts("camille", text)
    village.work()

    appeal = Appeal.objects.get()
    if appeal.refusal == "not_a_search":
        assert not appeal.messages.exists()
        assert not village.written("reply")
    else:
        assert appeal.message.text == text
        assert appeal.publications.get().state == "live"
        assert len(village.written("reply")) == 1
    assert village.collective.sources.get().skipped == 0


@pytest.mark.parametrize(
    "text", ["", "x" * 100_000, f"{SEARCH} " * 2_000], ids=["empty", "long", "long search"]
)
def test_empty_and_endless_texts_are_kept_within_bounds(village, text):
    appeal = take(village, written_by("camille", text))

    kept = "".join(appeal.messages.values_list("text", flat=True))
    assert kept == (text[:TEXT_MOST] if appeal.refusal != "not_a_search" else "")


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_words_in_the_form_make_a_draft_its_author_can_correct(village, text):
    appeal = submit_form(village.collective, village.account("camille"), text, now=timezone.now())

    assert appeal.state == "draft"
    assert appeal.message.text == text


# What authors answer


def test_a_yes_is_a_consent_with_its_proof_and_hands_the_search_to_the_animators(village):
    appeal = village.invited()
    village.says("camille", appeal, "Oui, merci beaucoup !")

    consent = Consent.objects.get()
    assert (consent.purpose, consent.identity.handle) == ("be_relayed", "camille")
    assert consent.given_by.startswith("memory:camille/posts/")
    assert appeal.state == "submitted"


def test_a_collective_that_trusts_its_rules_needs_no_animator(village):
    village.collective.auto_accept = True
    village.collective.save()
    appeal = village.invited()
    village.says("camille", appeal, "oui")

    assert (appeal.state, appeal.decisions.get().by) == ("active", None)


@pytest.mark.parametrize("words", ["oui", "stop", "j'ai trouvé"])
def test_nobody_answers_in_the_authors_place(village, words):
    appeal = village.relayed()
    village.opens("passante")
    village.says("passante", appeal, words)

    assert appeal.state == "active"
    assert Consent.objects.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize(
    ("words", "ending"), [("stop", "withdrawn"), ("j'ai trouvé !", "found"), ("STOP merci", "withdrawn")]
)
def test_the_author_ends_it_with_a_word(village, words, ending):
    appeal = village.relayed()
    village.says("camille", appeal, words)

    assert (appeal.state, appeal.ending) == ("closed", ending)
    assert not Consent.objects.filter(withdrawn_at=None).exists()


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("Oui", "yes"),
        ("d'accord #merci", "yes"),
        ("ok !", "yes"),
        ("pas d'accord", ""),
        ("Non merci", "stop"),
        ("arrêtez svp", "stop"),
        ("Trouvé", "found"),
        ("pas encore trouvé", ""),
        ("je n'ai toujours rien trouvé", ""),
        ("not found yet", ""),
        ("non, j'ai trouvé", ""),
        ("oui mais pas demain", ""),
        ("", ""),
        ("🙏", ""),
        ("je dirais oui si seulement je savais ce que vous faites", ""),
    ],
)
def test_only_a_short_and_clear_reply_is_taken_for_an_answer(words, meaning):
    assert reply_meaning(words) == meaning


# Edits and deletions


def edit(village: Village, appeal: Appeal, text: str) -> Appeal:
    village.world.edit(village.world.token_of("camille"), appeal.source_uri, text)
    village.hear()
    appeal.refresh_from_db()
    return appeal


def test_an_edit_keeps_both_versions_and_a_new_sense_goes_back_to_the_animators(village):
    appeal = village.relayed()

    assert edit(village, appeal, f"{SEARCH} Merci !").state == "active"
    assert edit(village, appeal, SEARCH.replace("soudeuse", "comptable")).state == "submitted"

    versions = [message.version for message in appeal.messages.order_by("version")]
    assert versions == [1, 2, 3]
    assert Publication.objects.get().version == "3"
    assert village.plans().state == "empty"


def test_a_search_edited_into_an_offer_goes_back_to_the_animators(village):
    appeal = edit(village, village.relayed(), f"Nous recrutons ! Poste de soudeuse en CDI à Brest. #{TAG}")

    assert appeal.state == "submitted"


def test_editing_a_post_is_no_consent(village):
    appeal = edit(village, village.invited(), SEARCH.replace("soudeuse", "comptable"))

    assert appeal.state == "draft"
    with pytest.raises(NeedsConsent):
        accept_appeal(appeal, by=village.animator, now=timezone.now())
    village.says("camille", appeal, "oui")
    assert appeal.state == "submitted"


def test_an_internship_edited_into_a_job_is_invited_and_the_other_way_round(village):
    internship = f"Je cherche un stage de soudeuse à Brest. #{TAG}"
    appeal = village.invited(text=internship)
    assert appeal.state == "refused"

    assert edit(village, appeal, SEARCH).state == "draft"
    village.work("appeals.Note")
    assert set(Note.objects.values_list("kind", "state")) == {("refusal", "sent"), ("invitation", "sent")}
    assert edit(village, appeal, internship).state == "refused"


def test_the_hashtag_may_come_with_an_edit(village):
    post = village.posts("camille", SEARCH.replace(f"#{TAG}", ""))
    village.world.edit(village.world.token_of("camille"), post.uri, SEARCH)
    village.hear()

    assert Appeal.objects.get().source_uri == post.uri


@pytest.mark.parametrize("how_far", ["invited", "relayed"])
def test_a_deleted_post_ends_its_appeal(village, how_far):
    appeal = getattr(village, how_far)()
    village.client("camille").delete(appeal.source_uri)
    village.hear()
    appeal.refresh_from_db()

    assert (appeal.state, appeal.ending) == ("closed", "deleted")
    assert Publication.objects.get().state == "gone"


def test_a_post_deleted_before_its_note_left_is_not_answered(village):
    post = village.posts("camille")
    village.client("camille").delete(post.uri)
    village.work("appeals.Note")

    assert not village.written("reply")
    assert Note.objects.get().state == "failed"


# The collective's own account


def test_an_answer_lost_after_the_note_was_written_leaves_one_note(village):
    village.posts("camille")
    village.world.fail("reply", "answer_lost", times=2)
    for _try in range(3):
        village.work("appeals.Note")
        village.later(minutes=5)

    assert Note.objects.get().state == "sent"
    assert len(village.written("reply")) == 1


def test_a_rate_limit_is_waited_for_as_long_as_the_network_asks(village):
    village.posts("camille")
    village.world.fail("reply", "rate_limit", seconds=900)
    village.work("appeals.Note")
    village.later(seconds=890)
    village.work("appeals.Note")
    assert not village.written("reply")

    village.later(seconds=20)
    village.work("appeals.Note")
    assert len(village.written("reply")) == 1


def test_notes_a_refused_account_could_not_send_leave_once_it_is_connected_again(village):
    village.posts("camille")
    village.world.revoke("collectif")
    village.work("appeals.Note")
    assert Note.objects.get().state == "failed"
    assert Identity.objects.get(handle="collectif").refused_at is not None

    from_now_on = village.world.token_of("collectif")
    reconnect(village, from_now_on)
    village.work("appeals.Note")

    assert Note.objects.get().state == "sent"
    assert len(village.written("reply")) == 1


def reconnect(village: Village, token: str) -> None:
    connect_identity("memory", "collectif", token, server=village.address, collective=village.collective)


# Two animators, and a database that refuses


def test_of_two_animators_accepting_at_once_one_is_told_that_somebody_was_first(village):
    appeal = village.invited()
    village.says("camille", appeal, "oui")
    one, other = Appeal.objects.get(), Appeal.objects.get()
    accept_appeal(one, by=village.animator, now=timezone.now())
    with pytest.raises(WrongMove):
        accept_appeal(other, by=village.account("autre"), now=timezone.now())

    appeal.refresh_from_db()
    assert (appeal.state, appeal.decisions.get().by) == ("active", village.animator)
    assert other.state == "active"


@pytest.mark.django_db(transaction=True)  # a refused write would end the transaction of other tests
def test_a_database_that_cannot_be_written_loses_no_post_and_sends_nothing(village):
    village.posts("camille")
    before = village.collective.sources.get().cursor
    village.opens("sasha")
    village.client("sasha").publish(Draft(SEARCH, "second"))

    with refusing_writes():
        with pytest.raises(OperationalError):
            village.hear()
        village.work()

    assert village.collective.sources.get().cursor == before
    assert not village.written("reply")
    village.hear()
    village.work()
    assert Appeal.objects.count() == 2
    assert len(village.written("reply")) == 2
