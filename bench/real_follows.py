"""Makes the tables of `colibri plan` from a real follow network, to plan on it.

    python bench/real_follows.py DIR [--relays 200] [--appeals 60] [--seed 0]

The network is `graphs/follows.csv.gz` under COLIBRI_REFERENCE_DATA: who follows whom around one
hashtag. Its most followed accounts become relays and all accounts members. Nothing is known there
of trades and places, nor of appeals: both are drawn by the seed (half of the members and regions
stay unknown, 3 % recruit), and every appeal has prior 1.
"""

import argparse
import csv
from collections import Counter
from pathlib import Path

import numpy as np
from _days import read_network

from colibri.compute.classes import FAMILIES, REGIONS


def write(path: Path, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def make_tables(out: Path, relays: int, appeals: int, seed: int) -> None:
    """Write relays.csv, follows.csv and appeals.csv."""
    rng = np.random.default_rng(seed)
    network = sorted(set(read_network()))
    counts = Counter(followed for _, followed in network)
    chosen = sorted(counts, key=lambda account: (-counts[account], account))[:relays]
    members = sorted({follower for follower, _ in network})
    known = {
        member: (
            str(rng.choice(FAMILIES)) if rng.random() < 0.5 else "",
            str(rng.choice(REGIONS)) if rng.random() < 0.5 else "",
            int(rng.random() < 0.03),
        )
        for member in members
    }
    out.mkdir(parents=True, exist_ok=True)
    write(out / "relays.csv", ("id", "budget"), [(f"relay-{account}", 3) for account in chosen])
    wanted = set(chosen)
    write(
        out / "follows.csv",
        ("relay", "member", "family", "region", "recruiter"),
        [
            (f"relay-{followed}", follower, *known[follower])
            for follower, followed in network
            if followed in wanted
        ],
    )
    write(
        out / "appeals.csv",
        ("id", "prior", "family", "region"),
        [
            (f"search-{number + 1}", 1, str(rng.choice(FAMILIES)), str(rng.choice(REGIONS)))
            for number in range(appeals)
        ],
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--relays", type=int, default=200)
    parser.add_argument("--appeals", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    make_tables(given.out, given.relays, given.appeals, given.seed)
