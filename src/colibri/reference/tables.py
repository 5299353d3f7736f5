"""Read the carried tables."""

import csv
import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from py3langid.langid import MODEL_FILE, LanguageIdentifier

__all__ = [
    "Commune",
    "Department",
    "Nickname",
    "Region",
    "Tables",
    "Title",
    "Trade",
    "load_associations",
    "load_tables",
]


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune by its INSEE code; `population` is the legal one, 0 where unknown."""

    code: str
    name: str
    department: str
    population: int


@dataclass(frozen=True, slots=True)
class Department:
    """A department by its INSEE code, with the code of its region."""

    code: str
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class Region:
    """One of the 18 regions by its INSEE code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Nickname:
    """An everyday name of a place: `level` is region, department or commune."""

    level: str
    code: str
    wording: str


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade by its ROME code.

    `wordings` are its everyday names; `hints` are words that make one think of it without naming it.
    """

    code: str
    label_fr: str
    label_en: str
    wordings: tuple[str, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """An official title of ROME, its code with its label, and the ESCO occupations it is matched with."""

    code: str
    code_label: str
    title: str
    esco: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything the reader needs.

    `identify` gives the ISO 639-1 code of a text's language and a probability.
    """

    communes: tuple[Commune, ...]
    departments: tuple[Department, ...]
    regions: tuple[Region, ...]
    nicknames: tuple[Nickname, ...]
    common_words: frozenset[str]
    first_names: frozenset[str]
    trades: tuple[Trade, ...]
    identify: Callable[[str], tuple[str, float]]
    titles: tuple[Title, ...] = ()  # where an operator added ROME


@lru_cache(maxsize=1)
def load_tables() -> Tables:
    """The tables, read once per process. Raises FileNotFoundError where the package is incomplete."""
    return Tables(
        communes=tuple(
            Commune(code, name, department, int(population))
            for code, name, department, population in _tabbed(gzip.decompress(_bytes("communes.tsv.gz")))
        ),
        departments=tuple(Department(*row) for row in _tabbed(_bytes("departments.tsv"))),
        regions=tuple(Region(*row) for row in _tabbed(_bytes("regions.tsv"))),
        nicknames=tuple(
            Nickname(row["level"], row["code"], wording)
            for row in _comma("nicknames.csv")
            for wording in row["wordings"].split("|")
        ),
        common_words=_words("common_words.txt"),
        first_names=_words("first_names.txt"),
        trades=tuple(_trade(row) for row in _comma("trades.csv")),
        identify=_identifier(),
    )


@lru_cache(maxsize=1)
def load_associations() -> dict[str, tuple[tuple[str, float], ...]]:
    """For a word of job titles the words it often stands for, with a share from 0 to 1 each.

    Words are as `colibri.compute.linking.read_title` folds them.
    """
    found = {}
    for word, *others in _tabbed(gzip.decompress(_bytes("associations.tsv.gz"))):
        pairs = (other.rpartition(":") for other in others)
        found[word] = tuple((other, int(share) / 100) for other, _, share in pairs)
    return found


def _trade(row: dict[str, str]) -> Trade:
    wordings = row["wordings"].split("|")
    return Trade(
        row["code"],
        row["label_fr"],
        row["label_en"],
        tuple(wording for wording in wordings if not wording.startswith("~")),
        tuple(wording[1:] for wording in wordings if wording.startswith("~")),
    )


def _identifier() -> Callable[[str], tuple[str, float]]:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def identify(text: str) -> tuple[str, float]:
        language, probability = identifier.classify(text)
        return str(language), float(probability)

    return identify


def _bytes(name: str) -> bytes:
    return (files("colibri.reference") / "data" / name).read_bytes()


def _words(name: str) -> frozenset[str]:
    lines = _bytes(name).decode().splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _tabbed(content: bytes) -> list[list[str]]:
    return [line.split("\t") for line in content.decode().splitlines()]


def _comma(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_bytes(name).decode().splitlines()))
