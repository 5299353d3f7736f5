"""Beyond the first circle, beside ndlib and cynetdiff in the same process: one JSON line.

    python bench/cascade.py [--starts 50] [--cascades 20000] [--long 200000] [--sets 1000000] [--runs 5]

The network is the real one of retweets in COLIBRI_REFERENCE_DATA (`graphs/retweets.csv.gz`), or without it
one drawn by `--seed`, as large; chances are the weighted cascade of past boosts. The starts are the accounts
boosted most. Rates are cascades a second of one processor, the median of the runs. The reverse-reachable sets
are compared with a long count of cascades. Needs the packages of the group `bench`.
"""

import argparse
import json
import os
import statistics
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import cynetdiff.utils
import ndlib.models.epidemics as epidemics
import networkx
import numpy as np
from ndlib.models.ModelConfig import Configuration
from numpy.typing import NDArray

from colibri.compute.cascade import Influence, influence_of, reverse_sets, spread_of


def table_of(seed: int) -> tuple[str, NDArray[np.int64]]:
    """Who boosted whom and how often, and where that is from."""
    folder = os.environ.get("COLIBRI_REFERENCE_DATA", "")
    path = Path(folder) / "graphs" / "retweets.csv.gz"
    if folder and path.exists():
        return path.name, np.loadtxt(path, delimiter=",", skiprows=1, dtype=np.int64)
    rng = np.random.default_rng(seed)
    people, pairs = 50_000, 92_000
    boosted = (people * rng.random(pairs) ** 4).astype(np.int64)
    drawn = np.stack([rng.integers(0, people, pairs), boosted, rng.geometric(0.6, pairs)], axis=1)
    return "drawn", drawn


def rate(runs: int, count: int, work: Callable[[], object]) -> float:
    """How many a second of one processor, the median of the runs."""
    taken = []
    for _ in range(runs):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return count / statistics.median(taken)


def graph_of(influence: Influence) -> networkx.DiGraph:
    source = np.repeat(np.arange(influence.people), np.diff(influence.start))
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(influence.people))
    edges = zip(source.tolist(), influence.target.tolist(), influence.chance.tolist(), strict=True)
    graph.add_weighted_edges_from(edges, weight="activation_prob")
    return graph


def ndlib_cascades(graph: networkx.DiGraph, starts: list[int], count: int) -> float:
    """Play some cascades; the mean of those moved."""
    moved = 0
    for _ in range(count):
        model = epidemics.IndependentCascadesModel(graph)
        config = Configuration()
        config.add_model_initial_configuration("Infected", starts)
        for edge in graph.edges():
            config.add_edge_configuration("threshold", edge, graph.edges[edge]["activation_prob"])
        model.set_initial_status(config)
        while True:
            step = model.iteration()
            if not step["node_count"][1]:
                break
        moved += step["node_count"][2]
    return moved / count


def cynetdiff_cascades(model: object, count: int) -> float:
    """Play some cascades from the starts set; the mean of those moved."""
    moved = 0
    for _ in range(count):
        model.reset_model()
        model.advance_until_completion()
        moved += model.get_num_activated_nodes()
    return moved / count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=50)
    parser.add_argument("--cascades", type=int, default=20_000)
    parser.add_argument("--long", type=int, default=200_000)
    parser.add_argument("--sets", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    name, table = table_of(given.seed)
    influence = influence_of(table[:, 0], table[:, 1], table[:, 2], int(table[:, :2].max()) + 1)
    boosts = np.bincount(table[:, 1], weights=table[:, 2], minlength=influence.people)
    starts = np.sort(np.argsort(boosts, kind="stable")[-given.starts :])
    spread_of(influence, starts, cascades=1)
    reverse_sets(influence, 1).spread(starts)
    ours = rate(given.runs, given.cascades, lambda: spread_of(influence, starts, cascades=given.cascades))
    sets_rate = rate(given.runs, given.sets, lambda: reverse_sets(influence, given.sets, seed=given.seed))
    sets = reverse_sets(influence, given.sets, seed=given.seed)
    asked = rate(given.runs, 1, lambda: sets.spread(starts))
    long = spread_of(influence, starts, cascades=given.long, seed=given.seed + 1)
    told = sets.spread(starts)
    graph = graph_of(influence)
    model, _ = cynetdiff.utils.networkx_to_ic_model(graph, rng=given.seed)
    model.set_seeds(starts.tolist())
    many = max(given.cascades // 10, 1)
    cynetdiff_rate = rate(given.runs, many, lambda: cynetdiff_cascades(model, many))
    ndlib_rate = rate(1, 3, lambda: ndlib_cascades(graph, starts.tolist(), 3))
    print(
        json.dumps(
            {
                "bench": "cascade",
                "network": name,
                "people": influence.people,
                "edges": int(influence.target.size),
                "starts": given.starts,
                "moved": round(long.mean, 2),
                "moved_between": [round(long.low, 2), round(long.high, 2)],
                "moved_by_sets": round(told.mean, 2),
                "sets_off_by": round(abs(told.mean / long.mean - 1), 5),
                "cascades_per_second": round(ours),
                "cynetdiff_per_second": round(cynetdiff_rate),
                "ndlib_per_second": round(ndlib_rate, 2),
                "times_cynetdiff": round(ours / cynetdiff_rate, 2),
                "times_ndlib": round(ours / ndlib_rate),
                "sets_per_second": round(sets_rate),
                "spreads_per_second_once_drawn": round(asked, 1),
            }
        )
    )


if __name__ == "__main__":
    main()
