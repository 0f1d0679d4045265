"""igraph's Leiden with the constant Potts model on a graph written by compare.ts.

    python igraph_leiden.py GRAPH.json GROUPS.json

GRAPH.json: {"nodes", "weights" of nodes, "from", "to", "edges" (their weights), "resolution", "iterations", "randomness",
"seeds"}. GROUPS.json: for each seed the group of each node and the seconds that it took.
"""

import json
import random
import sys
import time

import igraph


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        given = json.load(file)
    graph = igraph.Graph(n=given["nodes"], edges=list(zip(given["from"], given["to"])))
    runs = []
    for seed in given["seeds"]:
        random.seed(seed)
        started = time.perf_counter()
        found = graph.community_leiden(
            objective_function="CPM",
            weights=given["edges"],
            node_weights=given["weights"],
            resolution=given["resolution"],
            beta=given["randomness"],
            n_iterations=given["iterations"],
        )
        runs.append({"groups": found.membership, "seconds": time.perf_counter() - started})
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(runs, file)


if __name__ == "__main__":
    main()
