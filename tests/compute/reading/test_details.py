"""Language, personal data, remote work and experience."""

import pytest


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("Je cherche un emploi de comptable à Lyon", "", "fr"),
        ("I am looking for a job in Lyon, please share", "", "en"),
        ("Ich suche eine Stelle als Köchin in Lyon und Umgebung", "", "de"),
        ("Busco trabajo de cocinera en Lyon, muchas gracias por compartir", "", "es"),
        ("#OpenToWork #Hiring #Job je cherche un poste dans la vente", "", "fr"),
        ("CDI", "fr", "fr"),
        ("CDI", "", "und"),
        ("", "EN-us", "en"),
        ("😀", "??", "und"),
    ],
)
def test_the_language_is_told_without_hashtags_and_by_the_hint_where_words_are_few(
    reader, text, hint, language
):
    """English hashtags make no English text; a short text takes what its author declared."""
    assert reader.read(text, hint).language.value == language


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("appelez le 06 12 34 56 78", ["phone"]),
        ("+33 6 12 34 56 78", ["phone"]),
        ("0612345678", ["phone"]),
        ("marie.exemple@exemple.fr", ["email"]),
        ("née le 12/03/1985", ["birth_date"]),
        ("12 bis rue des Lilas", ["street_address"]),
        ("@marie@exemple.social", []),
        ("dossier 123456789012345", []),
        ("10 ans d'expérience, 35 h", []),
        ("https://exemple.fr/0612345678", []),
    ],
)
def test_personal_data_is_noticed(reader, text, kinds):
    """Numbers, addresses and dates of birth; not mentions, links or other figures."""
    assert [found.value for found in reader.read(text).personal_data] == kinds


@pytest.mark.parametrize(
    ("text", "remote"),
    [
        ("en télétravail", True),
        ("full remote", True),
        ("un poste à distance", True),
        ("pas de télétravail", False),
        ("no remote please", False),
        ("Nurse in Lille, remote not wanted", False),
        ("télétravail exclu", False),
        ("télétravail souhaité", True),
        ("à distance raisonnable de Lyon", None),
        ("à Lyon", None),
    ],
)
def test_remote_work_is_wanted_refused_or_not_spoken_of(reader, text, remote):
    """A distance is not remote work."""
    found = reader.read(text).remote
    assert (found.value if found else None) is remote


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("10 ans d'expérience", 10),
        ("expérience de 5 ans", 5),
        ("3 years of experience", 3),
        ("j'ai 45 ans", None),
        ("depuis 12 ans", None),
    ],
)
def test_years_count_only_as_experience(reader, text, years):
    """An age is not experience."""
    found = reader.read(text).experience_years
    assert (found.value if found else None) == years
