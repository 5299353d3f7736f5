"""One person's posts are one appeal: one of them is relayed, the others stand beside it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from colibri.appeals.actions.posts import choose_post
from colibri.appeals.models import Appeal, Note, Publication
from colibri.common.states import WrongMove
from colibri.networks.items import Draft
from colibri.relays.models import Boost
from tests.rooms import SEARCH, TAG, Village

AGAIN = f"Toujours en recherche : soudeuse, CDI, à Brest. #{TAG}"
ELSEWHERE = f"Je cherche un CDI de comptable à Nantes. #{TAG}"


def states() -> list[str]:
    return list(Publication.objects.order_by("pk").values_list("state", flat=True))


def test_whoever_posts_again_before_anything_is_accepted_is_asked_once_about_the_newest(village):
    appeal = village.invited()
    village.posts("camille", ELSEWHERE)
    village.work()

    appeal.refresh_from_db()
    assert Appeal.objects.get() == appeal
    assert (appeal.message.text, appeal.place) == (ELSEWHERE, "Nantes")
    assert states() == ["beside", "live"]
    assert Note.objects.filter(kind="invitation").count() == 1


def test_a_post_heard_again_later_takes_no_others_place(village):
    first = village.posts("camille")
    village.posts("camille", ELSEWHERE)
    village.collective.sources.update(cursor="0")
    village.hear()

    assert Appeal.objects.get().message.text == ELSEWHERE
    assert Publication.objects.get(uri=first.uri).state == "beside"


def test_while_one_is_relayed_further_posts_stand_beside_and_bring_no_more_boosts(village):
    appeal = village.relayed()
    village.lends("rousserolle")
    for number in range(3):
        village.posts("camille", f"{AGAIN} {number}")
    village.plans()
    village.evening()

    appeal.refresh_from_db()
    assert (Appeal.objects.count(), appeal.state, appeal.message.text) == (1, "active", SEARCH)
    assert states() == ["live", "beside", "beside", "beside"]
    assert [boost.publication.uri for boost in Boost.objects.all()] == [appeal.source_uri]


def test_when_the_relayed_post_goes_the_newest_other_takes_its_place_and_new_words_are_looked_at(village):
    appeal = village.relayed()
    village.posts("camille", AGAIN)
    village.posts("camille", ELSEWHERE)
    village.client("camille").delete(appeal.source_uri)
    village.hear()

    appeal.refresh_from_db()
    assert (appeal.state, appeal.message.text) == ("submitted", ELSEWHERE)
    assert states() == ["gone", "beside", "live"]
    assert Appeal.objects.get().source_uri == Publication.objects.get(state="live").uri


def test_the_last_post_that_goes_ends_the_appeal(village):
    appeal = village.relayed()
    second = village.posts("camille", AGAIN)
    for uri in (second.uri, appeal.source_uri):
        village.client("camille").delete(uri)
    village.hear()

    appeal.refresh_from_db()
    assert (appeal.state, appeal.ending) == ("closed", "deleted")
    assert Publication.objects.exclude(text="").count() == 0


def test_an_edit_of_a_post_beside_is_kept_there(village):
    appeal = village.relayed()
    second = village.posts("camille", AGAIN)
    village.world.edit(village.world.token_of("camille"), second.uri, ELSEWHERE)
    village.hear()

    appeal.refresh_from_db()
    assert appeal.message.text == SEARCH
    assert Publication.objects.get(state="beside").text == ELSEWHERE


def test_its_author_chooses_another_post_and_what_waited_for_the_former_ends(village, client):
    appeal = village.relayed()
    village.lends("rousserolle", automatic=False)
    village.posts("camille", ELSEWHERE)
    village.plans()
    other = Publication.objects.get(state="beside")
    Appeal.objects.update(account=village.account("camille"))
    client.force_login(village.account("camille"))

    page = reverse("appeals:claim", args=[appeal.public_id])
    assert "comptable à Nantes" in client.get(page).content.decode()
    client.post(reverse("appeals:change", args=[appeal.public_id]), {"do": "choose", "post": other.pk})

    appeal.refresh_from_db()
    assert (appeal.state, appeal.message.text, states()) == ("submitted", ELSEWHERE, ["beside", "live"])
    assert village.states() == ["expired"]
    wrong = {"do": "choose", "post": "9" * 400}
    assert client.post(reverse("appeals:change", args=[appeal.public_id]), wrong).status_code == 404


def test_nothing_is_chosen_of_what_is_over(village):
    appeal = village.relayed()
    village.posts("camille", AGAIN)
    Appeal.objects.update(state="closed")

    with pytest.raises(WrongMove):
        choose_post(Publication.objects.get(state="beside"), now=timezone.now())
    assert Publication.objects.get(state="live").uri == appeal.source_uri


def test_whoever_posts_again_after_its_time_still_looks(village):
    appeal = village.relayed()
    Appeal.objects.update(state="expired", expires_at=timezone.now() - timedelta(days=1))
    village.posts("camille", AGAIN)

    appeal.refresh_from_db()
    assert appeal.state == "active"
    assert appeal.expires_at > timezone.now() + timedelta(days=29)


def test_a_link_put_into_accepted_words_is_looked_at(village: Village):
    appeal = village.relayed()
    for words, state in ((f"{SEARCH} !", "active"), (f"{SEARCH} https://example.org/argent", "submitted")):
        village.world.edit(village.world.token_of("camille"), appeal.source_uri, words)
        village.hear()
        appeal.refresh_from_db()
        assert appeal.state == state


def test_a_post_of_ones_own_joins_the_message_written_on_the_site(village):
    village.opens("camille")
    village.connects("camille")
    account = village.account("camille")
    appeal = Appeal.objects.create(collective=village.collective, account=account, state="submitted")
    client = village.client("camille")
    client.publish(Draft(SEARCH, "own"))
    village.hear()

    appeal.refresh_from_db()
    assert Appeal.objects.get() == appeal
    assert (appeal.identity.handle, appeal.publications.get().state) == ("camille", "live")
    assert appeal.message.text == SEARCH
