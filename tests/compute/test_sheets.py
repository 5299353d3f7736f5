"""Tables of spreadsheets are read as people make them, and what is wrong is named by its line."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colibri.compute.sheets import BadSheet, read_sheet

COLUMNS = {"title": ("title", "titre"), "place": ("place", "lieu")}
NEEDED = frozenset({"title"})


def read(text: str, most: int = 100):
    return [(one.number, dict(one.cells)) for one in read_sheet(text, COLUMNS, NEEDED, most=most)]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("heading", ["Titre{}Lieu{}Remarque", " TITLE {}Place{}x", "\ufefftitre{}LIEU{}"])
def test_separators_and_headings_are_read_as_they_come(separator, heading):
    text = heading.replace("{}", separator) + "\r\n" + separator.join(["Oser", "Brest", "-"]) + "\r\n"

    assert read(text) == [(2, {"title": "Oser", "place": "Brest"})]


def test_empty_lines_are_left_out_and_lines_keep_their_numbers():
    text = '\ntitre;lieu\n\nUn;\n;;\n"Deux\nen deux lignes; vraiment";Brest\nTrois\n'

    assert read(text) == [
        (4, {"title": "Un", "place": ""}),
        (6, {"title": "Deux\nen deux lignes; vraiment", "place": "Brest"}),
        (8, {"title": "Trois", "place": ""}),
    ]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "empty", 1),
        ("titre;lieu\n\n", "empty", 1),
        ("lieu\nBrest", "column", 1),
        ("titre;lieu;title\na;b;c", "twice", 1),
        ("titre;lieu\na;b\na;b;c", "cells", 3),
        ("titre\n" + "a\n" * 101, "long", 102),
    ],
)
def test_what_is_wrong_is_named(text, code, line):
    with pytest.raises(BadSheet) as fault:
        read(text)

    assert (fault.value.code, fault.value.line) == (code, line)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1), min_size=1))
def test_what_a_spreadsheet_writes_is_read_back(titles):
    import_lines = ["titre;lieu"]
    writer = csv.writer(Rows(import_lines), delimiter=";", quoting=csv.QUOTE_ALL)
    for title in titles:
        writer.writerow([title, "x"])

    found = read("\n".join(import_lines), most=10_000)
    assert [cells["title"] for _number, cells in found] == [title.strip() for title in titles]


class Rows:
    """Where a writer's lines go."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def write(self, line: str) -> None:
        self.lines.append(line.rstrip("\r\n"))
