"""Texts as tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.compute.reading.tokens import folded, stem, tokenise, without_markup, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L'Œuvre d'art", ["l", "oeuvre", "d", "art"]),
        ("infirmier·ère chargé(e) de mission", ["infirmier", "charge", "de", "mission"]),
        ("directeur-rice", ["directeur"]),
        ("Villeneuve-le-Roi", ["villeneuve", "le", "roi"]),
        ("#ChercheEmploi #RHjob #CDI", ["cherche", "emploi", "rhjob", "cdi"]),
        ("St-Malo, Ste Foy", ["saint", "malo", "sainte", "foy"]),
    ],
)
def test_words_are_folded_and_gendered_endings_dropped(text, words):
    """Accents, ligatures, inclusive forms, hashtags in CamelCase and short saints."""
    assert [token.text for token in tokenise(text)] == words


def test_gaps_tell_spaces_from_marks_and_sentences():
    """0 within a phrase, 1 at a comma, 2 at a full stop or a new line."""
    assert [token.gap for token in tokenise("un deux, trois. Quatre\ncinq")] == [0, 0, 1, 2, 2]


@given(text=st.text(alphabet=st.sampled_from("ab <>&;/@#.:htps\né\u0301"), max_size=80))
def test_blanking_markup_keeps_every_place(text):
    """Tags, links, mentions and entities become blanks of the same length."""
    assert len(without_markup(text)) == len(text)


@given(text=st.text(max_size=120))
def test_tokens_lie_in_the_text_in_order(text):
    """No token overlaps the next or leaves the text."""
    tokens = tokenise(text)
    ends = [0, *[token.end for token in tokens]]
    assert all(end <= token.start < token.end <= len(text) for end, token in zip(ends, tokens, strict=False))


def test_names_and_plurals_meet_in_one_form():
    """What is looked up is folded the same way on both sides."""
    assert words_of("Saint-Étienne") == words_of("st etienne") == ("saint", "etienne")
    assert stem("infirmiers") == stem("infirmier")
    assert folded("Œ") == "oe"
