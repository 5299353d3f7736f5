"""A text without what tells whose it is."""

import pytest

from colibri.compute.reading import MASK, masked


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Comptable à Lyon, 06 12 34 56 78, CDI.", f"Comptable à Lyon, {MASK}, CDI."),
        ("Écrivez à lou@example.org ou @lou@mastodon.example.", f"Écrivez à {MASK} ou {MASK}"),
        ("Mon site https://example.org/lou?x=1 et www.example.org", f"Mon site {MASK} et {MASK}"),
        ("Je m'appelle Lou Martin et je cherche un CDI", f"Je m'appelle {MASK} et je cherche un CDI"),
        ("Soudeuse, née le 3 mai 1990, 12 rue des Lilas", f"Soudeuse, {MASK}, {MASK}"),
    ],
)
def test_what_leads_to_somebody_is_masked_and_the_rest_stays(text, left):
    assert masked(text) == left


def test_the_names_given_are_masked_wherever_they_stand():
    text = "Moi c'est lou, Lou Martin : comptable. Un loup n'est pas Lou."
    assert masked(text, ["Lou Martin"]) == (
        f"Moi c'est {MASK}, {MASK} {MASK} : comptable. Un loup n'est pas {MASK}."
    )


@pytest.mark.parametrize("text", ["", "Comptable à Lyon, 8 ans d'expérience, CDI ou CDD.", "أبحث عن عمل"])
def test_a_text_that_names_nobody_stays_as_it_is(text):
    assert masked(text, ["", "Al"]) == text
