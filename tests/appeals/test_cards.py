"""An appeal as a picture: legible in every colour, whatever is written, with the same words for the blind."""

import io

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from colibri.appeals.cards import SHAPES, Card, alt_of, card_of, drawn
from colibri.appeals.lettering import drawable, fitted_lines, runs, width_of
from colibri.appeals.models import Appeal
from colibri.compute.colours import LEGIBLE, contrast, ink_on
from tests.sample_world import World, sample_world

CARD = Card(
    lead="Cherche un emploi",
    trade="Soudage manuel",
    place="Brest",
    contracts="CDI, CDD",
    strengths=("Dix ans de chantier naval", "لحام تحت الماء"),
    collective="Les Hirondelles",
    tag="#hirondellesR",
    colour="#0b6454",
)
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def picture(card: Card, shape: str) -> Image.Image:
    return Image.open(io.BytesIO(drawn(card, shape))).convert("RGB")


@given(COLOURS)
def test_words_are_legible_on_every_colour_a_collective_may_choose(colour):
    assert contrast(ink_on(colour), colour) >= LEGIBLE


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the guidelines' own example
    assert contrast("#0b6454", "#0b6454") == 1


@pytest.mark.parametrize("shape", sorted(SHAPES))
@pytest.mark.parametrize("colour", ["#0b6454", "#f2c14e", "#808080", "#ffffff"])
def test_a_picture_has_its_size_its_two_colours_and_little_weight(shape, colour):
    card = Card(**{**{name: getattr(CARD, name) for name in Card.__slots__}, "colour": colour})
    shown = picture(card, shape)
    assert shown.size == SHAPES[shape]
    assert len(drawn(card, shape)) < 60_000
    counted = sorted(shown.getcolors(1 << 24), reverse=True)
    paper, ink = counted[0][1], counted[1][1]
    seen = contrast("#{:02x}{:02x}{:02x}".format(*paper), "#{:02x}{:02x}{:02x}".format(*ink))
    assert seen >= LEGIBLE


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Soudeuse 👩‍🏭🇫🇷 à Brest", "Soudeuse à Brest"),
        ("👍🏽", ""),
        ("e\u0301te\u0301 d’œuvre — « 10 % »", "été d’œuvre — « 10 % »"),
        ("\u202egnp.exe\u202c\u200b", "gnp.exe"),
        ("ligne\nsuivante\tfin", "ligne suivante fin"),
        ("漢字 Zoé", "Zoé"),
        ("لحام", "لحام"),
        ("Łukasz Żółć, Ελένη, Ирина", "Łukasz Żółć, Ελένη, Ирина"),
    ],
)
def test_what_no_font_has_is_left_out_and_never_an_empty_box(written, kept):
    assert drawable(written) == kept


def test_arabic_is_joined_and_runs_from_right_to_left():
    (only,) = runs("لحام")
    script, letters = only
    assert script == "arabic"
    assert letters[-1] == "\ufedf", "the first letter, in its form at a word's beginning, stands at the right"
    mixed = "".join(piece for _, piece in runs("لحام TIG 12"))
    assert mixed.startswith("TIG 12"), "Latin words and numbers inside keep their direction"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.sampled_from(sorted(SHAPES)))
def test_no_line_is_wider_than_its_place_whatever_is_written(text, shape):
    words = drawable(text)
    if not words:
        return
    size, lines = fitted_lines(words, 400, (40, 30, 24), 600, 2)
    assert len(lines) <= 2
    assert all(width_of(line, size, 600) <= 400 for line in lines)


def test_words_without_a_space_are_cut_and_the_picture_stays_inside():
    card = Card(
        "x" * 99, "y" * 300, "z" * 300, "w" * 300, ("v" * 60, "u" * 60), "t" * 80, "#" + "s" * 60, "#fff000"
    )
    shown = picture(card, "card")
    edge = shown.crop((1200 - 60, 0, 1200, 630))
    assert edge.getcolors() == [(60 * 630, (0xFF, 0xF0, 0x00))]


def test_the_picture_is_said_in_words_from_the_same_fields():
    assert alt_of(CARD) == (
        "Cherche un emploi. Soudage manuel. Brest. CDI, CDD. Dix ans de chantier naval. لحام تحت الماء. "
        "Les Hirondelles, #hirondellesR."
    )
    bare = Card("Cherche un emploi", "", "", "", (), "Les Hirondelles", "#hirondellesR", "#0b6454")
    assert alt_of(bare) == "Cherche un emploi. Les Hirondelles, #hirondellesR."


# On the pages


@pytest.fixture
def world(db) -> World:
    return sample_world()


@pytest.fixture
def appeal(world) -> Appeal:
    return Appeal.objects.get(public_id=world.values["public_id"])


def address(appeal: Appeal, shape: str = "card") -> str:
    return reverse("appeals:picture", args=[appeal.public_id, shape])


def test_a_public_appeal_shows_its_picture_to_everybody_and_names_it_beside_its_link(client, appeal):
    answer = client.get(address(appeal))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)

    page = client.get(appeal.get_absolute_url()).content.decode()

    assert 'property="og:image" content="http' in page
    assert address(appeal) in page
    assert alt_of(card_of(appeal)) in page


def test_the_author_chooses_what_the_picture_says_and_an_animator_looks_at_it_again(client, world, appeal):
    client.force_login(world.people["seeker"])
    chosen = {
        "occupation": "",
        "place": "",
        "meant": "search",
        "contracts": ["cdi"],
        "strength_1": "Calme",
        "strength_2": " Vite ",
    }

    client.post(reverse("appeals:claim", args=[appeal.public_id]), chosen)

    appeal.refresh_from_db()
    assert appeal.strengths == ["Calme", "Vite"]
    assert appeal.state == "submitted"
    assert card_of(appeal).strengths == ("Calme", "Vite")


@pytest.mark.parametrize("typed", ["06 12 34 56 78", "ana@exemple.fr", "https://exemple.fr", "x" * 61])
def test_no_number_address_or_link_goes_on_the_picture(client, world, appeal, typed):
    client.force_login(world.people["seeker"])

    answer = client.post(
        reverse("appeals:claim", args=[appeal.public_id]), {"contracts": ["cdi"], "strength_1": typed}
    )

    assert answer.status_code == 422
    assert typed in answer.content.decode(), "what was typed is still there"
    appeal.refresh_from_db()
    assert appeal.strengths == []


def test_a_picture_is_seen_by_whom_the_message_is(client, world, appeal):
    Appeal.objects.filter(pk=appeal.pk).update(state="draft")
    seen = {}
    for name, account in world.people.items():
        client.logout()
        if account is not None:
            client.force_login(account)
        seen[name] = client.get(address(appeal)).status_code
    expected = {"nobody": 404, "stranger": 404, "relay": 404, "seeker": 200, "animator": 200, "operator": 200}
    assert seen == expected
    Appeal.objects.filter(pk=appeal.pk).update(state="closed", ending="found")
    assert client.get(address(appeal)).status_code == 404


def test_there_is_no_other_shape(client, appeal):
    assert client.get(address(appeal, "circle")).status_code == 404
