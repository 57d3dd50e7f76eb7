"""Whether what is offered where no plan keeps every limit suffices, is needed, and fits.

    python -m benchmarks.repairs                # 1,000 problems that fit no plan
    python -m benchmarks.repairs --problems 50

Random problems of 2 to 6 regions and 1 to 3 resources with locks, caps, spaces, budgets, whole units, units that move
or stand in, and persons of their own for each resource, under five policies. What is offered is applied as the
screen applies it; whether it suffices is asked by solving again.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.random import Generator

from medalloc.allocation.fitting.conflicts import conflicts
from medalloc.allocation.fitting.remedies import remedied, remedies
from medalloc.allocation.policy import Policy
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.errors import Conflict, InfeasibleError
from medalloc.sentences import Sentence

SEED = 20260101
POLICIES = ("most-served", "alpha:2", "max-min", "proportional", "per-head")


def resource(random: Generator, name: str, names: Sequence[str]) -> Resource:
    others = [other for other in names if other != name]
    return Resource(
        name,
        stock=float(random.integers(0, 13)),
        requirement=float(random.choice([0.5, 0.7, 1, 2])),
        unit_cost=float(random.choice([0, 1, 3.5])),
        space=float(random.choice([0, 1])),
        whole=bool(random.random() < 0.2),
        movable=float(random.choice([0, 0.3, 1])),
        move_cost=float(random.choice([0, 0.5])),
        stands_in_for=str(random.choice(others)) if others and random.random() < 0.4 else "",
        productivity=float(random.choice([0.5, 1])),
        stand_in_share=float(random.choice([0.25, 1])),
    )


def drawn(random: Generator) -> Problem:
    n, kinds = int(random.integers(2, 7)), int(random.integers(1, 4))
    shape, names = (n, kinds), [f"resource {place}" for place in range(kinds)]
    cap = np.where(random.random(shape) < 0.4, np.inf, random.integers(0, 10, shape))
    own = random.uniform(0, 15, shape) if random.random() < 0.3 else None
    return Problem(
        regions=tuple(f"region {place}" for place in range(n)),
        demand=random.uniform(0, 15, n) if own is None else own.sum(axis=1),
        resources=tuple(resource(random, name, names) for name in names),
        existing=np.where(random.random(shape) < 0.5, 0.0, random.uniform(0, 15, shape)),
        cap=cap,
        floor=np.where(random.random(n) < 0.6, 0.0, random.integers(0, 11, n) / 10),
        common_floor=float(random.choice([0, 0.1, 0.3, 0.5, 0.9])),
        budget=None if random.random() < 0.5 else float(random.integers(0, 30)),
        population=random.integers(1, 50, n).astype(np.float64),
        space=np.where(random.random(n) < 0.5, np.inf, random.uniform(0, 15, n)),
        demand_of=own,
        locked=np.where(random.random(shape) < 0.2, np.minimum(cap, random.integers(0, 8, shape)), np.nan),
        policy=Policy(str(random.choice(POLICIES))),
    )


def is_planned(problem: Problem) -> bool:
    try:
        solve(problem)
    except InfeasibleError:
        return False
    return True


def after(problem: Problem, found: Sequence[Conflict]) -> Problem:
    return remedied(problem, remedies(change for conflict in found for change in conflict.remedies))


def with_offered_floor(problem: Problem, found: Sequence[Conflict]) -> Problem | None:
    for conflict in found:
        lower = conflict.repair.values.get("lower")
        if isinstance(lower, Sentence):
            share = float(str(lower.values["floor"]))
            if "common floor" in lower.template:
                return replace(problem, common_floor=share)
            return replace(problem, common_floor=0.0, floor=problem.effective_floor * share)
    return None


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--problems", type=int, default=1000)
    count, random, seen = parser.parse_args(arguments).problems, np.random.default_rng(SEED), Counter[str]()
    while seen["problems"] < count:
        problem = drawn(random)
        found = conflicts(problem)
        if not found:
            continue
        seen["problems"] += 1
        seen["mended in one round"] += is_planned(after(problem, found))
        seen["named"] += len(found)
        seen["named and needed"] += sum(
            bool(conflicts(after(problem, [other for other in found if other is not each]))) for each in found
        )
        lower = with_offered_floor(problem, found)
        if lower is not None:
            seen["floors offered"] += 1
            seen["floors offered that fit"] += is_planned(lower)
    print(f"no plan at first: {seen['problems']:,}; all repairs at once let one: {seen['mended in one round']:,}")
    print(f"limits named: {seen['named']:,}; no plan without mending this one: {seen['named and needed']:,}")
    print(f"floors offered: {seen['floors offered']:,}; let a plan: {seen['floors offered that fit']:,}")


if __name__ == "__main__":
    main()
