"""A text without what tells whose it is."""

import json
import re
from pathlib import Path

import pytest

from colibri.compute.reading import MASK, claims

HERE = Path(__file__).parent
SMALL = {"mme", "mlle", "pr", "maître", "et", "de", "la"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Comptable à Lyon, 06 12 34 56 78, CDI.", f"Comptable à Lyon, {MASK}, CDI."),
        ("Écrivez à lou@example.org ou @lou@mastodon.example.", f"Écrivez à {MASK} ou {MASK}"),
        ("Mon site https://example.org/lou?x=1 et www.example.org", f"Mon site {MASK} et {MASK}"),
        ("Je m'appelle Lou Martin et je cherche un CDI", f"Je m'appelle {MASK} et je cherche un CDI"),
        ("Soudeuse, née le 3 mai 1990, 12 rue des Lilas", f"Soudeuse, {MASK}, {MASK}"),
    ],
)
def test_what_leads_to_somebody_is_masked_and_the_rest_stays(reader, text, left):
    assert reader.masked(text) == left


def test_the_names_given_are_masked_wherever_they_stand(reader):
    text = "Moi c'est lou, Lou Martin : comptable. Un loup n'est pas Lou."
    assert reader.masked(text, ["Lou Martin"]) == (
        f"Moi c'est {MASK}, {MASK} : comptable. Un loup n'est pas {MASK}."
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Comptable à Lyon, 8 ans d'expérience, CDI ou CDD.",
        "أبحث عن عمل",
        "Contactez-moi en privé. Contact : Messages ouverts",
        "Contactez la mairie de Saint-Denis ou le Service Commercial",
        "Madame, Monsieur, je maîtrise Excel et je vis à Nancy.",
        "CHERCHE CDI DE COMPTABLE À LYON, MERCI DE PARTAGER",
        "Hello, I'm an electrician. Contact me, thanks to you all!",
        "madame, monsieur, je cherche un poste de vendeuse à Brest",
        "bonjour madame recherche emploi à Nantes, monsieur le directeur",
        "moi c'est la vente qui me plaît, moi c'est boulanger, moi c'est brest",
        "je m'appelle pas encore chef mais je cherche un cdi",
        "Belle Opportunité à Lyon. Cela m'a plu. Jeune Retraité cherche à Pau.",
        "Comptable, mon métier. Saint-Nazaire, ma ville. Super Motivé recherche alternance.",
        "Aide Soignante diplômée cherche poste. Aidez-nous à Lille. Votre nom est gardé.",
    ],
)
def test_a_text_that_names_nobody_stays_as_it_is(reader, text):
    assert reader.masked(text, ["", "Al"]) == text


def named(file: str) -> list[tuple[str, list[str]]]:
    """Each text, and the words of the names in it."""
    lines = [line for line in (HERE / file).read_text().splitlines() if not line.startswith("#")]
    return [
        (
            re.sub("[{}]", "", line),
            [
                word
                for name in re.findall(r"\{(.*?)\}", line)
                for word in re.findall(r"\w+", name)
                if word.lower() not in SMALL
            ],
        )
        for line in lines
    ]


@pytest.mark.parametrize(("text", "words"), named("named.txt"))
def test_another_persons_name_is_masked_wherever_it_stands(reader, text, words):
    left = reader.masked(text)
    assert not [word for word in words if re.search(rf"\b{word}\b", left)]
    assert len(left) > len(text) / 3, "the rest stays"


@pytest.mark.parametrize(
    ("file", "number", "least"), [("named_aside.txt", 68, 0.95), ("named_rare.txt", 38, 0.9)]
)
def test_of_names_in_texts_never_tuned_on_nearly_all_are_masked(reader, file, number, least):
    met = [
        re.search(rf"\b{word}\b", reader.masked(text)) is None
        for text, words in named(file)
        for word in words
    ]
    assert len(met) == number
    assert sum(met) / len(met) >= least


def test_what_a_text_says_of_a_search_is_read_from_it_masked_as_before(reader):
    posts = [json.loads(line)["text"] for line in (HERE / "posts.jsonl").read_text().splitlines()]

    def said(text: str) -> dict[str, object]:
        return {field: value for field, value in claims(reader.read(text)).items() if field != "personal"}

    kept = [said(reader.masked(text)) == said(text) for text in posts]
    assert sum(kept) / len(kept) >= 0.99
