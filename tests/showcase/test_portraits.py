"""A portrait's way: told, read by the person it tells, looked at by an animator, gone when they say so."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from colibri.appeals.actions.lifecycle import close_appeal
from colibri.common.states import ChangedMeanwhile, WrongMove
from colibri.common.work import sweep
from colibri.people.actions import suspend, withdraw_consent
from colibri.people.models import Account, Collective, Consent, Role
from colibri.showcase.actions import agree_to_portrait, forget_unanswered
from colibri.showcase.models import Picture, Portrait
from tests.sample_world import account, appeal_of
from tests.showcase.samples import portrait_of

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
WORDS = {
    "email": "rose@example.org",
    "kind": "search",
    "name": "Rose",
    "trade": "soudeuse",
    "summary": "Dix ans de chantier naval.",
    "family": "H",
    "region": "53",
    "way": "J'ai commencé à dix-huit ans.",
    "strength": "",
    "hope": "Former des apprentis.",
    "hand": "",
    "word": "",
    "link": "https://rose.example/",
    "language": "fr",
    "alt": "Rose devant une coque",
}


def photo() -> SimpleUploadedFile:
    kept = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(kept, "JPEG")
    return SimpleUploadedFile("rose.jpg", kept.getvalue(), "image/jpeg")


def work(later: timedelta = timedelta()) -> None:
    for label in ("showcase.Portrait", "people.Notice"):
        sweep(now=timezone.now() + later, only={label})


def begun(place, who: Account | None = None, **more: object) -> Portrait:
    kept = place.browser(who or place.author).post(
        reverse("showcase:begin_portrait", args=["hirondelles"]), {**WORDS, "picture": photo(), **more}
    )
    found = Portrait.objects.latest("pk")
    assert kept.url == found.get_absolute_url()
    return found


def does(place, who, found: Portrait, do: str, **more: object):
    form = {"do": do, "version": Portrait.objects.get(pk=found.pk).version, **more}
    answer = place.browser(who).post(
        reverse("showcase:decide_portrait", args=[found.public_id]), form, follow=True
    )
    if Portrait.objects.filter(pk=found.pk).exists():
        found.refresh_from_db()
    return answer


def told_link() -> str:
    """The address in the newest mail to the person told."""
    letters = [one.body for one in mail.outbox if one.to == ["rose@example.org"]]
    return re.findall(r"http://[^/]+(/portraits/yours/\S+/)", "\n".join(letters))[-1]


def page(place, found: Portrait, who: Account | None = None) -> int:
    return place.browser(who).get(found.get_absolute_url()).status_code


def test_it_is_told_agreed_to_looked_at_and_read(place):
    with time_machine.travel(MONDAY, tick=False):
        found = begun(place)
        assert page(place, found) == 404
        does(place, place.author, found, "send")
        work()
        assert [one.to for one in mail.outbox] == [["rose@example.org"]]
        assert not Account.objects.filter(email="rose@example.org").exists()

        rose = place.browser(None)
        link = told_link()
        read = rose.get(link).content.decode()
        assert "Former des apprentis." in read
        assert rose.get(f"{link}picture.jpg")["Content-Type"] == "image/jpeg"
        rose.post(link, {"do": "agree", "version": 1})
        found.refresh_from_db()
        assert (found.state, found.email, found.agreed_version) == ("agreed", None, 1)
        assert Consent.objects.get(purpose="be_portrayed").account == found.subject
        assert page(place, found) == 404

        work()
        assert mail.outbox[-1].to == ["anime@example.org"]
        does(place, place.animator, found, "show")
        work()

    answer = place.browser(None).get(found.get_absolute_url())
    shown = answer.content.decode()
    assert "<h1>Rose, soudeuse</h1>" in shown
    for said in ('"@type": "ProfilePage"', 'property="og:image:alt" content="Rose devant une coque"'):
        assert said in shown
    image = place.browser(None).get(re.search(r'class="face" src="([^"]+)"', shown)[1])
    assert (image["Content-Type"], image["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert {one.to[0] for one in mail.outbox[2:]} == {"autrice@example.org", "rose@example.org"}


def test_the_series_the_feed_and_the_card_show_it(place, settings):
    found = portrait_of(place.collective, place.author)
    other = portrait_of(place.collective, place.animator)
    Portrait.objects.filter(pk=other.pk).update(name="Zoé", family="J", region="11")
    anybody = place.browser(None)

    series = anybody.get("/c/hirondelles/portraits/").content.decode()
    assert "Rose, soudeuse" in series
    assert "Zoé, soudeuse" in series
    narrowed = anybody.get("/c/hirondelles/portraits/?family=H&region=53").content.decode()
    assert "Zoé" not in narrowed
    feed = anybody.get("/c/hirondelles/portraits/feed.atom?family=H").content.decode()
    assert "Rose, soudeuse" in feed
    assert "Former des apprentis." in feed
    assert "Zoé" not in feed
    assert anybody.get("/c/hirondelles/portraits/?family=Z").status_code == 404
    url = settings.SITE_URL + found.get_absolute_url()
    card = anybody.get("/oembed/", {"url": url}).json()
    assert (card["title"], card["thumbnail_width"]) == ("Rose, soudeuse", 800)
    Portrait.objects.filter(pk=found.pk).update(state="unlisted")
    assert anybody.get("/oembed/", {"url": url}).status_code == 404


def test_a_change_takes_it_off_until_its_person_agrees_anew(place):
    found = begun(place)
    does(place, place.author, found, "send")
    work()
    place.browser(None).post(told_link(), {"do": "agree", "version": 1})
    does(place, place.animator, found, "show")
    assert page(place, found) == 200
    before = Picture.objects.get().digest

    write = reverse("showcase:write_portrait", args=[found.public_id])
    place.browser(place.author).post(write, {**WORDS, "summary": "Onze ans de chantier naval."})

    assert page(place, found) == 404
    image = reverse("showcase:picture", args=[found.public_id, before, "wide"])
    assert place.browser(None).get(image).status_code == 404
    found.refresh_from_db()
    assert (found.state, found.version, found.agreed_version) == ("draft", 2, None)
    does(place, place.author, found, "send")
    work()
    assert mail.outbox[-1].to == ["rose@example.org"]
    place.browser(None).post(told_link(), {"do": "agree", "version": 2})
    does(place, place.animator, found, "show")
    assert page(place, found) == 200


def test_nobody_agrees_to_what_they_have_not_read(place):
    found = begun(place)
    does(place, place.author, found, "send")
    work()
    write = reverse("showcase:write_portrait", args=[found.public_id])
    place.browser(place.author).post(write, {**WORDS, "summary": "Autre chose."})
    does(place, place.author, found, "send")

    answer = place.browser(None).post(told_link(), {"do": "agree", "version": 1}, follow=True)
    found.refresh_from_db()
    assert found.state == "asked"
    assert "relire" in answer.content.decode()
    with pytest.raises(ChangedMeanwhile):
        agree_to_portrait(found, version=1, by="page", now=MONDAY)


def test_its_person_gives_it_back_with_a_word_or_erases_it(place):
    found = begun(place)
    does(place, place.author, found, "send")
    work()
    rose, link = place.browser(None), told_link()
    rose.post(link, {"do": "return", "remark": "Je n'ai jamais dit cela."})
    work()
    assert "jamais dit cela" in mail.outbox[-1].body
    assert mail.outbox[-1].to == ["autrice@example.org"]
    assert rose.get(link).status_code >= 400  # nothing to read before they are asked again

    does(place, place.author, found, "send")
    work()
    rose.post(told_link(), {"do": "erase"})
    assert not Portrait.objects.exists()
    assert not Picture.objects.exists()


def test_somebody_tells_their_own_story_and_agrees_by_sending_it(place):
    seeker = account("seeker")
    Role.objects.create(account=seeker, collective=place.collective, kind="seeker")
    found = begun(place, seeker, email="someone.else@example.org")

    assert (found.subject, found.email) == (
        seeker,
        None,
    )  # whose story it is can only be said by who is trusted
    does(place, seeker, found, "send")
    assert found.state == "agreed"
    does(place, place.animator, found, "show")
    assert page(place, found) == 200


def test_what_an_animator_told_needs_no_other_animator_but_its_persons_yes(place):
    found = begun(place, place.animator)
    does(place, place.animator, found, "send")
    work()
    assert page(place, found) == 404
    place.browser(None).post(told_link(), {"do": "agree", "version": 1})
    assert page(place, found) == 200

    told = Account.objects.get(email="rose@example.org")
    write = reverse("showcase:write_portrait", args=[found.public_id])
    place.browser(told).post(write, {**WORDS, "summary": "Dit par moi."})
    does(place, told, found, "send")
    assert found.state == "agreed"  # no animator has read these words


def test_taken_off_shown_again_erased_each_in_one_action(place):
    seeker = account("rose")
    found = portrait_of(place.collective, seeker)
    link = re.search(
        r"/portraits/yours/[^\"]+", place.browser(seeker).get(found.get_absolute_url()).content.decode()
    )
    rose = place.browser(None)

    rose.post(link[0], {"do": "unlist"})
    assert page(place, found) == 404
    rose.post(link[0], {"do": "again"})
    assert page(place, found) == 200
    assert Consent.objects.filter(purpose="be_portrayed", withdrawn_at=None).exists()
    gone = rose.post(link[0], {"do": "erase"})
    assert "Effacé" in gone.content.decode()
    assert not Portrait.objects.exists()
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    assert rose.get(link[0]).status_code >= 400


def test_a_withdrawn_yes_takes_it_off_at_once(place):
    seeker = account("rose")
    found = portrait_of(place.collective, seeker)
    Consent.objects.create(
        account=seeker, collective=place.collective, purpose="be_portrayed", given_by="page"
    )
    withdraw_consent(place.collective, "be_portrayed", account=seeker, by="page", now=MONDAY)

    assert page(place, found) == 404
    does(place, place.animator, found, "show")  # only its person may show it again
    assert page(place, found) == 404


def test_nobody_reads_the_portrait_of_somebody_shut_out(place):
    seeker = account("rose")
    found = portrait_of(place.collective, seeker)
    assert page(place, found) == 200
    suspend(seeker, now=MONDAY)
    assert page(place, found) == 404


def found_work(place) -> tuple[Portrait, Account]:
    seeker = account("rose")
    found = portrait_of(place.collective, seeker)
    close_appeal(appeal_of(seeker, place.collective), "found", by="page", now=timezone.now())
    work()
    found.refresh_from_db()
    return found, seeker


def test_when_its_person_finds_work_they_are_asked_and_silence_takes_it_off(place):
    found, _seeker = found_work(place)
    assert told_link()
    assert page(place, found) == 200
    work(timedelta(days=6))
    assert page(place, found) == 200

    work(timedelta(days=7, minutes=1))
    assert page(place, found) == 404
    place.browser(None).post(told_link(), {"do": "again"})
    assert page(place, found) == 200


def test_who_found_work_may_show_others_the_way(place):
    found, _seeker = found_work(place)
    place.browser(None).post(told_link(), {"do": "keep"})
    work(timedelta(days=8))

    found.refresh_from_db()
    assert (found.state, found.kind) == ("shown", "model")
    assert page(place, found) == 200


def test_another_ending_asks_nothing(place):
    seeker = account("rose")
    found = portrait_of(place.collective, seeker)
    close_appeal(appeal_of(seeker, place.collective), "stopped", by="page", now=timezone.now())
    found.refresh_from_db()

    assert found.found_at is None


def test_only_who_may_does(place):
    found = begun(place)
    stranger = account("stranger")

    assert page(place, found, stranger) == 404
    assert does(place, stranger, found, "send").status_code == 404
    assert does(place, place.author, found, "show").status_code == 403
    assert does(place, place.author, found, "return").status_code == 403
    assert does(place, place.author, found, "nothing").status_code == 404
    assert place.browser(stranger).get("/c/hirondelles/portraits/new/").status_code == 403
    elsewhere = Collective.objects.create(slug="b", name="B", supporters_hashtag="b", seekers_hashtag="br")
    Role.objects.create(account=stranger, collective=elsewhere, kind="animator")
    assert page(place, found, stranger) == 404
    assert place.browser(None).get("/portraits/yours/forged/").status_code >= 400
    shown = portrait_of(place.collective, place.author)
    assert does(place, stranger, shown, "unlist").status_code == 403
    assert does(place, place.animator, shown, "erase").status_code == 404  # it is not theirs


def test_looking_at_the_link_in_a_mail_decides_nothing(place):
    found = begun(place)
    does(place, place.author, found, "send")
    work()
    place.browser(None).get(told_link() + "?do=agree")
    found.refresh_from_db()

    assert found.state == "asked"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"alt": ""}, "ne la voient pas"),
        ({"way": "", "hope": ""}, "au moins deux"),
        ({"link": "javascript:alert(1)"}, "https://"),
        ({"picture": SimpleUploadedFile("x.jpg", b"GIF89a")}, "JPEG"),
        ({"region": "99"}, ""),
        ({"email": "rose"}, ""),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(place, wrong, said):
    answer = place.browser(place.author).post(
        "/c/hirondelles/portraits/new/", {**WORDS, "picture": photo(), **wrong}
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Dix ans de chantier naval." in answer.content.decode()
    assert not Portrait.objects.exists()


def test_one_author_asks_five_people_a_day(place):
    for number in range(6):
        found = begun(place, email=f"p{number}@example.org")
        answer = does(place, place.author, found, "send")
    assert found.state == "draft"
    assert "demain" in answer.content.decode()


def test_a_portrait_nobody_agreed_to_is_forgotten(place):
    found = begun(place)
    portrait_of(place.collective, place.author)
    assert forget_unanswered(now=found.changed_at + timedelta(days=59)) == 0
    assert forget_unanswered(now=found.changed_at + timedelta(days=61)) == 1
    assert Portrait.objects.count() == 1


def test_two_animators_show_it_once(place):
    portrait = portrait_of(place.collective, place.author)
    Portrait.objects.filter(pk=portrait.pk).update(state="agreed")
    does(place, place.animator, portrait, "show")
    again = does(place, place.animator, portrait, "show")

    assert "plus rapide" in again.content.decode()
    with pytest.raises(WrongMove):
        agree_to_portrait(portrait, version=1, by="page", now=MONDAY)


def test_a_picture_can_be_taken_away(place):
    found = begun(place)
    write = reverse("showcase:write_portrait", args=[found.public_id])
    place.browser(place.author).post(write, {**WORDS, "without": "on", "alt": ""})

    assert not Picture.objects.exists()
    found.refresh_from_db()
    assert found.version == 2
