"""How well titles are linked to ESCO's French labels, beside four other ways: one line of JSON.

    COLIBRI_REFERENCE_DATA=… python bench/linking.py [--most 1000] [--queries FILE] [--vectors FILE]

Sets: Belgian titles, and official ROME titles whose match is close or broad, of the parts that neither the
weights nor the associations ever saw. `--queries` measures a further set, a CSV with `esco_uri` and
`rome_label`. A rank counts ids, each by its best label; labels tied with the right one count half before it.
"""

import argparse
import csv
import json
import random
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench._linking_peers import PEERS, Scorer
from bench._linking_sets import Asked, read_sets
from colibri.compute.linking import Linker
from colibri.reference.vectors import load_vectors

DEPTH = 100


def figures(ranks: list[float]) -> dict[str, float]:
    """Mean reciprocal rank, and how often the right id is among the first."""
    found = np.array(ranks)
    return {
        "mrr": round(float((1 / found).mean()), 4),
        **{f"acc@{k}": round(float((found <= k).mean()), 4) for k in (1, 5, 10)},
    }


def by_linker(linker: Linker, asked: Asked) -> list[float]:
    """The rank of the first right id, infinite beyond the depth."""
    answers = linker.rank([title for title, _ in asked], DEPTH)
    return [
        next((place for place, one in enumerate(ranked, 1) if one.id in right), np.inf)
        for ranked, (_, right) in zip(answers, asked, strict=True)
    ]


def by_peer(score: Scorer, asked: Asked, owners: np.ndarray, numbers: dict[str, int]) -> list[float]:
    """The same for a way that scores every label."""
    ranks: list[float] = []
    for scores, (_, right) in zip(score([title for title, _ in asked]), asked, strict=True):
        best = np.full(len(numbers), -np.inf)
        np.maximum.at(best, owners, scores)
        own = [numbers[identity] for identity in right if identity in numbers]
        top = best[own].max() if own else -np.inf
        tied = int((best == top).sum()) - 1
        place = int((best > top).sum()) + 1 + tied / 2
        ranks.append(place if place <= DEPTH else np.inf)
    return ranks


def resident() -> int:
    """Megabytes the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 // 1_000_000


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="How well titles are linked to labels.")
    parser.add_argument("--most", type=int, default=1000, help="titles of each set")
    parser.add_argument("--queries", type=Path, help="a CSV with esco_uri and rome_label")
    parser.add_argument("--vectors", type=Path, help="word vectors of your own, a .vec file")
    given = parser.parse_args()
    sets = read_sets()
    asked = {"belgian": sets.belgian, "rome_unseen": sets.crosswalk[0] + sets.crosswalk[1]}
    if given.queries:
        with given.queries.open(encoding="utf-8", newline="") as rows:
            asked["given"] = [(row["rome_label"], {row["esco_uri"]}) for row in csv.DictReader(rows)]
    asked = {
        name: random.Random(0).sample(titles, min(given.most, len(titles))) for name, titles in asked.items()
    }
    numbers = {identity: number for number, identity in enumerate(dict(sets.labels))}
    owners = np.array([numbers[identity] for identity, _ in sets.labels])
    before, begun = resident(), time.perf_counter()
    linker = Linker(sets.labels, embed=load_vectors(given.vectors) if given.vectors else None)
    built = time.perf_counter() - begun
    linker.rank(["infirmière"], DEPTH)
    held = resident() - before
    report = {"linker": measured(lambda titles: by_linker(linker, titles), asked)}
    report["linker"] |= {"build_seconds": round(built, 2), "index_mb": held}
    for name, peer in PEERS.items():
        score = peer([text for _, text in sets.labels])
        report[name] = measured(lambda titles, score=score: by_peer(score, titles, owners, numbers), asked)
    counts = {"labels": len(sets.labels), "ids": len(numbers)}
    print(
        json.dumps({"bench": "linking", **counts, "titles": {k: len(v) for k, v in asked.items()}, **report})
    )


def measured(ranks, asked: dict[str, Asked]) -> dict:
    """Figures for each set, and titles a second of one processor over all of them."""
    begun = time.process_time()
    told = {name: figures(ranks(titles)) for name, titles in asked.items()}
    seconds = time.process_time() - begun
    return told | {"queries_per_second": round(sum(map(len, asked.values())) / seconds)}


if __name__ == "__main__":
    main()
