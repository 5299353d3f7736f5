"""Places: names, numbers, nicknames, hashtags, and homonyms settled or left open."""

import pytest


def places_of(reader, text, role="places"):
    """What a text names: level and code to the finding."""
    return {(found.value.level, found.value.code): found for found in getattr(reader.read(text), role)}


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("Je cherche un poste à Lyon", "69123", "name_after_preposition"),
        ("poste à Saint-Étienne", "42218", "name_after_preposition"),
        ("poste à St Etienne", "42218", "name_after_preposition"),
        ("poste au Mans", "72181", "name_after_preposition"),
        ("#LeHavre", "76351", "hashtag"),
        ("#saintnazaire", "44184", "hashtag"),
        ("en région lyonnaise", "69123", "nickname"),
        ("près de Quimper", "29232", "name_after_preposition"),
        ("je cherche a marseille", "13055", "name_after_preposition"),
        ("69003 Lyon", "69123", "name_with_department"),
        ("RECHERCHE POSTE SUR GRENOBLE", "38185", "name_after_preposition"),
    ],
)
def test_communes_are_found_however_they_are_written(reader, text, code, why):
    """Accents, abbreviations, articles, hashtags, small letters and capitals lead to the same commune."""
    found = places_of(reader, text)
    assert ("commune", code) in found
    assert found["commune", code].why == why


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("dans le 69", "department", "69"),
        ("département 2A", "department", "2A"),
        ("en Gironde", "department", "33"),
        ("dans le Nord (59)", "department", "59"),
        ("dans la Creuse", "department", "23"),
        ("en IDF", "region", "11"),
        ("en PACA", "region", "93"),
        ("région AURA", "region", "84"),
        ("#HautsDeFrance", "region", "32"),
        ("en Alsace", "region", "44"),
        ("à La Réunion", "region", "04"),
        ("en Guadeloupe", "region", "01"),
        ("mobile France entière", "country", "FR"),
    ],
)
def test_departments_regions_and_the_whole_country_are_found(reader, text, level, code):
    """By name, number, nickname and former name."""
    assert (level, code) in places_of(reader, text)


@pytest.mark.parametrize(
    "text",
    [
        "le sens de la vie",
        "il y aura du monde",
        "a nice person",
        "j'ai 37 ans",
        "un gap énorme",
        "à la réunion de lundi",
        "je vais au nord",
        "Die Arbeit ist gut",
        "un salaire de 38000 euros",
        "une tarte au citron vert",
        "Job et vacances",
        "Ma Mer est bleue",
        "sauf Paris",
        "hors Lyon",
        "Je quitte Lille",
    ],
)
def test_everyday_words_amounts_and_refused_places_are_no_places(reader, text):
    """Communes named like words need a preposition and a capital; what is refused is not wanted."""
    assert not places_of(reader, text)


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("Je cherche à Saint-Denis (93)", "93066", "name_with_department"),
        ("Je cherche à Saint-Denis, Seine-Saint-Denis", "93066", "name_with_department"),
        ("Je cherche à Saint-Denis, près de Bobigny", "93066", "homonym_settled_by_department"),
        ("À Saint-Denis de La Réunion", "97411", "homonym_settled_by_region"),
        ("Je cherche à Montreuil, en IDF", "93048", "homonym_settled_by_region"),
        ("Je cherche à Vienne (38)", "38544", "name_with_department"),
    ],
)
def test_homonyms_are_settled_by_what_stands_around_them(reader, text, code, why):
    """A department beside the name, or places named elsewhere, choose among communes of one name."""
    found = places_of(reader, text)["commune", code]
    assert found.why == why
    assert found.confidence >= 0.5


def test_a_homonym_nothing_settles_stays_unsure(reader):
    """Two towns of like size: the larger is named with little confidence and the person is asked."""
    reading = reader.read("Je cherche un poste de comptable en CDI à Saint-Denis")
    assert [found.why for found in reading.places] == ["homonym_unsettled"]
    assert reading.places[0].confidence < 0.5
    assert reading.questions == ("place",)


def test_a_department_that_shares_its_name_with_a_commune_is_told_by_its_preposition(reader):
    """« en Mayenne » is the department, « à Mayenne » the commune."""
    assert ("department", "53") in places_of(reader, "un poste en Mayenne")
    assert ("commune", "53147") in places_of(reader, "un poste à Mayenne")


def test_several_places_are_kept_surest_first(reader):
    """Each place once, in the order of their confidence."""
    found = reader.read("Lyon, Villeurbanne ou Bron. Oui, à Lyon !").places
    assert {place.value.name for place in found} == {"Lyon", "Villeurbanne", "Bron"}
    assert found[0].value.name == "Lyon"


def test_a_surname_or_a_home_weighs_less_than_a_wish(reader):
    """« Paul Lyon » may be a person; one may want to leave where one lives."""
    found = places_of(reader, "Je m'appelle Paul Lyon, je vis à Tours et je cherche à Blois")
    assert found["commune", "41018"].confidence > 0.9
    assert found["commune", "69123"].confidence < 0.5
    assert ("commune", "37261") not in found


@pytest.mark.parametrize(
    ("text", "excluded", "current"),
    [
        ("partout sauf Paris", {"75056"}, set()),
        ("Nantes mais pas Rennes", {"35238"}, set()),
        ("je quitte Lille pour Tours", {"59350"}, set()),
        ("pas loin de Tours", set(), set()),
        ("j'habite Tours, je cherche à Blois", set(), {"37261"}),
        ("je suis en Allemagne et je cherche à Strasbourg", set(), {"DE"}),
    ],
)
def test_places_refused_and_places_lived_in_are_kept_apart(reader, text, excluded, current):
    """What is excluded or current is told as such, and not among what is wanted."""
    assert {code for _, code in places_of(reader, text, "places_excluded")} == excluded
    assert {code for _, code in places_of(reader, text, "places_current")} == current
    assert not {code for _, code in places_of(reader, text)} & (excluded | current)


def test_where_one_lives_counts_where_no_other_place_is_named(reader):
    """« J'habite Tours, je cherche un emploi » most likely means around Tours; it is less sure."""
    found = places_of(reader, "J'habite Tours et je cherche un emploi")["commune", "37261"]
    assert (found.why, found.confidence < 0.8) == ("where_one_lives", True)


@pytest.mark.parametrize(
    ("text", "code"), [("en Belgique", "BE"), ("à Genève", "CH"), ("au Luxembourg", "LU"), ("in Spain", "ES")]
)
def test_neighbouring_countries_are_countries(reader, text, code):
    """Border areas are told by their country's code, without a region."""
    found = places_of(reader, f"je cherche un poste {text}")["country", code].value
    assert found.region == ""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("dans le 35 ou le 22", {"35", "22"}),
        ("dans le 33, 40 et 64", {"33", "40", "64"}),
        ("pour le 12 mai", set()),
    ],
)
def test_a_list_of_departments_is_read_to_its_end(reader, text, codes):
    """Numbers that continue a list are departments, days of a month are not."""
    found = places_of(reader, f"Je cherche un poste de comptable {text}")
    assert {code for level, code in found if level == "department"} >= codes
    assert ("department", "12") not in found


def test_where_one_studied_weighs_little(reader):
    """A diploma's town is no wish."""
    found = places_of(reader, "Diplômé de l'université de Rennes, je cherche à Nantes")
    assert found["commune", "44109"].confidence > 0.8
    assert found["commune", "35238"].confidence < 0.5
