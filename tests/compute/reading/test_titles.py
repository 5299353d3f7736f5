"""Official titles as people write them, and what they add to a reader."""

from dataclasses import replace

import pytest

from colibri.compute.reading import Reader, Reading
from colibri.compute.reading.titles import wordings_of
from colibri.reference import Title, load_tables

URI = "http://data.europa.eu/esco/occupation/exemple"
TITLES = (
    Title("L1204", "Artiste de cirque", "Trapéziste volant / Trapéziste volante", (URI,)),
    Title("D1102", "Boulanger / Boulangère", "Boulanger / Boulangère"),
    Title("G1203", "Animateur / Animatrice de loisirs", "Guide"),
)


@pytest.fixture(scope="module")
def official():
    """A reader to which titles were added."""
    return Reader(replace(load_tables(), titles=TITLES))


@pytest.mark.parametrize(
    ("title", "wordings"),
    [
        ("Funambule", ("Funambule",)),
        ("Conseiller / Conseillère en assurances", ("Conseiller en assurances", "Conseillère en assurances")),
        ("Soigneur animalier / Soigneuse animalière", ("Soigneur animalier", "Soigneuse animalière")),
        ("Aide maternel / maternelle de crèche", ("Aide maternel de crèche", "Aide maternelle de crèche")),
        ("Steward / Hôtesse de l'air", ("Steward", "Hôtesse de l'air")),
        ("Conseiller / Conseillère clients -CRM-", ("Conseiller clients", "Conseillère clients")),
    ],
)
def test_a_title_with_two_halves_is_two_wordings(title, wordings):
    """The halves are known by how they begin."""
    assert wordings_of(title) == wordings


def test_a_title_that_was_added_is_read_with_its_code_and_esco_occupation(official, reader):
    """Without it the trade is unknown; what is stored comes back equal."""
    text = "Je cherche un poste de trapéziste volante à Lyon"
    assert not reader.read(text).occupations
    found = official.read(text)
    assert (found.occupations[0].value.code, found.occupations[0].value.esco) == ("L1204", (URI,))
    assert Reading.from_dict(found.to_dict()) == found


def test_our_own_wordings_come_first_and_everyday_words_name_no_trade(official, reader):
    """« boulanger » keeps its label; a short single word of a title is none."""
    text = "Je cherche un poste de boulanger"
    assert official.read(text).occupations == reader.read(text).occupations
    assert not official.read("Je cherche un guide").occupations


def test_biographies_and_places_are_read_as_before(official, reader):
    """Titles add nothing to the small fast reader, nor to the words that make a place doubtful."""
    text = "Trapéziste, DRH, Lyon"
    assert official.classify_biography(text) == reader.classify_biography(text)
