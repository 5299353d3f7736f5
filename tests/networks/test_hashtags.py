"""Hashtags: what counts as one, and which spellings are the same."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.networks.hashtags import carries, fold, hashtags_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Je cherche un CDI #i4emploiR à #Lyon.", ("i4emploiR", "Lyon")),
        ("#Relève,#été!#i4emploi", ("Relève", "été", "i4emploi")),
        ("#a #a #A", ("a", "A")),
        ("sans rien, n°1, C#, https://exemple.fr/#ancre, &#39;", ()),
        ("#42 #2026 #4x4", ("4x4",)),
        ("＃large", ("large",)),
        ("(#entre) «#guillemets»", ("entre", "guillemets")),
        ("#مرحبا #日本語", ("مرحبا", "日本語")),
        ("#" * 50, ()),
    ],
)
def test_hashtags_are_found_as_people_write_them(text, found):
    assert hashtags_in(text) == found


def test_a_decomposed_accent_is_part_of_its_hashtag():
    assert hashtags_in(unicodedata.normalize("NFD", "#Relève2")) == ("Relève2",)


@settings(deadline=None)
@given(st.text(alphabet="abcéèÉÀçôœßABC", min_size=1, max_size=20))
def test_case_accents_and_their_encoding_make_no_difference(tag):
    other = unicodedata.normalize("NFD", f"#{tag.swapcase().swapcase()}")
    assert fold(tag) == fold(other) == fold(fold(tag))
    assert carries([tag.lower()], {fold(tag)})


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text):
    assert all(tag and not tag.startswith("#") for tag in hashtags_in(text))


def test_another_hashtag_is_another():
    assert not carries(["i4emploi"], {fold("i4emploiR")})
    assert not carries([], {"a"})
