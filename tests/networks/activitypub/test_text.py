"""Other servers' HTML becomes plain words, and our words become HTML nobody can break out of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.networks.activitypub.text import html_of, plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Bonjour<br>à tous</p><p>Merci</p>", "Bonjour\nà tous\n\nMerci"),
        ("<p>a &amp; b &lt;c&gt;</p>", "a & b <c>"),
        ("a<script>alert(1)</script>b<style>x{}</style>c", "abc"),
        ('<p onclick="x">a</p><img src=x onerror=y>', "a"),
        (
            '<a href="https://ex.org/long"><span class="invisible">https://</span>'
            '<span class="ellipsis">ex.org/l</span><span class="invisible">ong</span></a>',
            "https://ex.org/long",
        ),
        ('<p><a class="mention hashtag">#<span>emploi</span></a></p>', "#emploi"),
        ("<ul><li>un</li><li>deux</li></ul>", "un\ndeux"),
        ("sans balise", "sans balise"),
        ("<p>jamais fermé", "jamais fermé"),
        ("", ""),
    ],
)
def test_html_is_read_as_people_see_it(html, text):
    assert plain_text(html) == text


@given(st.text(max_size=200))
def test_any_text_survives_being_written_and_read(text):
    words = " ".join(text.split())

    assert " ".join(plain_text(html_of(text, links={})).split()) == " ".join(words.split())


@given(st.text(alphabet="<>&\"'/ah=:tps.", max_size=60))
def test_no_text_becomes_a_tag_of_its_own(text):
    html = html_of(text, links={})
    for known in ("<p>", "</p>", "<br>", "</a>"):
        html = html.replace(known, "")
    while '<a href="' in html:
        begin, _, rest = html.partition('<a href="')
        html = begin + rest.partition('" rel="nofollow noopener">')[2]

    assert "<" not in html


def test_links_and_hashtags_are_linked_and_the_rest_is_not():
    html = html_of("Voir https://ex.org/a?b=1&c=2. #tag", links={"#tag": "<a>#tag</a>"})

    assert html == (
        '<p>Voir <a href="https://ex.org/a?b=1&amp;c=2" rel="nofollow noopener">'
        "https://ex.org/a?b=1&amp;c=2</a>. <a>#tag</a></p>"
    )
