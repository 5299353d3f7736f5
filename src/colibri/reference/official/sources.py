"""What each official source is made of: its files, its columns, and what must hold of them."""

from dataclasses import dataclass

__all__ = ["SOURCES", "Column", "Source", "Table"]

ROME = r"[A-N]\d{4}"
NUMBER = r"\d{1,8}"
COMMUNE = r"(?:\d{2}|2[AB])\d{3}"
ESCO = r"http://data\.europa\.eu/esco/[\w/.-]+"
ANY = r"(?s:.+)"
MAYBE = r"(?s:.*)"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by our name: the headings it goes by, and the pattern every value has."""

    name: str
    headings: tuple[str, ...]
    pattern: str = ANY


@dataclass(frozen=True, slots=True)
class Table:
    """One table: words of which a file's name holds one, its columns, how many rows it has at least.

    `keep` restricts rows to those whose column has one of some values.
    """

    name: str
    files: tuple[str, ...]
    columns: tuple[Column, ...]
    least: int
    keep: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A source: its tables, where it is published, and the address it can be fetched from.

    `address` is empty where there is no lasting one or where it asks for a form: the operator fetches the
    files and hands them over. `tried` tells whether the real files have been read.
    """

    name: str
    title: str
    page: str
    tables: tuple[Table, ...]
    address: str = ""
    tried: bool = False


def _esco(language: str) -> Source:
    columns = (
        Column("uri", ("conceptUri",), ESCO),
        Column("isco", ("iscoGroup",), r"C?\d{1,4}"),
        Column("label", ("preferredLabel",)),
        Column("other_labels", ("altLabels",), MAYBE),
    )
    table = Table("occupations", (f"occupations_{language}",), columns, 2_500)
    page = "https://esco.ec.europa.eu/en/use-esco/download"
    return Source(f"esco_{language}", f"ESCO occupations ({language})", page, (table,))


SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Source(
            "rome",
            "ROME 4.0",
            "https://www.data.gouv.fr/fr/datasets/repertoire-operationnel-des-metiers-et-des-emplois-rome/",
            (
                Table(
                    "codes",
                    ("code_rome", "codes_v"),
                    (Column("code", ("code_rome",), ROME), Column("label", ("libelle_rome",))),
                    500,
                ),
                Table(
                    "titles",
                    ("appellation",),
                    (
                        Column("title", ("code_ogr",), NUMBER),
                        Column("code", ("code_rome",), ROME),
                        Column("label", ("libelle_appellation_long",)),
                    ),
                    10_000,
                ),
            ),
            "https://www.francetravail.org/files/live/sites/peorg/files/documents/"
            "Statistiques-et-analyses/Open-data/ROME/RefRomeCsv.zip",
            tried=True,
        ),
        _esco("fr"),
        _esco("en"),
        Source(
            "crosswalk",
            "ROME–ESCO crosswalk",
            "https://esco.ec.europa.eu/en/use-esco/eures-countries-mapping-tables",
            (
                Table(
                    "pairs",
                    ("crosswalk", "rome_esco", "esco_rome"),
                    (
                        Column("uri", ("esco_uri",), ESCO),
                        Column("title", ("rome_ogr",), NUMBER),
                        Column("relation", ("relation",), r"(?:skos:)?\w+Match"),
                    ),
                    5_000,
                ),
            ),
            tried=True,
        ),
        Source(
            "communes",
            "Code officiel géographique",
            "https://www.insee.fr/fr/information/2560452",
            (
                Table(
                    "communes",
                    ("v_commune",),
                    (
                        Column("kind", ("TYPECOM",)),
                        Column("code", ("COM",), COMMUNE),
                        Column("department", ("DEP",), r"\d{2,3}|2[AB]"),
                        Column("region", ("REG",), r"\d{2}"),
                        Column("label", ("LIBELLE",)),
                    ),
                    30_000,
                    keep=("kind", ("COM",)),
                ),
            ),
            "https://www.insee.fr/fr/statistiques/fichier/8377162/v_commune_2025.csv",
        ),
        Source(
            "density",
            "Grille communale de densité",
            "https://www.insee.fr/fr/information/8571524",
            (
                Table(
                    "density",
                    ("densite", "density"),
                    (
                        Column("code", ("CODGEO", "codgeo", "COM"), COMMUNE),
                        Column("density", ("DENS7", "DENS", "dens7", "dens"), r"[1-7]"),
                    ),
                    30_000,
                ),
            ),
        ),
        Source(
            "districts",
            "Quartiers prioritaires de la politique de la ville",
            "https://www.data.gouv.fr/fr/datasets/quartiers-prioritaires-de-la-politique-de-la-ville-qpv/",
            (
                Table(
                    "districts",
                    ("qpv", "quartiers", "liste_qp"),
                    (
                        Column("code", ("code_qp",), r"Q[NP]\w{5,7}"),
                        Column("label", ("lib_qp",)),
                        Column("commune", ("insee_com",), rf"{COMMUNE}(?:\s*,\s*{COMMUNE})*"),
                    ),
                    1_000,
                ),
            ),
        ),
        Source(
            "naf",
            "Nomenclature d'activités française",
            "https://www.insee.fr/fr/information/2120875",
            (
                Table(
                    "activities",
                    ("naf",),
                    (
                        Column("code", ("Code", "code"), r"[A-U]|\d{2}(?:\.\d{1,2}[A-Z]?)?"),
                        Column("label", ("Libellé", "libelle", "label")),
                    ),
                    600,
                ),
            ),
        ),
    )
}
"""The sources by name, in the order they are told."""
