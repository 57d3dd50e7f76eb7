"""One solver in a process of its own, because OR-Tools and highspy cannot live in one.

    .venv-bench/bin/python -m benchmarks.allocation.peer highs case.npz

Reads a line for every solve, answers with its seconds and its value as JSON. What a solver is given is built before its
clock starts, afresh for every solve.
"""

import json
import sys
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

import numpy as np

from benchmarks.allocation.cases import Case, floors

Solve = Callable[[], Any]
Value = Callable[[Any], float]

POINTS = 50
ALPHA = 2.0


def scipy_linprog(case: Case) -> tuple[Solve, Value]:
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    taken, limit, cell = case.rows()
    matrix = csr_array((taken, (limit, cell)))
    program: dict[str, Any] = {
        "c": -case.value,
        "A_ub": matrix,
        "b_ub": case.limits,
        "bounds": np.column_stack([case.lower, case.upper]),
        "method": "highs",
    }
    return lambda: linprog(**program), lambda found: -float(found.fun)


def _highs(case: Case, options: dict[str, str]) -> Any:
    import highspy
    from scipy.sparse import csr_array

    taken, limit, cell = case.rows()
    matrix = csr_array((taken, (limit, cell)))
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = matrix.shape
    program.col_cost_, program.col_lower_, program.col_upper_ = -case.value, case.lower, case.upper
    program.row_lower_, program.row_upper_ = np.full(case.limits.size, -np.inf), case.limits
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_, program.a_matrix_.index_ = matrix.indptr, matrix.indices
    program.a_matrix_.value_ = matrix.data
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    for option, setting in options.items():
        solver.setOptionValue(option, setting)
    solver.passModel(program)
    return solver


def _highs_value(solver: Any) -> float:
    return -float(solver.getInfo().objective_function_value)


def highs(case: Case) -> tuple[Solve, Value]:
    solver = _highs(case, {})
    return solver.run, lambda _: _highs_value(solver)


def highs_without_presolve(case: Case) -> tuple[Solve, Value]:
    solver = _highs(case, {"presolve": "off", "solver": "simplex"})
    return solver.run, lambda _: _highs_value(solver)


def highs_interior_point(case: Case) -> tuple[Solve, Value]:
    # with presolve it does not end within minutes at 100,000 regions, and the older of its two methods is the faster
    solver = _highs(case, {"solver": "ipx", "run_crossover": "off", "presolve": "off"})
    return solver.run, lambda _: _highs_value(solver)


def highs_frontier(case: Case, options: dict[str, str] | None = None) -> tuple[Solve, Value]:
    """Return one live model whose floors are moved: every run starts from the basis of the one before."""
    solver = _highs(case, options or {})
    lowers = [case.with_floor(floor).lower for floor in floors(case, POINTS)]
    cells = np.arange(case.value.size, dtype=np.int32)

    def solve() -> list[float]:
        values = []
        for lower in lowers:
            solver.changeColsBounds(cells.size, cells, lower, case.upper)
            solver.run()
            values.append(_highs_value(solver))
        return values

    return solve, sum


def highs_frontier_without_presolve(case: Case) -> tuple[Solve, Value]:
    return highs_frontier(case, {"presolve": "off", "solver": "simplex"})


def glop(case: Case) -> tuple[Solve, Value]:
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("GLOP")
    ends = zip(case.lower.tolist(), case.upper.tolist(), strict=True)
    columns = [solver.NumVar(low, high, "") for low, high in ends]
    rows = [solver.Constraint(-solver.infinity(), limit) for limit in case.limits.tolist()]
    for taken, limit, cell in zip(*(part.tolist() for part in case.rows()), strict=True):
        rows[limit].SetCoefficient(columns[cell], taken)
    goal = solver.Objective()
    for column, value in zip(columns, case.value.tolist(), strict=True):
        goal.SetCoefficient(column, value)
    goal.SetMaximization()
    return solver.Solve, lambda _: float(goal.Value())


def pulp_cbc(case: Case) -> tuple[Solve, Value]:
    import pulp

    program = pulp.LpProblem("most", pulp.LpMaximize)
    ends = zip(case.lower.tolist(), case.upper.tolist(), strict=True)
    columns = [pulp.LpVariable(f"x{cell}", low, high) for cell, (low, high) in enumerate(ends)]
    program += pulp.LpAffineExpression(zip(columns, case.value.tolist(), strict=True))
    terms: list[list[tuple[Any, float]]] = [[] for _ in case.limits]
    for taken, limit, cell in zip(*(part.tolist() for part in case.rows()), strict=True):
        terms[limit].append((columns[cell], taken))
    for row, limit in zip(terms, case.limits.tolist(), strict=True):
        program += pulp.LpAffineExpression(row) <= limit
    return lambda: program.solve(pulp.PULP_CBC_CMD(msg=False)), lambda _: float(pulp.value(program.objective))


def cvxpy_clarabel(case: Case) -> tuple[Solve, Value]:
    """Return the alpha-fair program; its plan is made feasible before it is valued."""
    import cvxpy
    from scipy.sparse import csr_array

    taken, limit, cell = case.rows()
    held = np.isfinite(case.limits)
    matrix, there = csr_array((taken, (limit, cell)))[held], case.limits[held]
    served = cvxpy.Variable(case.value.size)
    worth = (case.value * case.demand**ALPHA) @ cvxpy.inv_pos(served)
    limits = [served >= case.lower, served <= case.upper, matrix @ served <= there]
    program = cvxpy.Problem(cvxpy.Minimize(worth), limits)

    def value(_: Any) -> float:
        plan = np.clip(np.asarray(served.value), case.lower, case.upper)
        least, most = matrix @ case.lower, matrix @ plan
        share = float(((there - least) / np.maximum(most - least, 1e-300)).min(initial=1.0))
        plan = case.lower + share * (plan - case.lower)
        return -float((case.value * case.demand**ALPHA / plan).sum())

    return lambda: program.solve(solver=cvxpy.CLARABEL), value


PEERS = {
    each.__name__: each
    for each in (
        scipy_linprog,
        highs,
        highs_without_presolve,
        highs_interior_point,
        highs_frontier,
        highs_frontier_without_presolve,
        glop,
        pulp_cbc,
        cvxpy_clarabel,
    )
}


def main(name: str, path: str) -> None:
    case = Case.load(path)
    for _ in sys.stdin:
        solve, value = PEERS[name](case)
        begun, busy = perf_counter(), process_time()
        found = solve()
        seconds = min(perf_counter() - begun, process_time() - busy)
        print(json.dumps({"seconds": seconds, "value": value(found)}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
