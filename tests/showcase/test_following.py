"""Lists of people to follow: signed, looked at, each person told before anybody sees them, off for good."""

import csv
import re
from datetime import timedelta
from io import StringIO
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from colibri.common.work import sweep
from colibri.people.actions import suspend
from colibri.people.models import Account, Collective, Identity, Role
from colibri.showcase.actions import (
    StaysOff,
    TooManyListed,
    add_listed,
    show_list,
    stay_off,
    take_back_list,
)
from colibri.showcase.actions.following import PEOPLE_MOST
from colibri.showcase.models import FollowList, Listed, StayOff
from colibri.showcase.queries import where_followed
from tests.federation.conftest import camille, home, village_over
from tests.rooms import village
from tests.sample_world import account
from tests.showcase.samples import list_of

__all__ = ["camille", "home", "village", "village_over"]

WORDS = {
    "title": "Souder en Bretagne",
    "summary": "Qui lire quand on soude.",
    "family": "H",
    "region": "53",
    "byline": "Rose Pinson",
    "language": "fr",
}
LOU = "mastodon", "lou@ailleurs.example"


def work(later: timedelta = timedelta()) -> None:
    for label in ("showcase.Listed", "people.Notice"):
        sweep(now=timezone.now() + later, only={label})


def does(place, person: Account, found: FollowList, do: str, **more: str):
    return place.browser(person).post(
        reverse("showcase:list_do", args=[found.public_id]), {"do": do, **more}, follow=True
    )


def made(place) -> FollowList:
    place.browser(place.author).post("/c/hirondelles/lists/new/", WORDS)
    return FollowList.objects.get()


def page(place, found: FollowList, who: Account | None = None) -> str:
    answer = place.browser(who).get(found.get_absolute_url())
    return answer.content.decode() if answer.status_code == 200 else ""


def listed(found: FollowList, place: str, address: str, **more: object) -> Listed:
    return Listed.objects.create(follow_list=found, place=place, address=address, **more)


def test_nobody_is_seen_on_it_before_they_were_told(place):
    found = made(place)
    does(
        place,
        place.author,
        found,
        "add",
        who="@Lou@Ailleurs.example",
        word="Répond à tous",
        email="lou@example.org",
    )
    assert page(place, found) == ""
    does(place, place.author, found, "submit")
    work()
    assert [one.to for one in mail.outbox] == [["anime@example.org"]]
    does(place, place.animator, found, "show")
    assert "lou@ailleurs.example" not in page(place, found)

    work()
    assert mail.outbox[-1].to == ["lou@example.org"]
    seen = page(place, found)
    assert "@lou@ailleurs.example" in seen
    assert "Rose Pinson" in seen
    assert Listed.objects.get().email is None
    assert "Souder en Bretagne" in place.browser(None).get("/c/hirondelles/lists/").content.decode()
    assert "Souder en Bretagne" in place.browser(None).get("/c/hirondelles/").content.decode()


def test_who_refuses_is_off_every_list_at_once_and_for_good(place):
    found = list_of(place.collective, place.author)
    other = list_of(place.collective, place.animator)
    Listed.objects.filter(place="mastodon").update(
        state="new", due_at=timezone.now(), email="lou@example.org"
    )
    work()
    link = re.search(r"http://[^/]+(/lists/not-me/\S+/)", mail.outbox[-1].body)[1]
    lou = place.browser(None)

    lou.get(link)  # as a mail scanner does
    assert Listed.objects.filter(place="mastodon").count() == 2
    assert "lou@ailleurs.example" in lou.post(link).content.decode()
    assert not Listed.objects.filter(place="mastodon").exists()
    assert "lou@ailleurs" not in page(place, found) + page(place, other)
    with pytest.raises(StaysOff):
        add_listed(found, *LOU, word="", email="", now=timezone.now())
    told = does(place, place.author, found, "add", who="@LOU@ailleurs.example")
    assert "aucune liste" in told.content.decode()
    assert lou.post(link).status_code == 200  # twice is no error
    assert "lou" not in StayOff.objects.get().digest


def test_who_has_an_account_here_is_told_there_and_others_by_hand(village):
    village.opens("anna")
    village.opens("bela")
    Identity.objects.create(
        account=account("anna"),
        network="memory",
        actor_id="memory:anna",
        handle="anna",
        server=village.address,
    )
    found = list_of(village.collective, village.animator)
    found.people.all().delete()
    anna, bela, nobody = (
        listed(found, "memory", one, due_at=timezone.now()) for one in ("anna", "bela", "zoe")
    )
    work()

    for one in (anna, bela, nobody):
        one.refresh_from_db()
    assert [anna.state, bela.state, nobody.state] == ["told", "by_hand", "failed"]
    assert mail.outbox[-1].to == ["anna@example.org"]
    assert "not-me" in mail.outbox[-1].body
    assert (bela.name, bela.actor_id != "") == ("Bela", True)
    assert not village.written("post")  # nothing in public


def test_what_is_known_by_another_handle_stays_off_too(village):
    village.opens("bela")
    found = list_of(village.collective, village.animator)
    bela = listed(found, "memory", "bela", due_at=timezone.now())
    work()
    bela.refresh_from_db()
    stay_off("memory", "bela", now=timezone.now())
    again = listed(found, "memory", bela.actor_id, due_at=timezone.now())
    work()

    assert not Listed.objects.filter(pk=again.pk).exists()


def test_a_private_note_tells_them_on_the_fediverse(home, camille, village_over):
    """Sent by the collective's own actor to a neighbouring server, to one person alone."""
    host = village_over.origin.removeprefix("http://")
    handle = f"camille@{host}"
    village_over.documents[
        f"/.well-known/webfinger?resource=acct%3A{handle.replace('@', '%40').replace(':', '%3A')}"
    ] = {
        "subject": f"acct:{handle}",
        "links": [{"rel": "self", "type": "application/activity+json", "href": camille.id}],
    }
    found = list_of(home.collective, account("autrice"))
    found.people.all().delete()
    row = listed(found, "mastodon", handle, due_at=timezone.now())
    for _again in range(2):
        home.work()

    row.refresh_from_db()
    assert (row.state, row.actor_id) == ("told", camille.id)
    notes = [one["object"] for one in village_over.posted if one["type"] == "Create"]
    assert len(notes) == 1
    assert notes[0]["to"] == [camille.id]
    assert not notes[0]["cc"]
    assert "/lists/not-me/" in notes[0]["content"]


def test_notes_are_not_a_burst(place):
    found = made(place)
    for number in range(3):
        add_listed(
            found,
            "blog",
            f"https://b{number}.example/",
            word="",
            email=f"b{number}@example.org",
            now=timezone.now(),
        )
    show_list(found, now=timezone.now())
    work()
    assert Listed.objects.filter(state="told").count() == 1
    work(timedelta(minutes=4, seconds=1))
    assert Listed.objects.filter(state="told").count() == 3


def test_it_leaves_as_files_other_programs_read(place):
    found = list_of(place.collective, place.author)
    listed(found, "mastodon", "new@ailleurs.example", state="new")
    FollowList.objects.update(title="A & <B>")
    rows = place.browser(None).get(reverse("showcase:list_csv", args=[found.public_id])).content.decode()
    assert list(csv.DictReader(StringIO(rows))) == [
        {
            "Account address": "lou@ailleurs.example",
            "Show boosts": "true",
            "Notify on new posts": "false",
            "Languages": "",
        }
    ]
    outlines = place.browser(None).get(reverse("showcase:list_opml", args=[found.public_id])).content
    read = ElementTree.fromstring(outlines)
    assert read.find("head/title").text == "A & <B>"
    assert [one.get("xmlUrl") for one in read.iter("outline")] == ["https://ailleurs.example/flux"]


def test_what_was_told_by_hand_is_said_by_who_did(place):
    found = list_of(place.collective, place.author)
    by_hand = found.people.get(place="bluesky")
    own = page(place, found, place.author)
    assert "/lists/not-me/" in own  # the words to send
    assert "a.example" not in page(place, found)
    do = reverse("showcase:listed_do", args=[found.public_id, by_hand.pk])
    place.browser(place.author).post(do, {"do": "told"})
    assert "a.example" in page(place, found)
    place.browser(place.author).post(do, {"do": "remove"})
    assert "a.example" not in page(place, found)


def test_it_is_taken_back_and_erased(place):
    found = list_of(place.collective, place.author)
    assert does(place, place.author, found, "erase").status_code == 200
    assert FollowList.objects.exists()  # not while it is public
    does(place, place.author, found, "take_back")
    assert page(place, found) == ""
    does(place, place.author, found, "erase")
    assert not FollowList.objects.exists()


def test_nobody_sees_the_list_of_somebody_shut_out(place):
    found = list_of(place.collective, place.author)
    assert page(place, found) != ""

    suspend(place.author, now=timezone.now())

    assert page(place, found) == ""


def test_nobody_is_told_of_a_list_that_was_taken_back(place):
    found = made(place)
    add_listed(found, *LOU, word="", email="lou@example.org", now=timezone.now())
    show_list(found, now=timezone.now())
    take_back_list(found, now=timezone.now())
    work(timedelta(hours=1))

    assert not mail.outbox


def test_only_who_may_does(place):
    found = made(place)
    stranger = account("stranger")
    row = listed(found, *LOU)

    assert place.browser(stranger).get("/c/hirondelles/lists/new/").status_code == 403
    assert does(place, stranger, found, "add", who="a@b.example").status_code == 404
    assert does(place, place.author, found, "show").status_code == 403
    assert does(place, place.author, found, "nothing").status_code == 404
    shown = list_of(place.collective, place.animator)
    assert does(place, place.author, shown, "take_back").status_code == 403
    do = reverse("showcase:listed_do", args=[shown.public_id, row.pk])
    assert place.browser(place.animator).post(do, {"do": "remove"}).status_code == 404  # of another list
    elsewhere = Collective.objects.create(slug="b", name="B", supporters_hashtag="b", seekers_hashtag="br")
    Role.objects.create(account=stranger, collective=elsewhere, kind="animator")
    assert page(place, found, stranger) == ""
    assert place.browser(None).post("/lists/not-me/forged/").status_code >= 400


def test_a_list_has_an_end(place):
    found = made(place)
    Listed.objects.bulk_create(
        Listed(follow_list=found, place="blog", address=f"https://b{number}.example/")
        for number in range(PEOPLE_MOST)
    )
    with pytest.raises(TooManyListed):
        add_listed(found, *LOU, word="", email="", now=timezone.now())
    assert (
        "cent personnes"
        in does(place, place.author, found, "add", who="a@b.example").content.decode().lower()
    )


def test_what_is_missing_is_said_and_nothing_typed_is_lost(place):
    found = made(place)
    answer = does(place, place.author, found, "add", who="javascript:alert(1)", word="Parce que")

    assert answer.status_code == 422
    assert "Parce que" in answer.content.decode()
    empty = place.browser(place.author).post("/c/hirondelles/lists/new/", {**WORDS, "title": ""})
    assert empty.status_code == 422
    assert "Qui lire quand on soude." in empty.content.decode()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("@Lou@Ailleurs.example", ("mastodon", "lou@ailleurs.example")),
        ("lou.b@social.ailleurs.example ", ("mastodon", "lou.b@social.ailleurs.example")),
        ("@lou.bsky.social", ("bluesky", "lou.bsky.social")),
        ("https://Ailleurs.example/flux?x=1", ("blog", "https://Ailleurs.example/flux?x=1")),
        ("lou", None),
        ("=1+1@ailleurs.example", None),
        ("lou@ailleurs", None),
        ("https://", None),
        ("ftp://ailleurs.example/", None),
        ("", None),
    ],
)
def test_people_type_where_somebody_is(typed, found):
    assert where_followed(typed) == found
