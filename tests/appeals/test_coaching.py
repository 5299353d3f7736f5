"""Writing with the coach beside the text: looked at, changed with one tap, undone, nothing kept unasked."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from colibri.appeals.actions.intake import take_in
from colibri.appeals.actions.posts import follow_edit
from colibri.appeals.actions.publishing import composed, post_text
from colibri.appeals.coaching import look_at, taken
from colibri.appeals.models import Appeal, Message
from colibri.appeals.remarks import REMARK_WORDS, STARTS
from colibri.compute.coaching import BLANK, KINDS
from colibri.networks.items import Actor, Post, PostRef
from colibri.networks.registry import CAPABILITIES
from colibri.people.models import Collective, Identity
from tests.sample_world import World, sample_world

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
ROUGH = "Désolée de vous déranger, je soude depuis dix ans et je cherche à Brest. Tél : 06 12 34 56 78."


@pytest.fixture
def world() -> World:
    return sample_world()


@pytest.fixture
def collective(world) -> Collective:
    return Collective.objects.get(slug=world.values["slug"])


@pytest.fixture
def ask(client, world):
    """Ask the writing page something as somebody without a message yet."""
    client.force_login(world.people["relay"])
    client.cookies["django_language"] = "en"

    def asked(text: str, do: str = "look", **more: str):
        return client.post(reverse("appeals:new", args=["hirondelles"]), {"text": text, "do": do, **more})

    return asked


def buttons(page: str) -> list[str]:
    return [unescape(name) for name in re.findall(r'name="do" value="([^"]*)"', page)]


def test_looking_shows_remarks_the_words_marked_previews_and_keeps_nothing(ask):
    before = Appeal.objects.count(), Message.objects.count()

    answer = ask(ROUGH)

    page = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "Personal data in a public message." in page
    assert "<mark>06 12 34 56 78</mark>" in page
    assert "<mark>Désolée de vous déranger</mark>" in page
    assert "On Mastodon" in page
    assert "On Bluesky" in page
    assert answer.context["form"]["text"].value() == ROUGH
    assert (Appeal.objects.count(), Message.objects.count()) == before


def test_one_tap_changes_the_text_and_another_brings_it_back(ask):
    changed = ask(ROUGH, "personal_data:")
    text = changed.context["form"]["text"].value()
    assert text == "Désolée de vous déranger, je soude depuis dix ans et je cherche à Brest."
    assert "Undo" in changed.content.decode()

    undone = ask(text, "undo", before=changed.context["before"])

    assert undone.context["form"]["text"].value() == ROUGH
    assert undone.context["before"] == text, "and what was undone can be had again"


def test_every_button_of_the_coach_does_something(ask):
    answer = ask(ROUGH + " #developpementdurable https://exemple.fr/?utm_source=a")
    asked = buttons(answer.content.decode())
    assert len(asked) >= 6
    assert (len(answer.context["look"].remarks), answer.context["look"].more) == (6, 1)
    for name in asked:
        if name not in ("look", "undo"):
            answer = ask(ROUGH + " #developpementdurable https://exemple.fr/?utm_source=a", name)
            assert answer.context["before"], name


@pytest.mark.parametrize("name", ["", "personal_data:x", "no_such_thing", "capitals:" + "x" * 5_000])
def test_a_change_that_is_not_offered_changes_nothing(ask, name):
    answer = ask(ROUGH, name)
    assert answer.context["form"]["text"].value() == ROUGH


def test_a_change_is_made_to_the_words_as_they_are_now(collective):
    text = taken(ROUGH + " Merci.", "personal_data:", collective, "fr", now=NOW)
    assert text == "Désolée de vous déranger, je soude depuis dix ans et je cherche à Brest. Merci."


def test_what_cannot_be_a_message_is_told_when_looked_at_too(ask):
    answer = ask("<b>Soudeuse</b>, je cherche")
    assert answer.status_code == 422
    assert "HTML" in answer.content.decode()


def test_words_are_never_taken_for_marks(ask):
    page = ask("Je cherche un CDI & un toit, 1 < 2 ! AB CD").content.decode()
    assert "1 &lt; 2" in page
    assert "CDI &amp; un toit" in page


@pytest.mark.parametrize("name", sorted(STARTS))
def test_a_template_begins_a_message_that_is_not_kept_before_its_blanks_are_filled(client, world, ask, name):
    address = reverse("appeals:new", args=["hirondelles"])
    text = client.get(address, {"start": name}).context["form"]["text"].value()
    assert BLANK.search(str(text))

    assert "A blank is not filled in yet." in ask(str(text)).content.decode()
    refused = client.post(address, {"text": str(text)})

    assert refused.status_code == 422
    assert "Fill in the blanks" in refused.content.decode()


def test_an_unknown_template_is_an_empty_page(client, world, ask):
    answer = client.get(reverse("appeals:new", args=["hirondelles"]), {"start": "nonsense"})
    assert answer.context["form"]["text"].value() == ""


def test_every_remark_has_its_words():
    assert set(REMARK_WORDS) == set(KINDS)


def test_only_its_author_looks_at_a_message_to_change_it(client, world):
    address = reverse("appeals:rewrite", args=[world.values["public_id"]])
    Appeal.objects.filter(public_id=world.values["public_id"]).update(state="submitted", source_uri=None)
    for name, status in (("stranger", 403), ("animator", 403), ("seeker", 200)):
        client.force_login(world.people[name])
        assert client.post(address, {"text": ROUGH, "do": "look"}).status_code == status
    client.logout()
    assert client.post(address, {"text": ROUGH, "do": "look"}).status_code == 302


def test_the_preview_is_what_the_collective_posts(collective):
    text = "Soudeuse à Brest, je cherche un CDI. " + "Voir https://exemple.fr/une/longue/page. " * 20
    with translation.override("en"):
        look = look_at(text, collective, "fr", now=NOW)
    for shown, name in zip(look.previews, ("mastodon", "bluesky"), strict=True):
        post, end = composed(text, "fr", collective, CAPABILITIES[name])
        assert "".join(part.text for part in shown.parts) == post
        assert shown.fits
        assert end < len(text)
    assert [told.what for told in look.remarks if "end is cut" in told.what] != []


@pytest.mark.parametrize(("name", "label"), [("bluesky", "Bluesky"), ("mastodon", "Mastodon")])
@pytest.mark.parametrize("sign", ["é", "👨‍👩‍👧‍👦"])
def test_what_just_fits_a_network_is_not_called_too_long_and_one_character_more_is(
    collective, name, label, sign
):
    known = CAPABILITIES[name]
    texts = [f"Soudeuse à Brest, je cherche un CDI. {sign * more}" for more in range(known.character_limit)]
    fitting = [text for text in texts if composed(text, "fr", collective, known)[1] == len(text)]
    longest, over = fitting[-1], fitting[-1] + sign

    assert known.measure(composed(longest, "fr", collective, known)[0]) == known.character_limit
    with translation.override("en"):
        looks = [look_at(text, collective, "fr", now=NOW) for text in (longest, over)]

    too_long = f"Too long for {label}: the end is cut there."
    assert [too_long in {told.what for told in look.remarks} for look in looks] == [False, True]


@pytest.mark.parametrize("network", sorted(CAPABILITIES))
@pytest.mark.parametrize("words", ["é" * 5_000, "https://exemple.fr/une/page " * 150, "👨‍👩‍👧‍👦 " * 600])
def test_a_post_is_as_long_as_its_network_takes_and_no_longer(world, network, words):
    appeal = Appeal.objects.get(public_id=world.values["public_id"])
    appeal.messages.update(text=words[:5_000])
    known = CAPABILITIES[network]
    post = post_text(appeal, network)
    assert known.character_limit - 30 < known.measure(post) <= known.character_limit


def test_a_post_is_looked_at_with_its_images_on_its_authors_page(client, world, collective):
    author = Actor("memory:ondine", "ondine", name="Ondine")
    words = "Soudeuse depuis dix ans, je cherche un CDI à Brest. Écrivez-moi en privé. #hirondellesR"
    post = Post(PostRef("memory:ondine/1"), author, words, NOW, ("hirondellesR",), "fr", undescribed=2)
    appeal = take_in(collective, "memory", "", post, now=NOW)
    Identity.objects.filter(actor_id="memory:ondine").update(account=world.people["relay"])
    client.force_login(world.people["relay"])
    client.cookies["django_language"] = "en"
    page = reverse("appeals:claim", args=[appeal.public_id])

    assert "Images without a description: 2." in client.get(page).content.decode()

    follow_edit(replace(post, undescribed=0), now=NOW)
    assert "Images without a description" not in client.get(page).content.decode()
