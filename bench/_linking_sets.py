"""The sets that linking is measured on and fitted to, read from `COLIBRI_REFERENCE_DATA`.

Each set is a list of (title, right ids). The crosswalk's titles are dealt into five parts by a hash:
parts 0 and 1 are measured on and never fitted to, 2 fits the weights, 3 and 4 the associations.
"""

import csv
import hashlib
import os
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Sets", "folder", "read_sets"]

Asked = list[tuple[str, set[str]]]


@dataclass(frozen=True)
class Sets:
    """ESCO's French labels, Belgian titles, and official ROME titles by part."""

    labels: list[tuple[str, str]]
    belgian: Asked
    crosswalk: list[Asked]
    preferred: dict[str, str]


def folder() -> Path:
    """Where the reference data lies. Ends the program, saying why, where it is not at hand."""
    given = os.environ.get("COLIBRI_REFERENCE_DATA")
    if not given or not (Path(given) / "linking").is_dir():
        sys.exit("linking: skipped, COLIBRI_REFERENCE_DATA is not set or holds no folder linking/")
    return Path(given) / "linking"


def read_sets() -> Sets:
    """All sets."""
    here = folder()
    concept = dict(_tabbed(here / "bel_fr" / "concept_mapping.tsv"))
    labels = [(concept[row[0]], row[1]) for row in _tabbed(here / "bel_fr" / "corpus_elements.tsv")]
    right: dict[str, set[str]] = defaultdict(set)
    for query, _, element, _ in _tabbed(here / "bel_fr" / "annotations.tsv"):
        right[query].add(concept[element])
    belgian = [(text, right[query]) for query, text in _tabbed(here / "bel_fr" / "queries.tsv")]
    parts: list[Asked] = [[] for _ in range(5)]
    preferred = {}
    with (here / "rome_esco_crosswalk_train.csv").open(encoding="utf-8", newline="") as pairs:
        for row in csv.DictReader(pairs):
            title = row["rome_label"]
            parts[hashlib.sha256(title.encode()).digest()[0] % 5].append((title, {row["esco_uri"]}))
            preferred[row["esco_uri"]] = row["esco_label"]
    return Sets(labels, belgian, parts, preferred)


def _tabbed(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
