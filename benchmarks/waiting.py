"""Servers shared among many queues, against a heap in plain Python that takes one server after the other.

    python -m benchmarks.waiting                # 3,100 queues, three sizes of queues
    python -m benchmarks.waiting --queues 50000

Both sides run in this process, take turns, and must end with identical servers; the middle of the runs counts.
"""

import argparse
import heapq
import math
import statistics
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.need import line
from medalloc.allocation.waiting.erlang import fewest_stable
from medalloc.allocation.waiting.servers import share_servers

Array = NDArray[np.float64]

SEED = 20260101
QUEUES = 3_100
REPEATS = 7


def queue_length(load: float, servers: int, blocked: float) -> float:
    spare = servers - load
    return servers * (load * blocked) / ((spare + load * blocked) * spare)


def with_a_heap(loads: Sequence[float], stock: int, weights: Sequence[float]) -> list[int]:
    """Return the servers of every queue: each in turn goes where it gains most, of equal gains to the first queue."""
    servers, heap = [], []
    for place, (load, weight) in enumerate(zip(loads, weights, strict=True)):
        blocked, count = 1.0, math.floor(load * (1 + 1e-12)) + 1 if load > 0 else 0
        for number in range(1, count + 1):
            blocked = load * blocked / (number + load * blocked)
        servers.append(count)
        if load > 0:
            queue = queue_length(load, count, blocked)
            blocked = load * blocked / (count + 1 + load * blocked)
            after = queue_length(load, count + 1, blocked)
            heap.append((-weight * (queue - after), place, load, weight, blocked, after))
    heapq.heapify(heap)
    for _ in range(stock - sum(servers)):
        if not heap or -heap[0][0] < sys.float_info.min:
            break
        _, place, load, weight, blocked, queue = heap[0]
        servers[place] += 1
        count = servers[place] + 1
        blocked = load * blocked / (count + load * blocked)
        after = queue_length(load, count, blocked)
        heapq.heapreplace(heap, (-weight * (queue - after), place, load, weight, blocked, after))
    return servers


def queues(count: int, mean: float, seed: int = SEED) -> tuple[Array, Array]:
    """Return made-up loads, most of them small and a few large, as of counties, and weights. [erlang], [1]."""
    draw = np.random.default_rng(seed)
    spread = 1.2
    return mean * draw.lognormal(-(spread**2) / 2, spread, count), draw.choice([1.0, 1.5, 2.0], count)


def median_seconds(runs: int, *works: Callable[[], object]) -> list[float]:
    """Return the middle of the wall-clock seconds of each work, the works taking turns."""
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for taken, work in zip(seconds, works, strict=True):
            begin = time.perf_counter()
            work()
            taken.append(time.perf_counter() - begin)
    return [statistics.median(taken) for taken in seconds]


def against_a_heap(count: int, mean: float, free: float, runs: int) -> str:
    loads, weights = queues(count, mean)
    needed = int(fewest_stable(loads).sum())
    stock = needed + round(free * mean * count)
    plain_loads, plain_weights = loads.tolist(), weights.tolist()
    shared = share_servers(loads, stock, weights=weights)
    if shared.servers.tolist() != with_a_heap(plain_loads, stock, plain_weights):
        raise RuntimeError("the two sides gave different servers")
    mine, other = median_seconds(
        runs,
        lambda: share_servers(loads, stock, weights=weights),
        lambda: with_a_heap(plain_loads, stock, plain_weights),
    )
    name = f"{stock:,} servers, {stock - needed:,} of them free, for {count:,} queues, identical servers, ms"
    return line(name, 1000 * mine, 1000 * other, other / mine, "at least 20")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queues", type=int, default=QUEUES)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    chosen = parser.parse_args(arguments)
    print("name: ours, theirs, ratio, aim")
    # about the intensive-care beds, the surgical beds and all beds of the counties of the United States
    for mean in (15.0, 60.0, 200.0):
        print(against_a_heap(chosen.queues, mean, 0.5, chosen.repeats))


if __name__ == "__main__":
    main()
