"""The reference tables the project carries: places and trades.

The one place where the reader's tables are read from files; what comes out is plain
frozen rows. `data/NOTICE.md` says where each table comes from.
"""

from colibri.reference.tables import (
    Commune,
    Department,
    Nickname,
    Region,
    Tables,
    Title,
    Trade,
    load_associations,
    load_tables,
)

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
