"""Taking stock: what one can do, the trades close to it with what is missing, exported; who teaches it."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from colibri.programme.models import Ability, Skill, Trade, TrainingBody
from tests.sample_world import account

TABLE = """Code ROME;Métier;Compétence
F1602;Électricité bâtiment;Câbler un tableau électrique
F1602;Électricité bâtiment;Lire un plan
F1602;Électricité bâtiment;Poser des goulottes
F1607;Pose de fermetures menuisées;Lire un plan
F1607;Pose de fermetures menuisées;Poser une fenêtre
J1501;Soins d'hygiène;Écouter une personne
"""
PAGE = "/c/hirondelles/skills/"
BODIES = """Nom;Région;Vu le;Formations;Ville;Site;Sans diplôme
L'Atelier du câble;Bretagne;2026-11-02;Électricité;Brest;https://atelier.example;oui
École du plan;53;03/11/2026;Dessin;Rennes;;non
Sait-on;Normandie;2026-11-02;;Caen;;
"""


@pytest.fixture
def operator(room):
    return room.browser(account("operator", operator=True))


def reads(operator, table: str):
    return operator.post("/skills/table/", {"table": table}, follow=True)


def test_without_the_table_what_is_known_of_trades_is_unknown_and_said(room):
    ana = room.browser(room.person("ana"))
    ana.post(PAGE, {"words": "Câbler un tableau électrique", "level": "3"})
    page = ana.get(PAGE).content.decode()

    assert "n’est pas sur ce serveur" in page
    assert "inconnue du tableau" in page
    assert "Métiers proches" not in page


def test_trades_close_to_it_are_explained(room, operator):
    assert "3 métiers et 5 compétences" in reads(operator, TABLE).content.decode()
    ana = room.browser(room.person("ana"))
    found = ana.get(PAGE, {"q": "CABLER tableau"}).content.decode()
    skill = Skill.objects.get(label="Câbler un tableau électrique")
    assert f'value="{skill.pk}"' in found
    plan = Skill.objects.get(label="Lire un plan")
    assert (skill.spread, plan.spread) == (1, 2)
    ana.post(PAGE, {"q": "cabler", "skills": [skill.pk], "level": "3"})
    ana.post(PAGE, {"q": "plan", "skills": [plan.pk], "level": "2"})

    page = ana.get(PAGE).content.decode()
    near, far = page.index("Électricité bâtiment"), page.index("Pose de fermetures")
    assert near < far
    assert "Poser des goulottes" in page
    assert "1 compétence manque" in page
    assert "Soins d" not in page


def test_nothing_typed_is_lost_and_nothing_of_others_is_touched(room, operator):
    reads(operator, TABLE)
    ana, bo = room.browser(room.person("ana")), room.browser(room.person("bo"))
    empty = ana.post(PAGE, {"q": "plan", "level": "2"})
    assert empty.status_code == 422
    assert 'value="plan"' in empty.content.decode()
    wrong = ana.post(PAGE, {"words": "Souder", "level": "9"})
    assert wrong.status_code == 422
    assert "Souder" in wrong.content.decode()
    ana.post(PAGE, {"words": "Souder", "level": "1"})
    mine = Ability.objects.get()
    assert bo.post(f"{PAGE}{mine.pk}/forget/").status_code == 404
    assert "Souder" not in bo.get(PAGE).content.decode()
    ana.post(f"{PAGE}{mine.pk}/forget/")
    assert not Ability.objects.exists()


def test_it_is_exported_as_json_resume(room):
    ana = room.person("ana")
    room.browser(ana).post(PAGE, {"words": "Écouter une personne", "level": "3"})
    found = json.loads(room.browser(ana).get("/skills/resume.json").content)

    assert found["basics"] == {"name": "ana", "email": "ana@example.org"}
    assert found["skills"] == [{"name": "Écouter une personne", "level": "Master", "keywords": []}]
    assert room.browser(None).get("/skills/resume.json").status_code == 302


def test_a_newer_table_takes_the_place_and_keeps_what_people_noted(room, operator):
    reads(operator, TABLE)
    ana = room.browser(room.person("ana"))
    for label in ("Lire un plan", "Poser une fenêtre"):
        ana.post(PAGE, {"skills": [Skill.objects.get(label=label).pk], "q": label, "level": "2"})
    reads(operator, "rome,skill\nF1602,Lire un plan\nF1602,Autre chose\n")

    assert Trade.objects.get().skills.count() == 2
    assert dict(Ability.objects.values_list("words", "skill__label")) == {
        "Lire un plan": "Lire un plan",
        "Poser une fenêtre": None,
    }


def test_a_faulty_table_changes_nothing(room, operator):
    reads(operator, TABLE)
    page = reads(operator, TABLE + "X9;a;b\nF1602;;\n")

    assert page.status_code == 422
    assert "Ligne 8" in page.content.decode()
    assert Trade.objects.count() == 3
    assert room.browser(room.animator).post("/skills/table/", {"table": TABLE}).status_code == 403


def test_training_bodies_by_region_with_their_freshness(room):
    animator = room.browser(room.animator)
    file = SimpleUploadedFile("organismes.csv", BODIES.encode("cp1252"))
    animator.post("/c/hirondelles/training/table/", {"file": file})
    assert TrainingBody.objects.count() == 3
    page = room.browser(None).get("/c/hirondelles/training/", {"region": "53"}).content.decode()
    assert "Atelier du câble" in page
    assert "vu le 2 novembre 2026" in page
    assert "École du plan" in page
    assert "Sait-on" not in page
    assert "on ne sait pas" in room.browser(None).get("/c/hirondelles/training/").content.decode()
    free = room.browser(None).get("/c/hirondelles/training/?diploma=no&region=53").content.decode()
    assert "Atelier du câble" in free
    assert "École du plan" not in free
    assert room.browser(None).get("/c/hirondelles/training/?region=zz").status_code == 404


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A;Atlantide;2026-11-02;;;;", "Atlantide"),
        ("A;Bretagne;hier;;;;", "hier"),
        ("A;Bretagne;2026-11-02;;;javascript:x;", "javascript:x"),
        (";Bretagne;2026-11-02;;;;", "Ligne 5"),
        ("École du plan;53;2026-11-03;;Rennes;;", "identique à la ligne 3"),
    ],
)
def test_a_faulty_line_of_the_directory_is_named_and_nothing_changes(room, line, said):
    animator = room.browser(room.animator)
    page = animator.post("/c/hirondelles/training/table/", {"table": BODIES + line})

    assert page.status_code == 422
    assert said in page.content.decode().replace("\u00a0", " ")
    assert "Atelier du câble" in page.content.decode()  # what was pasted stays
    assert not TrainingBody.objects.exists()


def test_only_animators_replace_the_directory(room):
    for who, status in ((room.host, 403), (room.person("ana"), 403), (None, 302)):
        answer = room.browser(who).post("/c/hirondelles/training/table/", {"table": BODIES})
        assert answer.status_code == status
