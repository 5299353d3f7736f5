"""Contracts wanted and refused."""

import pytest


@pytest.mark.parametrize(
    ("text", "wanted", "excluded"),
    [
        ("CDI ou CDD", {"cdi", "cdd"}, set()),
        ("un CDI, pas de freelance", {"cdi"}, {"freelance"}),
        (
            "CDI, pas de stage ni d'alternance ni d'intérim",
            {"cdi"},
            {"internship", "apprenticeship", "interim"},
        ),
        ("pas de stage ou d'alternance, CDI uniquement", {"cdi"}, {"internship", "apprenticeship"}),
        ("tout sauf freelance", set(), {"freelance"}),
        ("pas forcément en CDI", {"cdi"}, set()),
        ("après mon stage, je cherche un CDI", {"cdi"}, set()),
        ("je suis en CDI mais je cherche un mi-temps", {"part_time"}, set()),
        ("mon premier CDI", {"cdi"}, set()),
        ("contrat d'apprentissage ou contrat de professionnalisation", {"apprenticeship"}, set()),
        ("permanent or fixed-term, not freelance", {"cdi", "cdd"}, {"freelance"}),
        ("looking for an internship", {"internship"}, set()),
        ("#CDI #TempsPartiel", {"cdi", "part_time"}, set()),
        ("un service civique", {"civic_service"}, set()),
        ("je cherche du travail", set(), set()),
    ],
)
def test_contracts_are_read_with_their_negations(reader, text, wanted, excluded):
    """A refusal reaches along « ni » and « ou » and ends at a comma; what is over is not wanted."""
    reading = reader.read(text)
    assert {found.value for found in reading.contracts_wanted} == wanted
    assert {found.value for found in reading.contracts_excluded} == excluded


def test_no_contract_is_both_wanted_and_refused(reader):
    """A refusal outweighs a mention."""
    reading = reader.read("Je cherche un stage. Enfin non, pas de stage.")
    assert not reading.contracts_wanted
    assert [found.value for found in reading.contracts_excluded] == ["internship"]
