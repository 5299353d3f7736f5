from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.networks.graphemes import graphemes
from colibri.networks.sharing import SERVICES, fitted

TITLE, LINK = "Soudeuse · Brest", "https://colibri.example.org/a/AbCd-1234/?x=1&y=é"
WORDS = "Vous connaissez quelqu’un ? Soudeuse à Brest & alentours #i4emploiR 🐦"
ON = {one.name: one for one in SERVICES}


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@pytest.mark.parametrize("name", ON)
def test_the_link_is_whole_and_what_could_end_it_is_escaped(name):
    address = ON[name].share(TITLE, WORDS, LINK)

    assert any(LINK in value for value in asked(address).values())
    assert not set(" \n<>\"'") & set(address)
    assert urlsplit(address).scheme in ("https", "mailto")


@pytest.mark.parametrize("name", ["whatsapp", "telegram", "x", "mail"])
def test_words_come_along_where_the_service_takes_them(name):
    assert any(WORDS in value for value in asked(ON[name].share(TITLE, WORDS, LINK)).values())


def test_long_words_are_cut_to_the_length_of_the_service_and_the_link_never():
    for one in SERVICES:
        said = asked(one.share(TITLE, "mot " * 3000, LINK))
        assert any(LINK in value for value in said.values())
    words = asked(ON["x"].share(TITLE, "mot " * 3000, LINK))["text"]
    assert words.endswith("…")
    assert len(words) + 1 + 23 <= 280


def test_a_mail_has_a_subject_and_a_line_for_the_link():
    said = asked(ON["mail"].share(TITLE, WORDS, LINK))

    assert said == {"subject": TITLE, "body": f"{WORDS}\r\n{LINK}"}


@given(st.text(max_size=80), st.integers(min_value=1, max_value=90))
def test_fitted_words_are_never_longer_than_asked_and_begin_as_they_did(words, most):
    short = fitted(words, most)

    assert graphemes(short) <= max(most, 1)
    assert short == words or (short.endswith("…") and words.startswith(short[:-1]))
