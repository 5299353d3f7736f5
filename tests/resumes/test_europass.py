"""Europass in and out: what one document says, the next one says again."""

from xml.etree import ElementTree

import pytest

from colibri.compute.resumes import Month, to_europass, understand
from colibri.resumes.reading import FILE_MOST, Problem, read_file
from tests.resumes.europass_files import CANDIDATE, PASSPORT, pdf_with
from tests.resumes.files import LINES, docx

EUROPASS = "{http://www.europass.eu/1.0}"


def test_a_document_of_the_portal_is_read_as_a_cv_is():
    read = read_file(CANDIDATE.encode())

    assert read.kind == "xml"
    assert read.links == ("https://exemple.fr/camille",)
    assert read.lines == (
        "Camille Martin", "camille.martin@exemple.fr", "+33 612345678", "Brest", "https://exemple.fr/camille",
        "Profil", "Soudeuse & chaudronnière.",
        "Expériences", "03/2019 - aujourd’hui : Soudeuse TIG - Chantiers du Ponant - Brest",
        "Coques en aluminium", "Équipe de six",
        "Formation", "2014 - 2016 : Bac professionnel chaudronnerie - Lycée de la Rade",
        "Compétences", "Lecture de plans",
        "Langues", "Français : langue maternelle", "Anglais : B1 à B2",
        "Centres d’intérêt", "Voile",
    )  # fmt: skip


def test_codes_are_put_into_the_words_of_the_documents_language_or_else_of_the_readers():
    english = CANDIDATE.replace('languageCode="fr"', 'languageCode="en"')
    lines = read_file(english.encode(), "fr").lines
    assert read_file(CANDIDATE.replace('languageCode="fr"', "").encode(), "en").lines == lines
    assert lines[5:] == (
        "Profile", "Soudeuse & chaudronnière.",
        "Experience", "03/2019 - today: Soudeuse TIG - Chantiers du Ponant - Brest",
        "Coques en aluminium", "Équipe de six",
        "Education", "2014 - 2016: Bac professionnel chaudronnerie - Lycée de la Rade",
        "Skills", "Lecture de plans",
        "Languages", "French: native", "English: B1 to B2",
        "Interests", "Voile",
    )  # fmt: skip
    assert understand(lines).languages == (("fr", "native"), ("en", "B1"))


def test_a_document_of_the_editor_before_is_read_too():
    understood = understand(read_file(PASSPORT.encode()).lines)

    assert understood.lines[0] == "Camille Martin"
    assert [(one.start, one.end) for one in understood.periods] == [
        (Month(2019, 3), Month(2023, 6)),
        (Month(2014), Month(2016)),
    ]
    assert understood.languages == (("fr", "langue maternelle"), ("en", "B1"))
    assert understood.personal == ("birth_date",), "told, so that it can be left out"


def test_of_a_pdf_the_document_it_carries_is_read():
    read = read_file(pdf_with(CANDIDATE.encode()))
    assert (read.kind, read.pages, read.lines[0]) == ("pdf", 1, "Camille Martin")


@pytest.mark.parametrize("attached", [b"<note/>", b"<Candidate>", b"no xml", b"<!DOCTYPE a><Candidate/>"])
def test_of_a_pdf_that_carries_something_else_the_pages_are_read(attached):
    assert read_file(pdf_with(attached)).lines == ("Ce que montre la page",)


@pytest.mark.parametrize("lines", [LINES, CANDIDATE, PASSPORT], ids=range(3))
def test_what_goes_out_comes_in_again_as_it_was(lines):
    first = understand(lines if isinstance(lines, tuple) else read_file(lines.encode()).lines)

    again = understand(read_file(to_europass(first)).lines)
    third = understand(read_file(to_europass(again)).lines)

    for cv in (again, third):
        assert cv.lines[0] == first.lines[0]
        assert (cv.emails, cv.phones, cv.links, cv.languages) == (
            first.emails, first.phones, first.links, first.languages,
        )  # fmt: skip
        assert [(one.start, one.end) for one in cv.periods] == [(one.start, one.end) for one in first.periods]
        assert [list(cv.text_of(part)) for part in cv.of("skills")] == [
            list(first.text_of(part)) for part in first.of("skills")
        ]
    assert again.lines == third.lines


def test_what_goes_out_has_its_parts_where_the_schema_has_them():
    root = ElementTree.fromstring(to_europass(understand(LINES)))

    assert root.tag == f"{EUROPASS}Candidate"
    assert [one.tag.rpartition("}")[2] for one in root] == [
        "DocumentID",
        "CandidatePerson",
        "CandidateProfile",
    ]
    held = root.find(f".//{EUROPASS}PositionTitle")
    assert held is not None
    assert held.text == "Soudeuse TIG, Chantiers du Ponant"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Candidate>&x;</Candidate>',
            "damaged",
        ),
        (b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Candidate>&b;</Candidate>', "damaged"),
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><Candidate/>'.encode("utf-16"), "wrong_type"),
        (b"<Candidate>", "damaged"),
        (b"<html><body>CV</body></html>", "wrong_type"),
        (b"<Candidate/>", "empty"),
        (b"<Candidate>" + b"<a>" * 200_000 + b"</a>" * 200_000 + b"</Candidate>", "empty too_heavy too_slow"),
        (b"<Candidate>" + b"x" * FILE_MOST, "too_big"),
    ],
    ids=["entity", "bomb", "utf-16", "cut", "page", "nothing", "deep", "big"],
)
def test_a_hostile_document_gets_a_clear_answer_and_the_next_one_is_read(content, problem):
    with pytest.raises(Problem) as met:
        read_file(content)
    assert met.value.name in problem.split()
    assert read_file(docx()).lines == LINES


def test_characters_no_xml_can_hold_are_left_out():
    again = read_file(to_europass(understand(["Camille Martin", "Compétences", "TIG\x00\x0b, MIG"])))
    assert again.lines[-1] == "TIG, MIG"
