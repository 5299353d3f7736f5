"""The length of a text as its readers count it."""

import pytest

from colibri.networks.graphemes import graphemes


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("bonjour", 7),
        ("été", 3),
        ("e\u0301te\u0301", 3),
        ("👨‍👩‍👧‍👦", 1),
        ("🇫🇷🇧🇪", 2),
        ("👍🏽", 1),
        ("a\r\nb", 3),
    ],
)
def test_what_people_see_as_one_character_counts_as_one(text, length):
    assert graphemes(text) == length
