"""Trades by everyday wordings."""

import pytest


def trades_of(reader, text):
    """ROME codes to findings."""
    return {found.value.code: found for found in reader.read(text).occupations}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("poste d'infirmière", "J1506"),
        ("poste d'infirmier·ère", "J1506"),
        ("poste d'infirmier(e)", "J1506"),
        ("postes d'infirmiers", "J1506"),
        ("chargé(e) de communication", "E1112"),
        ("chargé·e de com", "E1112"),
        ("cheffe de projet informatique", "M1853"),
        ("chef de projet", "M1828"),
        ("#DéveloppeurWeb", "M1855"),
        ("#developpeurweb", "M1855"),
        ("data analyst role", "M1419"),
        ("aide à domicile", "K1302"),
        ("AESH", "K2113"),
        ("technicien en maintenance industrielle", "I1304"),
        ("conducteur/conductrice de bus", "N4103"),
    ],
)
def test_a_trade_is_found_in_any_of_its_forms(reader, text, code):
    """Feminine, inclusive, plural, abbreviated, English, in a hashtag."""
    assert next(iter(trades_of(reader, text))) == code


@pytest.mark.parametrize(
    "text", ["le centre commercial", "chers recruteurs", "il est aes", "bonjour à tous", "ash wednesday"]
)
def test_words_that_only_look_like_trades_are_none(reader, text):
    """Shopping centres, recruiters called upon, letters that are no acronym."""
    assert not trades_of(reader, text)


def test_the_trade_asked_for_is_surer_than_those_named_in_passing(reader):
    """« poste de » and « comme » announce it; a former trade is hardly one."""
    found = trades_of(reader, "Ancienne infirmière, je cherche un emploi de fleuriste")
    assert found["D1209"].why == "trade_after_phrase"
    assert found["D1209"].confidence >= 0.85
    assert found["J1506"].confidence < 0.3


def test_trades_joined_by_or_share_their_announcement(reader):
    """« comme plongeur ou commis » asks for both."""
    found = trades_of(reader, "je cherche comme plongeur ou commis de cuisine")
    assert found["G1605"].confidence >= 0.8
    assert found["G1602"].confidence >= 0.8


def test_a_field_without_a_trade_is_only_a_hint(reader):
    """« dans la vente » names a field; the person is asked when nothing announces it."""
    reading = reader.read("J'aime la logistique, je cherche du travail")
    assert reading.occupations[0].why == "trade_weak"
    assert "occupation" in reading.questions


def test_a_town_is_no_trade(reader):
    """Mâcon and « maçon » fold to the same letters: behind a preposition it is the town."""
    reading = reader.read("Je cherche un poste de secrétaire à Mâcon")
    assert [found.value.code for found in reading.occupations] == ["M1607"]
    assert reading.places[0].value.name == "Mâcon"
    assert trades_of(reader, "je suis maçon")["F1703"].confidence >= 0.8


def test_labels_come_in_both_languages(reader):
    """Pages show our own short labels."""
    occupation = trades_of(reader, "poste de boulangère")["D1102"].value
    assert (occupation.label_fr, occupation.label_en, occupation.family) == ("Boulangerie", "Baker", "D")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("infirmere", "infirmière"),
        ("electricein", "électricien"),
        ("comptabel", "comptable"),
        ("menuiser", None),  # a verb, or a slip: not guessed
        ("cuisiner", None),
        ("peinture", None),
        ("courrier", None),
        ("assistance", None),
        ("important", None),
        ("caviste", None),
    ],
)
def test_one_slip_of_the_pen_hides_no_trade_and_no_other_word_is_taken_for_one(reader, written, meant):
    """A letter missing, wrong, too many, or two that changed places; a word of its own stays what it is."""
    found = reader.read(f"Je cherche un poste, {written}, à Lille").occupations
    if meant is None:
        assert found == ()
        return
    right = reader.read(f"Je cherche un poste, {meant}, à Lille").occupations
    assert found[0].value.code == right[0].value.code
    assert found[0].why == "trade_misspelt"
    assert found[0].confidence < right[0].confidence


# Written before slips were looked for in these words, and never tuned on.
SLIPS = """
boulnager boulanger|secretiare secrétaire|mecanicen mécanicien|vendesue vendeuse|plombeir plombier
charpantier charpentier|informaticen informaticien|jardinnier jardinier|receptioniste réceptionniste
magasinnier magasinier|manutentionaire manutentionnaire|couturriere couturière
estheticiene esthéticienne|educatrise éducatrice|animatrcie animatrice|cuisinnier cuisinier
architecet architecte|pharmaciene pharmacienne|ambulencier ambulancier|chaufeur chauffeur|coifeuse coiffeuse
graphsite graphiste|dessinnateur dessinateur|vetrinaire vétérinaire|journalsite journaliste
"""


def test_most_trades_with_one_slip_are_read_as_what_they_mean(reader):
    """Of slips as people make them four of five are read; the rest is asked for."""
    pairs = [pair.split() for pair in SLIPS.replace("\n", "|").split("|") if pair]
    read = []
    for written, meant in pairs:
        found, right = (
            trades_of(reader, f"Je cherche un poste de {word} à Lille") for word in (written, meant)
        )
        assert right, meant
        read.append(bool(found.keys() & right.keys()))
    assert len(read) == 25
    assert sum(read) / len(read) >= 0.75


@pytest.mark.parametrize(
    "tag", ["#chargedecommunication", "#ChargéeDeCommunication", "#chargeedecommunication"]
)
def test_a_hashtag_without_capitals_keeps_its_small_words(reader, tag):
    """Whoever writes all in small letters writes "de" too."""
    assert "E1112" in trades_of(reader, f"{tag} je cherche un CDI")
