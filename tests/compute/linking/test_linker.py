"""The linker: which label a title means, however it is written."""

import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench._linking_sets import read_sets
from colibri.compute.linking import LABEL_SIGNS, Linker, read_title

LABELS = [
    ("nurse", "infirmier de soins généraux/infirmière de soins généraux"),
    ("nurse", "infirmière"),
    ("baker", "boulanger"),
    ("bakers", "Boulangers"),
    ("driver", "conducteur de grue à tour/conductrice de grue à tour"),
    ("insurance", "conseiller en assurances"),
    ("photo", "photographe"),
]


@pytest.fixture(scope="module")
def linker():
    return Linker(LABELS)


@pytest.mark.parametrize(
    ("query", "identity"),
    [
        ("Infirmier / Infirmière", "nurse"),
        ("INFIRMIERE (h/f)", "nurse"),
        ("boulangère", "baker"),
        ("Conductrice de grues", "driver"),
        ("Conseiller / Conseillère assurance", "insurance"),
        ("conseiller(ère) en assurance", "insurance"),
        ("photografe", "photo"),
        ("Photographe (h/f/x)", "photo"),
    ],
)
def test_gender_number_accents_and_small_faults_do_not_hide_a_label(linker, query, identity):
    """Titles are folded before they are compared, and letters help where a word is misspelt."""
    assert linker.rank([query], 1)[0][0].id == identity


def test_a_title_of_one_person_is_no_group_of_trades(linker):
    """Of two labels that differ in number alone, the one of the query's number comes first."""
    assert [one.id for one in linker.rank(["boulanger"], 2)[0]] == ["baker", "bakers"]
    assert [one.id for one in linker.rank(["Boulangers"], 2)[0]] == ["bakers", "baker"]


def test_labels_of_one_id_are_ranked_as_one(linker):
    """An id comes once, with the label that spoke most for it."""
    ranked = linker.rank(["infirmière"], 10)[0]
    assert len(ranked) == len({one.id for one in ranked}) == len(linker.ids) == 6
    assert (ranked[0].id, ranked[0].text) == ("nurse", "infirmière")
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)


def test_words_that_often_stand_for_others_lead_where_letters_cannot():
    """With an association the query's word finds a label that shares no letter with it."""
    labels = [("sea", "matelot"), ("tree", "bûcheron")]
    aided = Linker(labels, associations={"gabier": [("matelot", 0.9)]})
    assert aided.rank(["gabier"], 1)[0][0].id == "sea"
    assert aided.rank(["gabier"], 1)[0][0].score > Linker(labels, {}).rank(["gabier"], 1)[0][0].score


def test_an_operators_embeddings_plug_in_behind_the_same_face():
    """Vectors of any model count beside the letters."""

    def embed(texts):
        return np.array([[1, 0] if text in ("matelot", "sailor") else [0, 1] for text in texts], np.float32)

    labels = [("tree", "bûcheron"), ("sea", "matelot")]
    assert Linker(labels, {}, embed).rank(["sailor"], 1)[0][0].id == "sea"


def test_the_same_labels_and_query_give_the_same_ranks_whatever_else_is_asked(linker):
    """No query leaves a trace for the next."""
    together = linker.rank(["boulanger", "infirmier", "boulanger"], 3)
    assert together[0] == together[2] == linker.rank(["boulanger"], 3)[0]


@settings(max_examples=100, deadline=None)
@given(query=st.text(max_size=60))
def test_any_text_is_ranked(query):
    """rank() never raises; what shares nothing still gets an order, with finite scores."""
    ranked = Linker(LABELS[:3]).rank([query], 2)[0]
    assert len(ranked) == 2
    assert np.isfinite([one.score for one in ranked]).all()


def test_no_label_or_none_asked_for():
    """A linker without labels says so; k of 0 and no queries give nothing."""
    with pytest.raises(ValueError, match="at least one label"):
        Linker([])
    assert Linker(LABELS).rank(["x"], 0) == [[]]
    assert Linker(LABELS).rank([], 3) == []


def test_labels_of_signs_alone_are_taken():
    """A label without a word is never an error."""
    assert Linker([("a", "…"), ("b", "")]).rank(["…"], 5)


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("Conseiller / Conseillère", ("conseiller",)),
        ("directeur/directrice de la qualité", ("directeur", "qualit")),
        ("Chargé(e) d'études", ("charg", "etud")),
        ("Boucher (h/f/x)", ("boucher",)),
        ("développeur·euse C++", ("developpeur", "c++")),
    ],
)
def test_a_title_is_its_words_once(text, lemmas):
    """Gendered halves and marks of gender add no word."""
    assert read_title(text).lemmas == lemmas


def test_signs_are_one_row_each(linker):
    """What speaks for a label can be looked at."""
    by_label, by_id = linker.signs("boulanger")
    assert by_label.shape == (len(LABEL_SIGNS), len(LABELS))
    assert by_id.shape == (3, len(linker.ids))


def test_titles_never_fitted_to_are_linked_as_well_as_they_were():
    """Belgian titles, and ROME titles kept from every fit, stay near what was measured."""
    if not os.environ.get("COLIBRI_REFERENCE_DATA"):
        pytest.skip("COLIBRI_REFERENCE_DATA is not set: the linking sets are not at hand")
    sets = read_sets()
    linker = Linker(sets.labels)
    for asked, least in ((sets.belgian, 0.53), (sets.crosswalk[0][:500], 0.47)):
        answers = linker.rank([title for title, _ in asked], 50)
        found = [
            next((1 / place for place, one in enumerate(ranked, 1) if one.id in right), 0.0)
            for ranked, (_, right) in zip(answers, asked, strict=True)
        ]
        assert sum(found) / len(found) > least
