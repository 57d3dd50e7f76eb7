"""Time to plan for sampled futures, against the linear program with a column for every region and future.

    python -m benchmarks.uncertainty                 # 310 regions x 200 futures; the program takes most of a minute
    python -m benchmarks.uncertainty --regions 50 --futures 100 --repeats 5

Seconds of wall clock in one process: the two sides take turns on the same problem, the middle run counts. The peer's
matrices are built before its clock starts. Both must reach the same value to 1e-7.
"""

import argparse
import statistics
from collections.abc import Sequence
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack, vstack

from benchmarks.need import line
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.uncertainty import Futures, cautious, robustness, sample_average

SEED = 20260101
FLOOR = 0.3
SCARCITY = 0.8
REPEATS = 3
TURNS = 5


def case(regions: int, futures: int) -> tuple[Problem, Futures]:
    """Return a problem with one resource, floors and a stock for 80 % of mean demand, and gamma futures."""
    random = np.random.default_rng(SEED)
    demand = random.gamma(4, random.lognormal(3, 1, regions) / 4, (futures, regions))
    sampled = Futures(tuple(f"region {place}" for place in range(regions)), demand)
    beds = Resource("beds", SCARCITY * float(sampled.mean.sum()))
    value = random.uniform(1, 2, regions)
    return Problem(sampled.regions, sampled.mean, (beds,), value=value, common_floor=FLOOR), sampled


def extensive_program(problem: Problem, futures: Futures) -> dict[str, Any]:
    """Return the program as it is written down: capacity by region, persons served by future and region."""
    samples, regions = futures.demand.shape
    cells = samples * regions
    of_region = csr_array((np.ones(cells), (np.arange(cells), np.tile(np.arange(regions), samples))))
    weights: NDArray[np.float64] = -np.tile(problem.value, samples) / samples
    upper = futures.demand.ravel().tolist()
    return {
        "c": np.concatenate([np.zeros(regions), weights]),
        "A_ub": vstack(
            [hstack([-of_region, eye_array(cells)]), csr_array(np.append(np.ones(regions), np.zeros(cells))[None, :])],
            format="csr",
        ),
        "b_ub": np.append(np.zeros(cells), problem.stock),
        "bounds": [
            *((floor, None) for floor in (problem.effective_floor * problem.demand).tolist()),
            *((0.0, one) for one in upper),
        ],
        "method": "highs",
    }


def against_the_extensive_program(regions: int, futures: int, repeats: int) -> str:
    problem, sampled = case(regions, futures)
    program = extensive_program(problem, sampled)
    ours, theirs = [], []
    for _ in range(repeats):
        # A turn of ours is a few milliseconds, so it is taken several times.
        for _ in range(TURNS):
            begun = perf_counter()
            plan = sample_average(problem, sampled)
            ours.append(perf_counter() - begun)
        begun = perf_counter()
        found = linprog(**program)
        theirs.append(perf_counter() - begun)
        if found.status != 0 or abs(plan.value + found.fun) > 1e-7 * plan.value:
            raise RuntimeError(f"The two sides differ: {plan.value} and {found.fun} ({found.message})")
    mine, other = statistics.median(ours), statistics.median(theirs)
    name = f"sample-average plan, {regions} regions x {futures} futures, scipy HiGHS, seconds (theirs over ours)"
    return line(name, mine, other, other / mine, ">= 1000")


def cautious_seconds(regions: int, futures: int, limit: float) -> str:
    problem, sampled = case(regions, futures)
    plan = cautious(problem, sampled, time_limit=limit)
    return (
        f"cautious plan, {regions} regions x {futures} futures: {plan.seconds:.2f} s, {plan.status}, gap {plan.gap:.3f}"
    )


def robustness_seconds(regions: int, futures: int) -> str:
    problem, sampled = case(regions, futures)
    plan = sample_average(problem, sampled)
    begun = perf_counter()
    robustness(problem, {"average": plan}, sampled)
    return f"every future's own best, {regions} regions x {futures} futures: {perf_counter() - begun:.2f} s"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--regions", type=int, default=310)
    parser.add_argument("--futures", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    chosen = parser.parse_args(arguments)
    print("name: ours, theirs, ratio, aim")
    print(against_the_extensive_program(chosen.regions, chosen.futures, chosen.repeats))
    print(robustness_seconds(chosen.regions, chosen.futures))
    for regions, futures in ((50, 100), (50, 200), (100, 200), (310, 200)):
        print(cautious_seconds(regions, futures, limit=60.0))


if __name__ == "__main__":
    main()
