"""What is left of the HTML servers send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.networks.mastodon.plain_text import plain_text

SHORTENED = (
    '<a href="https://exemple.fr/offres/42?page=2&amp;tri=date" rel="nofollow">'
    '<span class="invisible">https://</span><span class="ellipsis">exemple.fr/offres/42?page=2&amp;</span>'
    '<span class="invisible">tri=date</span></a>'
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Bonjour</p><p>Je cherche<br>un CDI<br />à Lyon</p>", "Bonjour\n\nJe cherche\nun CDI\nà Lyon"),
        (f"<p>Voir {SHORTENED} !</p>", "Voir https://exemple.fr/offres/42?page=2&tri=date !"),
        ('<a href="https://exemple.fr/cv">exemple.fr/c…</a>', "https://exemple.fr/cv"),
        ('<a href="https://exemple.fr/cv">mon CV</a>', "mon CV (https://exemple.fr/cv)"),
        ('<a href="https://exemple.fr"><img alt="logo"></a>', "logo (https://exemple.fr)"),
        ('<a href="https://exemple.fr"></a>', "https://exemple.fr"),
        (
            '<p><a href="https://x.fr/tags/CDI" class="mention hashtag">#<span>CDI</span></a> '
            '<span class="h-card"><a href="https://x.fr/@ada" class="u-url mention">@<span>ada</span></a>'
            "</span></p>",
            "#CDI @ada",
        ),
        ("<ul><li>un</li><li>deux</li></ul>", "- un\n\n- deux"),
        ("<p>a</p>\n<p>b</p>\n\n\n<p>c</p>", "a\n\nb\n\nc"),
        ("&lt;b&gt; &amp;amp; &eacute;", "<b> &amp; é"),
        ('<p class="quote-inline">RE: https://x.fr</p><p>Oui</p>', "Oui"),
        ("texte nu", "texte nu"),
        ("", ""),
        ("<script>alert(1)</script><style>p{}</style><p>ok</p>", "ok"),
        ("<svg><script>x</script></svg><p>ok</p>", "ok"),
        ('<a href="javascript:alert(1)">ici</a>', "ici"),
        ('<a href="data:text/html,x">ici</a><img src=x onerror=alert(1)>', "ici"),
        ("<p>a<!-- secret --></p>", "a"),
        ("<a href='https://x.fr'><a href='https://y.fr'>y.fr</a>", "https://x.frhttps://y.fr"),
        ("a\x00b\x07c\ud800d", "abcd"),
    ],
)
def test_html_becomes_the_text_its_author_wrote(html, text):
    assert plain_text(html) == text


@pytest.mark.parametrize(
    "html", ["<p>" * 200_000, "<a href='https://x.fr'>" * 50_000, "<![CDATA[" * 50_000, "&" * 200_000]
)
def test_monstrous_html_ends(html):
    assert len(plain_text(html)) <= 1_000_000


@given(st.text(alphabet="<>ap/&;! \n\"'=#b-", max_size=200))
def test_any_html_becomes_text_without_trailing_blanks_or_control_characters(html):
    text = plain_text(html)
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert not any(ord(c) < 32 and c != "\n" for c in text)
