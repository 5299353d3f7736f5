"""The official titles, with their ESCO occupations where the crosswalk is there."""

from colibri.reference import Title
from colibri.reference.official import SOURCES, Store, titles_of

URI = "http://data.europa.eu/esco/occupation/{}"
ROME = {
    "codes": [{"code": "D1102", "label": "Boulanger / Boulangère"}],
    "titles": [{"title": "11", "code": "D1102", "label": "Tourier / Tourière"}],
}
PAIRS = [("exactMatch", "a"), ("skos:closeMatch", "b"), ("skos:broadMatch", "c")]


def test_titles_come_with_the_occupations_they_are_the_same_as(tmp_path):
    """Nothing without ROME; no URI without the crosswalk; broader occupations are not the person's."""
    store = Store(tmp_path)
    assert titles_of(store) == ()
    store.keep(SOURCES["rome"], ROME, version="460", read_at="")
    assert titles_of(store) == (Title("D1102", "Boulanger / Boulangère", "Tourier / Tourière"),)
    pairs = [{"title": "11", "uri": URI.format(last), "relation": relation} for relation, last in PAIRS]
    store.keep(SOURCES["crosswalk"], {"pairs": pairs}, version="", read_at="")
    assert titles_of(store)[0].esco == (URI.format("a"), URI.format("b"))


def test_damaged_titles_are_not_there(tmp_path):
    """A reader starts without them rather than with half of them."""
    store = Store(tmp_path)
    store.keep(SOURCES["rome"], ROME, version="460", read_at="")
    next(tmp_path.glob("rome/v-*/rows.json.gz")).write_bytes(b"half")
    assert titles_of(store) == ()
