"""A CV is read by a process of its own: honest ones in order, hostile ones with an answer and no harm."""

import pytest

from colibri.compute.resumes import KINDS
from colibri.resumes.reading import AT_ONCE, PROBLEMS, Problem, _places, read_file
from colibri.resumes.words import PROBLEM_WORDS, REMARK_WORDS
from tests.resumes.files import HOSTILE, LINES, docx, pdf, pdf_columns, pdf_lines


def test_a_pdf_is_read_line_by_line():
    read = read_file(pdf_lines())
    assert read.lines == LINES
    assert (read.kind, read.pages, read.images, read.columns) == ("pdf", 1, 0, False)


def test_a_word_file_is_read_line_by_line():
    read = read_file(docx(extra={"word/media/photo.png": b"x"}))
    assert read.lines == LINES
    assert (read.kind, read.pages, read.images) == ("docx", 1, 1)


def test_columns_are_read_one_after_the_other_and_told():
    read = read_file(pdf_columns())
    sides = [line.split()[0] for line in read.lines]
    assert sides == ["gauche"] * 25 + ["droite"] * 25
    assert read.columns


def test_a_picture_beside_the_words_and_several_pages_are_told():
    read = read_file(pdf([[(50, 800, "un")], [(50, 800, "deux")]], image=True))
    assert (read.pages, read.images, read.lines) == (2, 2, ("un", "deux"))


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_gets_a_clear_answer_and_the_next_one_is_read(name):
    make, right = HOSTILE[name]
    with pytest.raises(Problem) as met:
        read_file(make())
    assert met.value.name in right
    assert read_file(docx()).lines == LINES


def test_whoever_comes_while_others_are_read_is_asked_to_come_again():
    taken = [_places.acquire(timeout=0) for _ in range(AT_ONCE)]
    try:
        with pytest.raises(Problem, match="busy"):
            read_file(docx())
    finally:
        for _ in filter(None, taken):
            _places.release()
    assert read_file(docx()).lines == LINES


def test_every_problem_and_remark_has_its_words():
    assert set(PROBLEM_WORDS) == set(PROBLEMS)
    assert set(REMARK_WORDS) == set(KINDS)
