"""Official open data an operator may add: ROME, ESCO, the crosswalk, communes, districts, NAF.

Each source is read, checked as a whole and kept beside the former version; nothing of it is carried.
"""

from colibri.reference.official.reading import LARGEST, Rows, Unusable, read_source, version_of
from colibri.reference.official.sources import SOURCES, Source, Table
from colibri.reference.official.store import STEPS, Damaged, Held, Store
from colibri.reference.official.titles import titles_of

__all__ = [
    "LARGEST",
    "SOURCES",
    "STEPS",
    "Damaged",
    "Held",
    "Rows",
    "Source",
    "Store",
    "Table",
    "Unusable",
    "read_source",
    "titles_of",
    "version_of",
]
