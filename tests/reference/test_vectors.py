"""An operator's word vectors: read from their file, refused with the line, used by the linker."""

import numpy as np
import pytest

from colibri.compute.linking import Linker
from colibri.reference.vectors import UnusableVectors, load_vectors

FILE = "4 2\nmatelot 1 0\nSailor 0.9 0.1\nbûcheron 0 1\nsailor 5 5\n"


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "words.vec"
    file.write_text(FILE, encoding="utf-8")
    return file


def test_a_text_is_the_mean_of_its_words(path):
    """Case does not matter, a word's first line counts, unknown words do not."""
    made = load_vectors(path)(["Matelot, bûcheron", "SAILOR", "inconnu", ""])
    assert made.dtype == np.float32
    assert made.tolist() == [[0.5, 0.5], [pytest.approx(0.9), pytest.approx(0.1)], [0, 0], [0, 0]]


def test_so_many_words_are_read_and_no_more(path):
    """The commonest come first."""
    assert load_vectors(path, most=1)(["matelot", "bûcheron"]).tolist() == [[1, 0], [0, 0]]


def test_a_word_without_a_letter_in_common_is_linked_by_its_vector(path):
    """Behind the same face as without."""
    labels = [("tree", "bûcheron"), ("sea", "matelot")]
    aided = Linker(labels, {}, load_vectors(path)).rank(["sailor"], 1)[0][0]
    assert aided.id == "sea"
    assert aided.score > Linker(labels, {}).rank(["sailor"], 1)[0][0].score + 1


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("", "line 1"),
        ("matelot 1 0\n", "line 1"),
        ("4 0\nmatelot\n", "line 1"),
        ("1 2\n", "line 2"),
        ("1 2\nmatelot 1\n", "line 2"),
        ("1 2\nmatelot 1 x\n", "line 2"),
        ("2 2\na 1 0\nmatelot 1 nan\n", "line 3"),
    ],
)
def test_what_holds_no_vectors_is_refused_with_the_line(path, content, where):
    """Nothing is guessed."""
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnusableVectors, match=where):
        load_vectors(path)
