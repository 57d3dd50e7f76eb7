"""The rows of the table: our work through the door, the peers it is measured against, how close values must be."""

import statistics
from collections.abc import Callable, Sequence
from time import process_time

import numpy as np

from benchmarks.allocation.cases import FLOOR, KINDS, Case, floors, independent_resources, single_resource, without_caps
from benchmarks.allocation.children import in_turns, timed
from benchmarks.allocation.peer import ALPHA, POINTS
from benchmarks.allocation.plainly import plainly
from benchmarks.allocation.problems import bundle_of_three, coupled, problem_of, short_of_two
from benchmarks.need import line
from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.errors import InfeasibleError
from medalloc.scenarios.frontier import frontier as trace

SAME = 1e-9
"""Share of a value by which the two sides may differ."""

TURNS = 3


def against(
    work: str,
    case: Case,
    ours: Callable[[], float],
    peers: Sequence[tuple[str, str]],
    *,
    repeats: int,
    tolerance: float = SAME,
) -> list[str]:
    """Return a line for every peer; its value must not be better than ours by more than the tolerance."""
    mine, theirs = in_turns(case, [name for name, _ in peers], ours, repeats, TURNS)
    lines = []
    for name, aim in peers:
        other = theirs[name]
        better = (other.value - mine.value) / abs(mine.value)
        if better > tolerance:
            raise RuntimeError(f"{name} found {other.value}, better than our {mine.value} by {better:.1e}")
        said = f"{work}, {name}, ours better by {-better:.0e}, ms"
        lines.append(line(said, 1000 * mine.seconds, 1000 * other.seconds, other.seconds / mine.seconds, aim))
    return lines


def most_served(regions: int, repeats: int) -> list[str]:
    case = independent_resources(regions)
    problem = problem_of(case, floor=FLOOR)
    peers = [
        ("scipy_linprog", "at least 100"),
        ("glop", "at least 15"),
        ("highs", "none"),
        ("highs_without_presolve", "none"),
        ("pulp_cbc", "none"),
    ]
    work = f"most served, {regions:,} regions x {KINDS}"
    return against(work, case, lambda: solve(problem).value, peers, repeats=repeats)


def large(regions: int, repeats: int) -> list[str]:
    case = independent_resources(regions)
    problem = problem_of(case, floor=FLOOR)
    peers = [("highs_interior_point", "at least 10")]
    work = f"most served, {regions:,} regions x {KINDS}"
    # an interior point stops close to the optimum, on either side
    return against(work, case, lambda: solve(problem).value, peers, repeats=repeats, tolerance=1e-6)


def frontier(regions: int, repeats: int) -> list[str]:
    """Return the rows of every point with its measures; peers are given the floors, which ours has to find."""
    case = without_caps(independent_resources(regions))
    problem = problem_of(case)
    largest = floors(case, POINTS)[-1]
    points = list(trace(problem, POINTS))
    if len(points) != POINTS or abs(points[-1].floor - largest) > 1e-6:
        raise RuntimeError(f"{len(points)} points up to {points[-1].floor}, there should be {POINTS} up to {largest}")
    peers = [("highs_frontier", "at least 8"), ("highs_frontier_without_presolve", "none")]
    work = f"frontier of {POINTS} floors, {regions:,} regions x {KINDS}"
    return against(work, case, lambda: sum(each.value for each in trace(problem, POINTS)), peers, repeats=repeats)


def alpha_fair(regions: int, repeats: int) -> list[str]:
    lines, peers = [], [("cvxpy_clarabel", "at least 30")]
    for kinds, case, floor in ((1, single_resource(regions), 0.0), (KINDS, independent_resources(regions), FLOOR)):
        problem = problem_of(case, floor=floor, policy=f"alpha:{ALPHA:g}")

        def ours(case: Case = case, problem: Problem = problem) -> float:
            return _worth(case, solve(problem))

        lines += against(f"alpha-fair (2), {regions:,} regions x {kinds}", case, ours, peers, repeats=repeats)
    return lines


def _worth(case: Case, plan: Plan) -> float:
    served = plan.served if plan.served_of is None else plan.served_of.ravel()
    return -float((case.value * case.demand**ALPHA / served).sum())


def explanation(regions: int, repeats: int) -> list[str]:
    demand = np.random.default_rng(1).gamma(2, 50, regions)
    whole = float(demand.sum())
    shares = (("beds", 0.3), ("nurses", 0.25), ("ventilators", 0.2), ("doctors", 0.1))
    several = tuple(Resource(name, share * whole, unit_cost=1.0) for name, share in shares)
    names = tuple(f"region {place}" for place in range(regions))
    short = Problem(names, demand, several, common_floor=0.7, budget=10.0)
    crowded = Problem(names, demand, several[:1], cap=0.5 * demand[:, None], common_floor=0.7)
    lines = []
    for what, problem, rows in (("4 stocks and a budget", short, 5), ("a stock and every cap", crowded, regions + 1)):
        runs = [timed(lambda problem=problem: _named(problem)) for _ in range(TURNS * repeats)]  # type: ignore[misc]
        if runs[-1].value != rows:
            raise RuntimeError(f"{runs[-1].value} limits are named, {rows} are broken")
        taken = 1000 * statistics.median(run.seconds for run in runs)
        lines.append(line(f"floors that break {what}, {regions:,} regions, ms", taken, 10.0, taken / 10, "at most 1"))
    return lines


def _named(problem: Problem) -> float:
    """Return how many limits are named when a problem's floors do not fit."""
    try:
        solve(problem)
    except InfeasibleError as error:
        return len(error.conflicts)
    return 0


def program(regions: int, repeats: int) -> list[str]:
    """Return the row of a problem that no closed form answers."""
    problem = coupled(regions)
    taken = 1000 * statistics.median(timed(lambda: solve(problem).value).seconds for _ in range(repeats))
    work = f"coupled program, {regions:,} regions x 3, against a second, ms"
    return [line(work, taken, 1000.0, taken / 1000, "at most 1")]


def by_plain_highs(regions: int, repeats: int) -> list[str]:
    """Return the rows of units that come whole or are moved, against one plain call of HiGHS, in CPU time."""
    lines = []
    for what, whole, movable, wanted, aim in (
        ("whole units", True, 0.0, 5e-3, "at most 3"),
        ("whole units that can be moved", True, 0.2, 5e-3, "none"),
        ("units that can be moved", False, 0.2, 1e-7, "at most 1"),
    ):
        problem = short_of_two(regions, whole=whole, movable=movable)
        if solve(problem).gap > wanted:
            raise RuntimeError(f"{what}: a gap of {solve(problem).gap:.2%}, there should be at most {wanted:.2%}")
        ours = statistics.median(_busy(problem) for _ in range(repeats))
        theirs = statistics.median(plainly(problem, gap=wanted).seconds for _ in range(repeats))
        work = f"{what}, {regions:,} regions x 2, gap {solve(problem).gap:.4%}, plain HiGHS to {wanted:.1%}, CPU ms"
        lines.append(line(work, 1000 * ours, 1000 * theirs, ours / theirs, aim))
    return lines


def in_whole_units(large: int) -> list[str]:
    """Return the rows of units that come whole under every policy that searches, beside the same in parts."""
    lines = []
    wanted = {50: 0.3, 3_142: 5.0, large: 60.0}
    for regions, most in wanted.items():
        for policy in ("most-served", "max-min", "alpha:2") if regions < large else ("most-served", "max-min"):
            whole, parts = (bundle_of_three(regions, whole=whole, policy=policy) for whole in (True, False))
            gap = solve(whole).gap
            if gap > 5e-3:
                raise RuntimeError(f"{policy}, {regions} regions: a gap of {gap:.2%}")
            ours, theirs = _busy(whole), _busy(parts)
            work = f"whole units, {policy}, {regions:,} regions x 3, gap {gap:.1e}, the same in parts, CPU ms"
            lines.append(line(work, 1000 * ours, 1000 * theirs, (ours - theirs) / most, "at most 1"))
    return lines


def many_movable(regions: int) -> list[str]:
    """Return the rows of very many regions that share units: plan and bound within a percent in a minute."""
    lines = []
    made = {"x 2": short_of_two(regions, whole=False, movable=0.2), "x 3, stand-ins": coupled(regions)}
    for what, problem in made.items():
        busy = process_time()
        gap = solve(problem).gap
        if gap > 1e-2:
            raise RuntimeError(f"{what}: a gap of {gap:.2%}")
        taken = process_time() - busy
        work = f"movable units, {regions:,} regions {what}, gap {gap:.1e}, against a minute, CPU s"
        lines.append(line(work, taken, 60.0, taken / 60, "at most 1"))
    return lines


def _busy(problem: Problem) -> float:
    busy = process_time()
    solve(problem)
    return process_time() - busy
