"""A message as each network shows and counts it."""

import pytest

from colibri.networks.mastodon.counting import length
from colibri.networks.previews import Part, fitting, preview
from colibri.networks.registry import CAPABILITIES

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("", 0),
        ("é" * 500, 500),
        (FAMILY * 10, 10),
        ("https://exemple.fr", 23),
        ("https://exemple.fr/" + "a" * 300, 23),
        ("(https://exemple.fr/cv).", 26),
        ("voir https://exemple.fr/Soudure_(metal), merci", 35),
        ("https://localhost/" + "a" * 30, 48),
        ("@ana@exemple.social merci", 10),
        ("ana@exemple.social", 18),
        ("https://exemple.fr/@ana@exemple.social", 23),
        ("a https://e.fr b https://e.fr/?q=é", 51),
    ],
)
def test_mastodon_counts_a_link_as_23_and_a_mention_without_its_server(text, counted):
    assert length(text) == counted


@pytest.mark.parametrize("name", sorted(CAPABILITIES))
def test_what_just_fits_is_whole_and_one_character_more_is_cut_there(name):
    network = CAPABILITIES[name]
    whole = preview("é" * network.character_limit, network)
    assert (whole.fits, whole.left, whole.end) == (True, 0, network.character_limit)
    over = preview("é" * (network.character_limit + 1), network)
    assert (over.fits, over.left, over.end) == (False, -1, network.character_limit)


def test_no_grapheme_is_cut_in_two():
    network = CAPABILITIES["bluesky"]
    text = FAMILY * 301
    assert preview(text, network).end == len(FAMILY) * 300
    assert fitting(FAMILY, len, 3) == 0


def test_links_hashtags_and_mentions_are_told_apart():
    shown = preview(
        "Voir https://exemple.fr/#cv, @ana@exemple.social #ChefDeProjet.", CAPABILITIES["mastodon"]
    )
    assert shown.parts == (
        Part("Voir "),
        Part("https://exemple.fr/#cv", "link"),
        Part(", "),
        Part("@ana@exemple.social", "mention"),
        Part(" "),
        Part("#ChefDeProjet", "hashtag"),
        Part("."),
    )
    assert "".join(part.text for part in shown.parts).startswith("Voir https")
