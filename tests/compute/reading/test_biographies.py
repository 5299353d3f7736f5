"""Public biographies to classes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.compute.classes import COUNT, UNKNOWN, family_of, region_of, unpack


def parts(reader, text):
    """Family, region and recruiter of a biography."""
    family, region, recruiter = unpack(reader.classify_biography(text))
    return int(family), int(region), bool(recruiter)


@pytest.mark.parametrize(
    ("text", "family", "region", "recruiter"),
    [
        ("Développeuse web à Lyon. Chats et vélo.", "M", "84", False),
        ("Infirmière libérale, maman, Marseille", "J", "93", False),
        ("DRH, région parisienne", "M", "11", True),
        ("Chasseur de têtes | Bretagne", "M", "53", True),
        ("We're hiring! Talent acquisition, Lille", "M", "32", True),
        ("Chargée de recrutement dans l'industrie, Grenoble", "M", "84", True),
        ("Étudiante en RH, cherche alternance à Lille", "M", "32", False),
        ("CUISINIER #Nantes", "G", "52", False),
        ("Journaliste, Ile de France", "E", "11", False),
        ("Ancien maçon, retraité", "", "", False),
        ("I like cats", "", "", False),
        ("", "", "", False),
    ],
)
def test_a_biography_gives_what_it_plainly_says(reader, text, family, region, recruiter):
    """Trade family, region, recruiter; what is not said is unknown."""
    expected = (family_of(family) if family else 0, region_of(region) if region else 0, recruiter)
    assert parts(reader, text) == expected


def test_the_trade_said_most_plainly_wins(reader):
    """Names of trades outweigh a field mentioned in passing."""
    assert parts(reader, "Marketing et logistique, mais surtout boulangère")[0] == family_of("D")


def test_many_biographies_are_classified_in_their_order(reader):
    """classify_biographies is classify_biography for each."""
    texts = ["Comptable à Dijon", "", "Recruteuse"]
    classes = reader.classify_biographies(iter(texts))
    assert classes.dtype == np.int32
    assert classes.tolist() == [reader.classify_biography(text) for text in texts]
    assert classes[1] == UNKNOWN


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_has_a_class(reader, text):
    """No text raises; every class is one of those counted."""
    assert 0 <= reader.classify_biography(text) < COUNT
