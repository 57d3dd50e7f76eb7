import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.errors import InputError
from medalloc.live.move import MoveLimits
from medalloc.live.moving import Replan, placed_with, replanned

COUNT = st.integers(0, 30)
REGION = st.tuples(COUNT, COUNT, COUNT)


@st.composite
def changed(draw: st.DrawFn) -> tuple[Problem, np.ndarray]:
    """A problem with its plan's units, and another demand."""
    rows = draw(st.lists(REGION, min_size=2, max_size=5))
    demand, later, there = np.array(rows, float).T
    beds, nurses = Resource("beds", draw(COUNT)), Resource("nurses", draw(COUNT), draw(st.sampled_from([0.5, 1.0])))
    problem = Problem(
        tuple(map(str, range(len(rows)))), demand, (beds, nurses), existing=np.stack([there, there[::-1]], axis=1)
    )
    return problem.derived(demand=later), solve(problem).units


def best(problem: Problem, placed: np.ndarray, share: float) -> float:
    """The slow obvious way: persons, units given and units taken as one linear program."""
    n, kinds = placed.shape
    served = -np.concatenate([np.ones(n), np.zeros(2 * n * kinds)])
    rows, most = [], []
    for j in range(n):
        for k in range(kinds):
            row = np.zeros(n + 2 * n * kinds)
            row[j] = problem.requirement[j, k]
            row[n + j * kinds + k], row[n + n * kinds + j * kinds + k] = 1, -1
            rows.append(row)
            most.append(problem.existing[j, k] + placed[j, k])
    for k in range(kinds):
        given = np.zeros(n + 2 * n * kinds)
        given[n + k : n + n * kinds : kinds] = 1
        taken = -given
        taken[n + n * kinds + k :: kinds] = 1
        rows += [given, taken]
        most += [share * placed[:, k].sum(), problem.stock[k] - placed[:, k].sum()]
    ends = [(0, d) for d in problem.demand] + [(0, u) for u in placed.ravel()] + [(0, None)] * (n * kinds)
    return -linprog(served, A_ub=np.array(rows), b_ub=most, bounds=ends).fun


def people(found: Replan) -> tuple[float, float]:
    return float(found.served_now.sum()), float(found.served_after.sum())


@settings(deadline=None, max_examples=25)
@given(asked=changed(), share=st.sampled_from([0.0, 0.05, 0.3, 1.0]))
def test_moves_within_a_limit_serve_as_many_as_any_can_no_fewer_than_now_and_no_more_than_without_it(
    asked: tuple[Problem, np.ndarray], share: float
) -> None:
    problem, placed = asked
    now, after = people(replanned(problem, placed, MoveLimits(share, least=0)))
    free = float(solve(problem).served.sum())
    assert after == pytest.approx(best(problem, placed, share), abs=1e-6)
    assert now - 1e-6 <= after <= free + 1e-6
    if share == 1:
        assert after == pytest.approx(free, abs=1e-6)


@settings(deadline=None, max_examples=25)
@given(asked=changed(), least=st.sampled_from([0.5, 3.0]), price=st.sampled_from([0.0, 0.4]))
def test_every_move_is_worth_it_and_the_board_of_moves_leads_to_what_is_said(
    asked: tuple[Problem, np.ndarray], least: float, price: float
) -> None:
    problem, placed = asked
    found = replanned(problem, placed, MoveLimits(0.4, least=least, price=price))
    now, after = people(found)
    for move in found.moves:
        moved = sum(part.units for part in move.parts)
        assert move.serves - move.loses >= max(least, price * moved) - 1e-6
    assert after - now == pytest.approx(sum(move.serves - move.loses for move in found.moves), abs=1e-6)
    made = placed_with(problem, placed, found.moves)
    assert (made >= -1e-9).all()
    leaving = np.maximum(0, placed - made).sum(axis=0)
    assert (leaving <= 0.4 * placed.sum(axis=0) + 1e-6).all()
    later = replanned(problem, made, MoveLimits(0.0, least=0))
    assert later.served_now.sum() == pytest.approx(after, abs=1e-6)


def test_units_that_stood_there_before_the_plan_stay_and_a_refused_region_gets_none() -> None:
    problem = Problem(("A", "B", "C"), [0, 9, 9], (Resource("beds", 4),), existing=[[5], [0], [0]])
    found = replanned(problem, np.array([[4.0], [0.0], [0.0]]), MoveLimits(1.0), closed=["B"])
    assert [(move.to, move.parts[0].origin, move.parts[0].units) for move in found.moves] == [("C", "A", 4.0)]


def test_units_that_stay_are_read_as_other_arrays_are() -> None:
    beds = (Resource("beds", 0, movable=1.0),)
    problem = Problem(("A", "B"), [0, 9], beds, existing=[[5], [0]], staying=[[3], [0]])
    assert solve(problem).served.tolist() == [0, 2]
    for wrong in ([[-1], [0]], [["x"], [0]], [1, 2]):
        with pytest.raises(InputError, match=r"[Ss]taying"):
            Problem(("A", "B"), [0, 9], beds, staying=wrong)


def test_a_number_of_units_limits_as_well_as_a_share() -> None:
    problem = Problem(("A", "B"), [0, 9], (Resource("beds", 8),))
    found = replanned(problem, np.array([[8.0], [0.0]]), MoveLimits(1.0, units=3))
    assert people(found) == (0.0, 3.0)


def test_where_few_moves_cannot_keep_the_smallest_coverage_that_is_said() -> None:
    problem = Problem(("A", "B"), [10, 10], (Resource("beds", 10),), common_floor=0.5)
    found = replanned(problem, np.array([[10.0], [0.0]]), MoveLimits(0.1, least=0))
    assert any("left out" in str(said) for said in found.said)
