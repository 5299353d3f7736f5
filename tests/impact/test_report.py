"""Reports of a month and of a year: to read, as a table, and as a PDF that is read back."""

import csv
import io
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from colibri.common.printing import print_page
from colibri.impact.actions import make_edition
from colibri.impact.models import Edition
from colibri.impact.queries.figures import kinds_told
from colibri.impact.queries.report import report_of
from tests.impact.crowd import collective_named, searches_of
from tests.impact.test_figures import place

__all__ = ["place"]  # the same collective

pytestmark = pytest.mark.django_db


def get(address: str, language: str = "fr"):
    return Client(headers={"Accept-Language": language}).get(f"/c/hirondelles/report/{address}")


def test_a_year_adds_up_what_its_months_told(place):
    words = get("2026/").content.decode()

    assert "430 personnes ont commencé à être relayées" in words.replace("\xa0", " ")
    assert "Auvergne-Rhône-Alpes" in words
    assert "les autres, réunis" in words
    assert "Aalen et Johansen" in words


def test_the_parts_of_a_table_are_the_whole_and_what_is_not_named_stands_last(place):
    collective = collective_named("sittelles")
    for month, found in ((1, 12), (2, 24)):
        ends = ["found_here"] * (found // 2) + ["training"] * (found - found // 2)
        searches_of(collective, date(2026, month, 1), [("84", "K1202", kind, 1) for kind in ends])
        make_edition(Edition.objects.create(collective=collective, month=date(2026, month, 1)))

    with translation.override("en"):
        report, kinds = report_of(collective, "2026"), kinds_told(collective)

    assert report is not None
    assert report.told == 36
    assert report.kinds[-1] == ("in months told without detail", 12)
    assert sum(number for _kind, number in report.kinds) == report.told
    assert kinds == report.kinds


def test_a_month_tells_what_its_own_edition_told(place):
    month = get("2026-10/").content.decode()
    assert "<title>Rapport, octobre 2026" in month
    listed = Client().get("/c/hirondelles/figures/").content.decode()
    assert listed.index('report/2026/">Rapport, 2026') < listed.index("Rapport, octobre 2026")
    for unknown in ("2025", "2026-13", "2026-1", "moon"):
        assert get(f"{unknown}/").status_code == 404
    assert get("2026.doc").status_code == 404


def test_the_table_is_the_open_data_of_the_period(place):
    rows = list(csv.DictReader(io.StringIO(get("2026.csv").content.decode())))
    everything = Client().get("/c/hirondelles/figures/open.csv").content.decode()

    assert {row["measure"] for row in rows} >= {
        "searches",
        "outcomes",
        "back_at_work",
        "back_at_work_silence",
    }
    assert rows == list(csv.DictReader(io.StringIO(everything)))


@pytest.fixture
def pdf(place):
    cache.clear()
    answer = get("2026.pdf")
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def tagged(element, found=None) -> list[tuple[str, object]]:
    """Every element of the structure in reading order: its kind and the element."""
    found = [] if found is None else found
    element = element.get_object()
    if hasattr(element, "get") and "/S" in element:
        found.append((element["/S"], element))
    children = element.get("/K", []) if hasattr(element, "get") else []
    for child in children if isinstance(children, list) else [children]:
        if hasattr(child.get_object(), "get"):
            tagged(child, found)
    return found


def test_the_pdf_is_tagged_for_everybody(pdf):
    """PDF/UA: marked, with a language and a title that is shown, and says that it is PDF/UA-1."""
    root = pdf.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == "Hirondelles · Rapport, 2026"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_the_pdf_is_read_in_the_order_of_the_page(pdf):
    """Headings one after the other, tables with their heads; the text stands as on the page."""
    kinds = [kind for kind, _element in tagged(pdf.trailer["/Root"]["/StructTreeRoot"])]
    assert kinds.count("/H1") == 1
    headings = [kind for kind in kinds if kind in ("/H1", "/H2", "/H3")]
    assert headings[:2] == ["/H1", "/H2"]
    assert kinds.count("/Table") >= 2
    assert kinds.count("/TH") >= 8

    text = " ".join("\n".join(one.extract_text() for one in pdf.pages).split())
    expected = [
        "Hirondelles en 2026",
        "De retour à l’emploi dans les six mois",
        "Recherches",
        "Région",
        "Ce que les recherches sont devenues",
        "Comment les chiffres sont faits",
    ]
    places = [text.index(words) for words in expected]
    assert places == sorted(places)


def test_the_drawing_says_in_words_what_it_shows(pdf):
    figures = [one for kind, one in tagged(pdf.trailer["/Root"]["/StructTreeRoot"]) if kind == "/Figure"]

    assert len(figures) == 2
    assert "si toutes avaient trouvé" in figures[0]["/Alt"]
    assert "recherches" in figures[1]["/Alt"]


def test_the_pdf_speaks_english_too(place):
    cache.clear()
    reader = PdfReader(io.BytesIO(get("2026.pdf", "en").content))

    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert "How the figures are made" in "".join(one.extract_text() for one in reader.pages)


def test_nothing_is_fetched_for_print(tmp_path):
    """A picture from the web or from this machine stays out."""
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>secret</text></svg>')
    made = print_page(
        f'<html lang="en"><title>t</title><h1>Kept</h1><img alt="no" src="{secret.as_uri()}">'
        '<img alt="no" src="http://127.0.0.1:9/x.png"></html>'
    )
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(made)).pages)

    assert "Kept" in text
    assert "secret" not in text
