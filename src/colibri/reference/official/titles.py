"""The official titles an operator added, with the ESCO occupations they are matched with."""

from collections import defaultdict

from colibri.reference.official.store import Damaged, Store
from colibri.reference.tables import Title

__all__ = ["titles_of"]

_SAME = ("exactMatch", "closeMatch")  # a broader occupation is not the person's


def titles_of(store: Store) -> tuple[Title, ...]:
    """ROME's titles, none where ROME is not there or damaged; without the crosswalk none has an ESCO URI."""
    rome = _rows(store, "rome")
    if rome is None:
        return ()
    matched: dict[str, list[str]] = defaultdict(list)
    for pair in (_rows(store, "crosswalk") or {}).get("pairs", []):
        if pair["relation"].removeprefix("skos:") in _SAME:
            matched[pair["title"]].append(pair["uri"])
    labels = {row["code"]: row["label"] for row in rome["codes"]}
    return tuple(
        Title(row["code"], labels.get(row["code"], ""), row["label"], tuple(matched.get(row["title"], ())))
        for row in rome["titles"]
    )


def _rows(store: Store, name: str) -> dict[str, list[dict[str, str]]] | None:
    try:
        return store.rows(name)
    except (Damaged, OSError, ValueError):
        return None  # `colibri data status` tells
