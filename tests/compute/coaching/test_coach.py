"""The coach: each remark with a text that deserves it, one that does not, and one just at the edge."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.compute.coaching import KINDS, changed

TAG = "#i4emploiR"
GOOD = f"Soudeuse, dix ans de chantier naval, je cherche un CDI à Brest. Répondez ici ou en message. {TAG}"
THIRTY = " ".join(["mot"] * 24)

# For each kind a text that deserves it, one that does not, and one at the edge.
EXAMPLES = {
    "unfilled": [
        (f"{GOOD} Je sais ___ et ____.", True),
        (GOOD, False),
        (f"{GOOD} Mon pseudo : ana__b, [CV] et …", False),
    ],
    "personal_data": [
        (f"{GOOD} Tél : 06 12 34 56 78.", True),
        (GOOD, False),
        (f"{GOOD} Équipe de 12 personnes, 3 500 clients, depuis 2015.", False),
    ],
    "no_trade": [
        (f"Je cherche un CDI à Brest, très motivée, écrivez-moi. {TAG}", True),
        (GOOD, False),
        (f"Je cherche un poste de soudeuse, CDI, Brest. {TAG}", False),
    ],
    "no_place": [
        (f"Soudeuse, dix ans de chantier, je cherche un CDI, écrivez-moi. {TAG}", True),
        (GOOD, False),
        (f"Développeuse, je cherche un CDI en télétravail, écrivez-moi. {TAG}", False),
    ],
    "no_contract": [
        (f"Soudeuse, dix ans de chantier, je cherche un poste à Brest. {TAG}", True),
        (GOOD, False),
        (f"Soudeuse, dix ans de chantier, mission d'intérim à Brest. {TAG}", False),
    ],
    "no_contact": [
        (f"Soudeuse, dix ans de chantier naval, je cherche un CDI à Brest. {TAG}", True),
        (GOOD, False),
        (f"Soudeuse, je cherche un CDI à Brest. https://exemple.fr/cv {TAG}", False),
    ],
    "no_seekers_tag": [
        (GOOD.replace(TAG, ""), True),
        (GOOD, False),
        (GOOD.replace(TAG, "#I4EMPLOIR"), False),
    ],
    "date_over": [
        (f"{GOOD} Disponible à partir du 2 novembre 2026.", True),
        (f"{GOOD} Diplômée le 2 novembre 2025.", False),
        (f"{GOOD} Disponible à partir du 26 novembre 2026.", False),
    ],
    "apology": [
        (f"Désolée de vous déranger, {GOOD}", True),
        (GOOD, False),
        (f"{GOOD} Je me permets de le dire : j'aime ce métier.", False),
    ],
    "capitals": [
        (f"JE CHERCHE UN CDI DE SOUDEUSE, écrivez-moi à Brest. {TAG}", True),
        (GOOD, False),
        (f"Soudeuse TIG/MIG, licence QUALIF, je cherche un CDI à BREST, écrivez-moi. {TAG}", False),
    ],
    "long_sentence": [
        (f"Soudeuse à Brest, je cherche un CDI, {THIRTY} {TAG}", True),  # 31 words
        (GOOD, False),
        (f"Soudeuse à Brest, je cherche CDI, {THIRTY} {TAG}", False),  # 30
    ],
    "hashtag_case": [
        (f"{GOOD} #chefdeprojet", True),
        (f"{GOOD} #ChefDeProjet #soudure", False),
        (f"{GOOD} #recrutement #Alternance #télétravail", False),
    ],
    "many_hashtags": [
        (f"{GOOD} #Un1 #Deux2 #Trois3 #Quatre4 #Cinq5", True),
        (GOOD, False),
        (f"{GOOD} #Un1 #Deux2 #Trois3 #Quatre4", False),
    ],
    "tracker": [
        (f"{GOOD} https://exemple.fr/cv?utm_source=reseau&page=2", True),
        (f"{GOOD} https://exemple.fr/cv?page=2", False),
        (f"{GOOD} https://exemple.fr/utm_source=reseau?utm=1", False),
    ],
    "hidden_link": [
        (f"{GOOD} https://bit.ly/3abcde", True),
        (f"{GOOD} https://exemple.fr/cv", False),
        (f"{GOOD} https://habit.ly/3abcde", False),
    ],
    "jargon": [
        (f"{GOOD} Force de proposition.", True),
        (GOOD, False),
        (f"{GOOD} J'ai la force de porter une proposition.", False),
    ],
    "date_passes": [
        (f"{GOOD} Disponible dès lundi prochain.", True),
        (f"{GOOD} Disponible à partir du 15 mars 2027.", False),
        (f"{GOOD} Disponible à partir du 26 décembre 2026.", False),  # just when it is asked about again
    ],
    "too_short": [
        (f"Soudeuse, CDI, Brest {TAG}", True),
        (GOOD, False),
        (f"Soudeuse, je cherche un CDI à Brest, écrivez-moi {TAG}", False),
    ],
}


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_a_remark_is_made_where_it_is_deserved_and_nowhere_else(look, kind):
    for text, deserved in EXAMPLES[kind]:
        made = {remark.kind for remark in look(text)}
        assert (kind in made) == deserved, text


def test_every_kind_has_its_three_examples():
    assert set(EXAMPLES) | {"too_long", "no_alt_text"} == set(KINDS)  # these two are told by networks: below
    assert {len(examples) for examples in EXAMPLES.values()} == {3}


def test_a_good_message_gets_no_remark_at_all(look):
    assert look(GOOD) == ()


def test_what_does_not_fit_a_network_is_marked_and_what_just_fits_is_not(look):
    (remark,) = look(GOOD, ends={"Bluesky": 40})
    assert (remark.kind, remark.about, remark.spans) == ("too_long", "Bluesky", ((40, len(GOOD)),))
    assert look(GOOD, ends={}) == ()


@pytest.mark.parametrize(("images", "made"), [(2, True), (0, False), (1, True)])
def test_images_without_a_description_are_told(look, images, made):
    assert any(remark.kind == "no_alt_text" for remark in look(GOOD, undescribed=images)) == made


def test_somebody_who_can_be_reached_beside_the_message_need_not_say_how(look):
    text = EXAMPLES["no_contact"][0][0]
    assert look(text, reachable=True) == ()


def test_the_most_useful_remark_comes_first(look):
    text = "Malheureusement je cherche un travail, 06 12 34 56 78, force de proposition #chefdeprojet"
    kinds = [remark.kind for remark in look(text)]
    assert kinds[0] == "personal_data"
    assert kinds == sorted(kinds, key=KINDS.index)


@pytest.mark.parametrize(
    ("text", "kind", "after"),
    [
        ("Soudeuse à Brest. Tél : 06 12 34 56 78. Merci", "personal_data", "Soudeuse à Brest. Merci"),
        ("Soudeuse (06 12 34 56 78) à Brest", "personal_data", "Soudeuse à Brest"),
        ("Écrivez à ana@exemple.fr ou ici", "personal_data", "Ou ici"),
        (f"Soudeuse à Brest {TAG}", "no_contract", f"Soudeuse à Brest. Contrat : CDI. {TAG}"),
        ("Soudeuse https://exemple.fr/", "no_contract", "Soudeuse https://exemple.fr/\nContrat : CDI."),
        ("Soudeuse à Brest", "no_seekers_tag", f"Soudeuse à Brest\n{TAG}"),
        ("Soudeuse #Brest", "no_seekers_tag", f"Soudeuse #Brest {TAG}"),
        ("Désolée de vous déranger, je soude", "apology", "Je soude"),
        ("Je cherche, à tout hasard, un CDI", "apology", "Je cherche, un CDI"),
        ("JE CHERCHE UN CDI À BREST DEPUIS MARS", "capitals", "Je cherche un CDI à Brest depuis mars"),
        ("#i4emploir #chefdeprojet", "hashtag_case", "#i4emploiR #ChefDeProjet"),
        ("#CHEFDEPROJET", "hashtag_case", "#ChefDeProjet"),
        ("Un #A1 dit : #B2 #C3 #D4 #E5 #F6", "many_hashtags", "Un #A1 dit : #B2 #C3 #D4 #E5"),
        (f"#A1 #B2 #C3 #D4 #E5 pour vous {TAG}", "many_hashtags", f"#A1 #B2 #C3 #D4 E5 pour vous {TAG}"),
        ("https://e.fr/?fbclid=1#haut", "tracker", "https://e.fr/#haut"),
        ("https://e.fr/?a=1&utm_medium=x&b=2.", "tracker", "https://e.fr/?a=1&b=2."),
        ("Un nouveau challenge", "jargon", "Un nouveau poste"),
    ],
)
def test_a_change_writes_what_it_says_and_nothing_else(look, text, kind, after):
    remark = next(remark for remark in look(text) if remark.kind == kind)
    assert changed(text, remark.changes[0]) == after


def test_what_was_mended_is_not_remarked_again(look):
    for kind, examples in EXAMPLES.items():
        text = examples[0][0]
        for remark in look(text):
            for change in remark.changes:
                kinds = [again.kind for again in look(changed(text, change))]
                assert kinds.count(remark.kind) < [one.kind for one in look(text)].count(remark.kind), (
                    kind,
                    text,
                )


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "#ab",
                "#chefdeprojet",
                "CDI",
                " ",
                "\n",
                ".",
                "06 12 34 56 78",
                "JE CHERCHE",
                "à",
                "É",
                "😀",
                "́",
            ]
            + [
                "https://e.fr/?utm_a=1",
                "demain",
                "dès mars",
                "#",
                "(",
                "œ",
                "malheureusement",
                "asap",
                "\u202e",
            ]
        )
    ).map("".join)
)
def test_whatever_the_text_spans_and_edits_lie_inside_it_and_apart(look, text):
    for remark in look(text, ends={"Bluesky": min(3, len(text))}):
        assert remark.kind in KINDS
        assert all(0 <= start <= end <= len(text) for start, end in remark.spans)
        for change in remark.changes:
            edits = sorted(change.edits, key=lambda edit: edit.start)
            assert all(0 <= edit.start <= edit.end <= len(text) for edit in edits)
            assert all(one.end <= two.start for one, two in pairwise(edits))
            changed(text, change)
