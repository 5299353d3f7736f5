"""Words and addresses of others, made safe to keep and to show."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.networks.items import Actor, Post, PostRef
from colibri.networks.plain import plain, plain_line, web_address


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Bonjour\r\nà tous\rici\n", "Bonjour\nà tous\nici\n"),
        ("a\x00\x07\x0b\x1b[31mb", "a[31mb"),
        ("rien \u202egnp.exe", "rien gnp.exe"),
        ("\u2066a\u2069\u2028b\ufffa", "ab"),
        ("أبحث عن عمل\u200f", "أبحث عن عمل\u200f"),
        ("👩‍🏭 soudeuse", "👩‍🏭 soudeuse"),
        ("x\ud800y", "xy"),
    ],
)
def test_controls_and_turned_directions_go_and_all_languages_stay(text, kept):
    assert plain(text) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert plain(plain(text)) == plain(text)
    assert "\n" not in plain_line(text)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/x?y=1#z", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)//", False),
        ("data:text/html,x", False),
        ("//a.example", False),
        ("https://a.example\\@b.example/", False),
        ("https://a.example/\nx", False),
        ("java\tscript:alert(1)", False),
        ("https://[::1", False),
        ("https://:443/", False),
        ("", False),
    ],
)
def test_an_address_is_one_of_the_web_or_none(url, kept):
    assert web_address(f" {url} ") == (url if kept else "")


def test_a_post_is_plain_from_whichever_network_it_comes():
    post = Post(
        PostRef("x:1"),
        Actor("x:ada", "ada"),
        "Je cherche\x07 un CDI",
        datetime.now(UTC),
        url="javascript:alert(1)//",
    )

    assert (post.text, post.url) == ("Je cherche un CDI", "")
