"""The rows of the table: our work, the peers it is measured against, and how close the values must be."""

import statistics
from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np

from benchmarks.allocation.cases import KINDS, Array, Case, floors, independent_resources, single_resource, without_caps
from benchmarks.allocation.children import in_turns
from benchmarks.allocation.peer import ALPHA, POINTS
from benchmarks.need import line
from medalloc.allocation.closed_forms.alpha_fair import alpha_fair
from medalloc.allocation.closed_forms.laminar import Cells, Limits, most_served_in
from medalloc.allocation.closed_forms.laminar_fair import alpha_fair_in
from medalloc.allocation.explaining.conflicts import conflicts
from medalloc.allocation.problem import Problem, Resource

SAME = 1e-9
"""Share of a value by which the two sides may differ."""

TURNS = 5


def cells_of(case: Case) -> tuple[Cells, Limits]:
    cells = Cells(case.value, case.demand, case.lower, case.upper, case.use, case.resource)
    return cells, Limits(case.stock, case.cost, float(case.budget))


def against(
    work: str,
    case: Case,
    ours: Callable[[], float],
    peers: Sequence[tuple[str, str]],
    *,
    repeats: int,
    tolerance: Callable[[str], float] = lambda _: SAME,
) -> list[str]:
    """Return a line for every peer; its value must not be better than ours by more than the tolerance."""
    mine, theirs = in_turns(case, [name for name, _ in peers], ours, repeats, TURNS)
    lines = []
    for name, aim in peers:
        other = theirs[name]
        better = (other.value - mine.value) / abs(mine.value)
        if better > tolerance(name):
            raise RuntimeError(f"{name} found {other.value}, better than our {mine.value} by {better:.1e}")
        said = f"{work}, {name}, ours better by {-better:.0e}, ms"
        lines.append(line(said, 1000 * mine.seconds, 1000 * other.seconds, other.seconds / mine.seconds, aim))
    return lines


def laminar(regions: int, repeats: int) -> list[str]:
    case = independent_resources(regions)
    cells, limits = cells_of(case)
    peers = [
        ("scipy_linprog", "at least 200"),
        ("glop", "at least 20"),
        ("highs", "none"),
        ("highs_without_presolve", "none"),
        ("pulp_cbc", "none"),
    ]
    work = f"most served, {regions:,} regions x {KINDS}"
    return against(work, case, lambda: most_served_in(cells, limits).value, peers, repeats=repeats)


def large_laminar(regions: int, repeats: int) -> list[str]:
    case = independent_resources(regions)
    cells, limits = cells_of(case)
    peers = [("highs_interior_point", "at least 20")]
    return against(
        f"most served, {regions:,} regions x {KINDS}",
        case,
        lambda: most_served_in(cells, limits).value,
        peers,
        repeats=repeats,
        # an interior point stops close to the optimum, on either side
        tolerance=lambda name: 1e-6 if name == "highs_interior_point" else SAME,
    )


def frontier(regions: int, repeats: int) -> list[str]:
    case = without_caps(independent_resources(regions))
    steps = [cells_of(case.with_floor(floor)) for floor in floors(case, POINTS)]
    peers = [("highs_frontier", "at least 4"), ("highs_frontier_without_presolve", "at least 4")]
    work = f"frontier of {POINTS} floors, {regions:,} regions x {KINDS}"
    return against(work, case, lambda: sum(most_served_in(*step).value for step in steps), peers, repeats=repeats)


def alpha_fair_rows(regions: int, repeats: int) -> list[str]:
    """Return the rows of plain arrays, and of a whole problem with its checks, its pieces and its proof."""
    lines, peers = [], [("cvxpy_clarabel", "at least 300")]
    for kinds, case in ((1, single_resource(regions)), (KINDS, independent_resources(regions))):
        cells, limits = cells_of(case)

        def ours(case: Case = case, cells: Cells = cells, limits: Limits = limits) -> float:
            return _worth(case, alpha_fair_in(cells, limits, ALPHA).amount)

        lines += against(f"alpha-fair (2), {regions:,} regions x {kinds}", case, ours, peers, repeats=repeats)
    case = single_resource(regions)
    beds = Resource("beds", float(case.stock[0]))
    problem = Problem(_names(regions), case.demand, (beds,), value=case.value)

    def whole() -> float:
        return _worth(case, alpha_fair(problem, ALPHA).served)

    return lines + against(f"the same as a problem, {regions:,} regions x 1", case, whole, peers, repeats=repeats)


def _worth(case: Case, served: Array) -> float:
    return -float((case.value * case.demand**ALPHA / served).sum())


def explanation(regions: int, repeats: int) -> list[str]:
    demand = np.random.default_rng(1).gamma(2, 50, regions)
    whole = float(demand.sum())
    shares = (("beds", 0.3), ("nurses", 0.25), ("ventilators", 0.2), ("doctors", 0.1))
    several = tuple(Resource(name, share * whole, unit_cost=1.0) for name, share in shares)
    short = Problem(_names(regions), demand, several, common_floor=0.7, budget=10.0)
    crowded = Problem(_names(regions), demand, several[:1], cap=0.5 * demand[:, None], common_floor=0.7)
    lines = []
    for what, problem, rows in (("4 stocks and a budget", short, 5), ("a stock and every cap", crowded, regions + 1)):
        if len(conflicts(problem)) != rows:
            raise RuntimeError(f"{len(conflicts(problem))} limits are named, {rows} are broken")
        taken = 1000 * statistics.median(_seconds(conflicts, problem) for _ in range(5 * repeats))
        lines.append(line(f"floors that break {what}, {regions:,} regions, ms", taken, 10.0, taken / 10, "at most 1"))
    return lines


def one_bound_moved(work: str, cold: Callable[[], float], moved: Callable[[], float], repeats: int, aim: str) -> str:
    """Return the line of a live model whose bound moves, against solving it afresh; both return their value."""
    warm, afresh = [], []
    for _ in range(repeats):
        begun = perf_counter()
        value = moved()
        warm.append(perf_counter() - begun)
        begun = perf_counter()
        other = cold()
        afresh.append(perf_counter() - begun)
        if abs(value - other) > SAME * abs(other):
            raise RuntimeError(f"warm and cold differ: {value} and {other}")
    mine, theirs = 1000 * statistics.median(warm), 1000 * statistics.median(afresh)
    return line(work, mine, theirs, theirs / mine, aim)


def _seconds(work: Callable[[Problem], object], problem: Problem) -> float:
    begun = perf_counter()
    work(problem)
    return perf_counter() - begun


def _names(regions: int) -> tuple[str, ...]:
    return tuple(f"region {place}" for place in range(regions))
