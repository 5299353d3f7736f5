"""Search, offer or something else."""

import pytest


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Je cherche un emploi", "search"),
        ("je suis à la recherche d'un poste", "search"),
        ("Développeuse cherche CDI", "search"),
        ("I'm looking for a new job", "search"),
        ("Looking for a nurse position", "search"),
        ("Si vous recrutez une comptable, je cherche un poste", "search"),
        ("Anyone know of openings for a cook?", "search"),
        ("Recherche emploi de secrétaire", "search"),
        ("Je cherche à recruter une cuisinière", "offer"),
        ("Nous recrutons !", "offer"),
        ("Restaurant cherche serveuse", "offer"),
        ("Notre équipe recherche un développeur pour un poste en CDI", "offer"),
        ("We are looking for a nurse", "offer"),
        ("Offre d'emploi : boulanger H/F", "offer"),
        ("Mon cousin cherche un emploi", "other"),
        ("My sister is looking for a job", "other"),
        ("J'ai trouvé un poste, merci à tous", "other"),
        ("Je ne cherche plus d'emploi", "other"),
        ("Je ne cherche pas d'emploi", "other"),
        ("Je cherche mes clés", "other"),
        ("Le taux de chômage baisse", "other"),
        ("Merci à tous pour vos messages", "other"),
        ("Signez la pétition pour sauver la maternité", "cause"),
        ("Nous cherchons des bénévoles pour la collecte de samedi", "cause"),
        ("Please donate to the food bank", "cause"),
        ("Gagnez 900 € par jour depuis chez vous, frais de dossier 50 €", "abuse"),
        ("Earn money fast, no experience needed, text me on Telegram", "abuse"),
        ("Bande de feignasses, allez bosser", "abuse"),
    ],
)
def test_the_kind_follows_who_asks_and_for_what(reader, text, kind):
    """The verb alone says little: its subject and its object decide."""
    assert reader.read(text).kind.value == kind


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Je cherche un emploi", "phrase_search"),
        ("#OpenToWork", "hashtag"),
        ("Nous recrutons", "phrase_offer"),
        ("J'ai trouvé un emploi !", "phrase_found"),
        ("Mon frère cherche un emploi", "phrase_relay"),
        ("Merci à tous !", "phrase_thanks"),
        ("Le taux de chômage baisse selon l'Insee", "phrase_news"),
        ("Bonjour", "nothing_found"),
        ("Signez la pétition", "phrase_cause"),
        ("Frais de visa à verser par Western Union", "phrase_abuse"),
        ("Merci de ne pas relayer", "asks_not_to"),
        ("Fleuriste, Dijon, CDI", "overall"),
    ],
)
def test_the_reason_names_the_sign(reader, text, why):
    """Pages tell the person why."""
    assert reader.read(text).kind.why == why


def test_signs_of_both_lower_the_confidence(reader):
    """A text that both searches and offers is not claimed to be either."""
    kind = reader.read("Je cherche un emploi et nous recrutons").kind
    assert kind.why == "search_and_offer"
    assert kind.confidence < 0.6


def test_a_shorter_phrase_inside_a_plainer_one_takes_nothing_away(reader):
    """« recherche emploi » is a hint as a noun; as a verb with its object it is a plain search."""
    assert reader.read("Recherche emploi secrétaire").kind.confidence >= 0.8


def test_more_signs_give_more_confidence(reader):
    """Each further sign of the same kind adds to it, below certainty."""
    texts = [
        "Je cherche un poste",
        "Je cherche un poste #OpenToWork",
        "Je cherche un poste, en recherche active #OpenToWork",
    ]
    sureness = [reader.read(text).kind.confidence for text in texts]
    assert sureness == sorted(sureness)
    assert sureness[0] < sureness[-1] < 1.0
