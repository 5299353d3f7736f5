import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from colibri.networks.hashtags import carries, fold, hashtags_in
from colibri.networks.sieve import IGNORED, MANY, Sieve, _folded

HASHTAGS = ("i4emploiR", "Emploi", "Évreux", "ŒuvreLille", "日本語", "Ώρα", "한국어", "ﬁnance")
FOLDED = frozenset(fold(one) for one in HASHTAGS)
SIEVE = Sieve(HASHTAGS)
FULLWIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
BOLD = {ord("a") + place: 0x1D41A + place for place in range(26)}
MARKS = "\u0301\u0300\u0327"


def escaped(text: str, every: int) -> bytes:
    """JSON in which each n-th character of the text is spelt as an escape."""
    body = ""
    for place, character in enumerate(text):
        if place % every and character not in '"\\' and ord(character) >= 0x20:
            body += character
        elif character in '"\\':
            body += "\\" + character
        else:
            units = character.encode("utf-16-be")
            body += "".join(f"\\u{units[at]:02X}{units[at + 1]:02x}" for at in range(0, len(units), 2))
    return f'{{"text":"{body}"}}'.encode()


SPELLINGS = {
    "as written": str,
    "capitals": str.upper,
    "small": str.lower,
    "decomposed": lambda one: unicodedata.normalize("NFD", one),
    "composed": lambda one: unicodedata.normalize("NFC", one),
    "fullwidth": lambda one: one.translate(FULLWIDTH),
    "bold": lambda one: one.lower().translate(BOLD),
    "another accent": lambda one: "".join(letter + MARKS[0] for letter in one),
    "many accents": lambda one: "".join(letter + MARKS for letter in one),
}


@pytest.mark.parametrize("hashtag", HASHTAGS)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_a_hashtag_is_held_back(hashtag, spelling):
    text = f"Bonjour, je cherche #{SPELLINGS[spelling](hashtag)} à Brest"

    assert SIEVE.passes(json.dumps({"text": text}).encode())
    assert SIEVE.passes(json.dumps({"text": text}, ensure_ascii=False).encode())
    for every in (1, 2, 3, 7):
        event = escaped(text, every)
        assert json.loads(event)["text"] == text
        assert SIEVE.passes(event), event


@pytest.mark.parametrize("before", ["", "\n", "\t", "\u00a0", "n ", "é ", "(", "/ ", "&amp; ", "x\u0301 "])
@pytest.mark.parametrize("sign", ["#", "＃"])
def test_a_hashtag_is_let_through_whatever_stands_before_it(before, sign):
    text = f"Oui{before} {sign}Emploi {before}{sign}Emploi"
    for every in (0, 1, 3):
        event = escaped(text, every) if every else json.dumps({"text": text}).encode()
        assert carries(hashtags_in(json.loads(event)["text"]), FOLDED)
        assert SIEVE.passes(event), event
        assert SIEVE.passes(escaped(f"{before}{sign}Emploi", every or 2))


@pytest.mark.parametrize(
    "event",
    [
        {"text": "", "tags": ["emploi"]},
        {"text": "sans", "facets": [{"features": [{"tag": "EMPLOI"}]}]},
        {"text": "x" * 70_000 + " #emploi"},
        {"text": "x" * 16_380, "tags": ["emploi"]},
    ],
    ids=["tags", "facet", "far away", "between two blocks"],
)
def test_a_hashtag_is_let_through_wherever_a_record_holds_it(event):
    for spelt in (json.dumps(event), json.dumps(event, separators=(",", ":"))):
        for name, other in (("tags", "\\u0074ags"), ("tag", "t\\u0061g"), ("tag", "ta\\u0067")):
            assert SIEVE.passes(spelt.encode())
            assert SIEVE.passes(spelt.replace(f'"{name}"', f'"{other}"').encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "du#Emploi",
        "Emploi sans signe",
        "i4",
        "#i4emplo",
        "Bonjour à toutes et à tous",
        "émplôyé",
        "日本",
        "\\u00e9",
        'a "quoted" word',
        "🐦" * 40,
    ],
)
def test_what_carries_none_is_held_back(text):
    for ensure_ascii in (True, False):
        assert not SIEVE.passes(json.dumps({"text": text}, ensure_ascii=ensure_ascii).encode())


PIECES = st.one_of(
    st.text(max_size=6),
    st.sampled_from([f"#{one}" for one in HASHTAGS]),
    st.sampled_from(["#", "＃", "i4", "emploi", "\u0301", "\\", '"', "\\u0069", "ﬁ", "Ⅳ", "ß", " "]),
)


@given(
    st.lists(PIECES, max_size=8).map("".join),
    st.sampled_from(sorted(SPELLINGS)),
    st.integers(min_value=1, max_value=9),
)
@example("#i4emploiR", "another accent", 1)
@example("#I４emploiR", "as written", 2)
def test_the_sieve_never_misses_what_full_parsing_finds(text, spelling, every):
    text = "".join(letter for letter in SPELLINGS[spelling](text) if not 0xD800 <= ord(letter) <= 0xDFFF)
    event = escaped(text, every)

    if carries(hashtags_in(json.loads(event)["text"]), FOLDED):
        assert SIEVE.passes(event)


@given(st.lists(st.binary(max_size=60).map(lambda line: line.replace(b"\n", b"")), max_size=12))
def test_lines_are_those_that_pass_one_by_one(lines):
    lines = [*lines, b'{"text":"#I4EmploiR"}', b"", b'{"text":"#emploi"}']

    assert SIEVE.lines(b"\n".join(lines)) == [line for line in lines if SIEVE.passes(line)]


def test_a_hashtag_of_one_character_is_refused():
    with pytest.raises(ValueError, match="two characters"):
        Sieve(["x"])


def test_every_character_folds_as_the_parser_folds_it():
    table = _folded()
    for code in (*range(0x41, 0xD800), *range(0xE000, 0x30000)):
        letters = fold("x" + chr(code))[1:]
        expected = MANY if len(letters) > 1 else ord(letters) if letters else IGNORED
        assert table[code] == expected, hex(code)
