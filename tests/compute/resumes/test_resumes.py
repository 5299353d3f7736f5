"""What is understood of a CV's text, and what would better it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.compute.resumes import (
    KINDS,
    Month,
    NotAResume,
    from_json_resume,
    gaps_between,
    look_at_resume,
    overlaps_between,
    to_json_resume,
    understand,
)
from colibri.compute.resumes.periods import period_in

TODAY = Month(2026, 11)
NAME = "cv-camille-martin-soudeuse.pdf"
LINES = (
    "Camille Martin",
    "camille.martin@exemple.fr - 06 12 34 56 78 - Brest",
    "Expériences professionnelles",
    "03/2019 - aujourd'hui Soudeuse TIG, Chantiers du Ponant",
    "Coques en aluminium, équipe de six",
    "09/2016 - 02/2019 Soudeuse, Ateliers Goëland",
    "Formation",
    "2014 - 2016 Bac professionnel chaudronnerie",
    "Langues",
    "Anglais B1, espagnol A2",
)


def kinds(lines=LINES, **file) -> set[str]:
    about = {"pages": 1, "images": 0, "columns": False, "size": 90_000, "name": NAME, **file}
    return {remark.kind for remark in look_at_resume(understand(lines), TODAY, **about)}


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("03/2019 - 06/2023 Soudeuse", Month(2019, 3), Month(2023, 6)),
        ("janv. 2019 – mars 2021", Month(2019, 1), Month(2021, 3)),
        ("De février 2019 à août 2020 : vente", Month(2019, 2), Month(2020, 8)),
        ("2016-2018", Month(2016), Month(2018)),
        ("Depuis septembre 2020", Month(2020, 9), None),
        ("2020 – aujourd’hui", Month(2020), None),
        ("Jan 2019 to present", Month(2019, 1), None),
        ("BTS, juin 2014", Month(2014, 6), Month(2014, 6)),
    ],
)
def test_a_period_is_read_as_people_write_it(line, start, end):
    period = period_in(line, 4)
    assert (period.start, period.end, period.line) == (start, end, 4)


@pytest.mark.parametrize(
    "line", ["Équipe de 2000 personnes et 12 camions", "06 12 34 56 78", "2023 - 2019", ""]
)
def test_what_is_no_period_is_not_read_as_one(line):
    period = period_in(line, 0)
    assert period is None or line.startswith("Équipe"), "a bare number of four digits may be a year"


def test_sections_contact_languages_and_periods_are_understood():
    resume = understand(LINES, ["https://exemple.fr/camille"])
    assert [section.kind for section in resume.sections] == ["head", "experience", "education", "languages"]
    assert resume.emails == ("camille.martin@exemple.fr",)
    assert resume.phones == ("06 12 34 56 78",)
    assert resume.links == ("https://exemple.fr/camille",)
    assert resume.languages == (("en", "B1"), ("es", "A2"))
    assert [str(period.start) for period in resume.periods] == ["2019-03", "2016-09", "2014"]


def test_a_gap_longer_than_half_a_year_is_found_and_a_shorter_one_is_not():
    def periods(*lines):
        return [period_in(line, number) for number, line in enumerate(lines)]

    assert gaps_between(periods("01/2019 - 06/2020", "02/2021 - 11/2026"), TODAY) == (
        (Month(2020, 7), Month(2021, 1)),
    )
    assert gaps_between(periods("01/2019 - 06/2020", "01/2021 - 11/2026"), TODAY) == ()
    assert gaps_between(periods("01/2019 - 03/2026"), TODAY) == ((Month(2026, 4), TODAY),)
    assert gaps_between(periods("2014", "2015 - 2026"), TODAY) == ()
    assert gaps_between((), TODAY) == ()


def test_two_jobs_at_once_are_found_and_two_in_one_year_are_not():
    def overlaps(*lines):
        return overlaps_between([period_in(line, 0) for line in lines], TODAY)

    assert len(overlaps("01/2019 - 06/2021", "03/2020 - 12/2022")) == 1
    assert overlaps("2018 - 2020", "2020 - 2022") == ()
    assert overlaps("01/2019 - 06/2020", "06/2020 - 12/2022") == ()


EXAMPLES = {
    "no_email": ((LINES[0], *LINES[2:]), {}),
    "no_phone": ((LINES[0], *LINES[2:]), {}),
    "no_experience": (tuple(line for line in LINES if "Exp" not in line), {}),
    "no_sections": (LINES[:2], {}),
    "personal": ((*LINES[:2], "Née le 12/03/1980", *LINES[2:]), {}),
    "age": ((*LINES[:2], "45 ans", *LINES[2:]), {}),
    "civil_status": ((*LINES[:2], "Mariée, 2 enfants", *LINES[2:]), {}),
    "photo": (LINES, {"images": 1}),
    "columns": (LINES, {"columns": True}),
    "long": (LINES, {"pages": 3}),
    "no_dates": ((*LINES[:3], "Soudeuse", *LINES[6:]), {}),
    "future": ((*LINES[:3], "01/2027 - 03/2028 Vente", *LINES[3:]), {}),
    "gap": ((*LINES[:3], "01/2012 - 03/2013 Vente", *LINES[3:]), {}),
    "overlap": ((*LINES[:3], "01/2020 - 03/2021 Vente", *LINES[3:]), {}),
    "file_name": (LINES, {"name": "CV final (2).pdf"}),
    "heavy": (LINES, {"size": 1_000_001}),
    "no_languages": (LINES[:-2], {}),
}
EDGES = {
    "age": (*LINES[:2], "Soudeuse, 25 ans d'expérience", *LINES[2:]),
    "civil_status": (*LINES[:5], "Animation pour 20 enfants", *LINES[5:]),
    "overlap": (*LINES[:3], "2014 Vente", *LINES[3:]),
    "gap": (*LINES[:3], "2014 Vente", *LINES[3:]),
}


def test_a_good_cv_gets_no_remark():
    assert kinds() == set()


@pytest.mark.parametrize("kind", KINDS)
def test_each_remark_is_made_where_it_is_deserved(kind):
    lines, file = EXAMPLES[kind]
    assert kind in kinds(lines, **file)


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("long", {"pages": 2}),
        ("heavy", {"size": 1_000_000}),
        ("file_name", {"name": "camille_martin_cv.docx"}),
        ("photo", {"images": 0}),
    ],
)
def test_a_file_just_at_the_edge_is_left_alone(kind, file):
    assert kind not in kinds(**file)


@pytest.mark.parametrize("kind", sorted(EDGES))
def test_words_just_at_the_edge_are_left_alone(kind):
    assert kind not in kinds(EDGES[kind])


def test_a_cv_goes_out_as_json_resume_and_comes_back_saying_the_same():
    first = understand(LINES, ["https://exemple.fr/camille"])
    document = to_json_resume(first)
    second = understand(from_json_resume(document))
    assert second.emails == first.emails
    assert second.links == first.links
    assert [(one.start, one.end) for one in second.periods] == [(one.start, one.end) for one in first.periods]
    assert dict(second.languages) == dict(first.languages)
    assert to_json_resume(second)["work"] == document["work"]


def test_a_json_resume_of_another_program_is_read():
    lines = from_json_resume(
        {
            "basics": {
                "name": "Camille Martin",
                "email": "c@exemple.fr",
                "profiles": [{"url": "https://e.fr/c"}],
            },
            "work": [
                {"name": "Ponant", "position": "Soudeuse", "startDate": "2019-03-01", "highlights": ["TIG"]}
            ],
            "languages": [{"language": "English", "fluency": "B1"}],
        }
    )
    resume = understand(lines)
    assert (resume.periods[0].start, resume.periods[0].end) == (Month(2019, 3), None)
    assert resume.languages == (("en", "B1"),)
    assert "TIG" in lines


def test_what_a_json_resume_leaves_unsaid_is_said_in_the_language_asked_for():
    document = {
        "basics": {"name": "Camille Martin", "summary": "Welder."},
        "work": [{"position": "Welder", "startDate": "2019-03"}],
        "education": [{"area": "Metalwork", "startDate": "2014", "endDate": "2016"}],
        "skills": [{"name": "TIG"}],
        "languages": [{"language": "French", "fluency": "Native"}],
        "interests": [{"name": "Sailing"}],
    }
    english, french = from_json_resume(document, "en"), from_json_resume(document, "fr")
    assert english == (
        "Camille Martin", "Profile", "Welder.", "Experience", "03/2019 - today: Welder",
        "Education", "2014 - 2016: Metalwork", "Skills", "TIG", "Languages", "French - Native",
        "Interests", "Sailing",
    )  # fmt: skip
    assert french[1:5] == ("Profil", "Welder.", "Expériences", "03/2019 - aujourd’hui : Welder")
    assert [one.kind for one in understand(english).sections] == [
        one.kind for one in understand(french).sections
    ]
    assert understand(english).periods == understand(french).periods
    assert to_json_resume(understand(english), "en")["languages"] == [
        {"language": "French", "fluency": "Native"}
    ]


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ([], "basics"),
        ({}, "basics"),
        ({"basics": {"email": 3}}, "email"),
        ({"basics": {}, "work": {}}, "work"),
        ({"basics": {}, "work": ["x"]}, "work"),
        ({"basics": {}, "work": [{"highlights": [3]}]}, "highlights"),
        ({"basics": {"profiles": "x"}}, "profiles"),
    ],
)
def test_what_is_no_json_resume_is_told_with_the_place(document, where):
    with pytest.raises(NotAResume, match=where):
        from_json_resume(document)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*LINES, "2019", "01/2019 - 12/2018", "é" * 300, "", "Langues", "99/2020", "depuis 1999"]
        )
    )
)
def test_nothing_written_breaks_the_reading(lines):
    resume = understand(lines)
    for remark in look_at_resume(resume, TODAY, pages=1, images=0, columns=False, size=1, name=""):
        assert remark.kind in KINDS
    from_json_resume(to_json_resume(resume))
