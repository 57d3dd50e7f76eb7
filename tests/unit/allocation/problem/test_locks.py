from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from medalloc.allocation.explaining.reasons import reasons
from medalloc.allocation.fitting.conflicts import conflicts
from medalloc.allocation.fitting.remedies import remedied, remedies
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import cost_of_locks, solve
from medalloc.errors import InputError

NAN = float("nan")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_locked_units_are_placed_exactly_and_every_limit_is_kept(data, feasible_problems, oracle):
    problem = data.draw(feasible_problems(policy=st.sampled_from(["most-served", "max-min", "alpha:2", "per-head"])))
    share = data.draw(st.floats(0, 1)) / len(problem.regions)
    settled = np.array(data.draw(st.lists(st.booleans(), min_size=problem.cap.size, max_size=problem.cap.size)))
    locked = np.where(settled.reshape(problem.cap.shape), np.minimum(problem.cap, problem.stock * share), np.nan)
    problem = replace(problem, locked=locked)
    assume(not conflicts(problem))
    plan = solve(problem)
    assert np.allclose(plan.units[~np.isnan(locked)], locked[~np.isnan(locked)], atol=1e-9)
    assert (plan.used <= problem.stock * (1 + 1e-9) + 1e-9).all()
    assert problem.budget is None or plan.spent <= problem.budget * (1 + 1e-9) + 1e-9
    have = problem.existing + plan.units
    assert (problem.requirement * plan.served[:, None] <= have * (1 + 1e-9) + 1e-9).all()
    assert all("elsewhere" not in str(why) and ": ." not in str(why) for why in reasons(plan))
    if problem.policy == "most-served":
        assert cost_of_locks(plan) >= -1e-7 or np.ptp(problem.value) > 0
        assert plan.value == pytest.approx(-oracle(problem, locked).fun, rel=1e-7, abs=1e-7)


def test_the_cost_of_a_lock_is_what_is_served_without_it_and_no_more_with_it():
    problem = Problem(("A", "B"), [30, 10], (Resource("beds", 20),), locked=[[NAN], [15]])
    plan = solve(problem)
    assert plan.units.tolist() == [[5], [15]] and plan.served.tolist() == [5, 10]
    assert cost_of_locks(plan) == pytest.approx(5)
    assert cost_of_locks(solve(replace(problem, locked=[[NAN], [NAN]]))) == 0


def test_a_lock_is_the_reason_where_it_serves_no_more():
    problem = Problem(("A", "B"), [30, 10], (Resource("beds", 20),), locked=[[NAN], [4]])
    assert [str(why) for why in reasons(solve(problem))] == [
        "Gets 16 beds: the stock of beds is used up. One more unit of beds would serve 1 here, and nowhere more.",
        "Gets 4 beds: what is locked here serves no more (beds)."
        " One more unit of beds would serve nobody here, but 1 in A.",
    ]


def test_locks_that_exceed_a_stock_or_the_budget_are_conflicts():
    problem = Problem(("A",), [30], (Resource("beds", 5, unit_cost=2),), locked=[[6]], budget=8)
    assert [str(each.limit) for each in conflicts(problem)] == [
        "Stock of beds: locked are 6, in stock are 5.",
        "Budget: the locked units cost 12, available are 8.",
    ]


def test_a_lock_below_what_a_floor_needs_is_a_conflict():
    problem = Problem(("A",), [30], (Resource("beds", 20),), locked=[[6]], common_floor=0.5)
    (found,) = conflicts(problem)
    assert str(found.limit) == "A is locked at 6 beds, but its floor needs 15."
    assert (found.required, found.available) == (15, 6)
    assert conflicts(replace(problem, locked=[[15]])) == []


def test_a_stock_that_floors_and_locks_exceed_together_is_told_whole():
    resources = (Resource("beds", 20, unit_cost=1),)
    problem = Problem(("A", "B"), [30, 10], resources, locked=[[NAN], [10]], floor=[0.5, 0], budget=22)
    stock, budget = conflicts(problem)
    assert (stock.required, stock.available, budget.required, budget.available) == (25, 20, 25, 22)
    assert conflicts(replace(problem, resources=(Resource("beds", 25, unit_cost=1),), budget=25)) == []


def test_today_places_nothing_even_if_it_is_locked():
    plan = solve(Problem(("A",), [30], (Resource("beds", 20),), locked=[[6]], policy="today"))
    assert plan.units.tolist() == [[0]]


def test_locks_are_saved_and_checked():
    problem = Problem(("A", "B"), [30, 10], (Resource("beds", 20),), locked=[[NAN], [4]])
    assert problem.to_json()["locked"] == [[None], [4.0]]
    assert Problem.from_json(problem.to_json()) == problem
    with pytest.raises(InputError, match=r"Locked beds: found -1.*more than the cap allows in these regions: B"):
        replace(problem, locked=[[-1], [4]], cap=[[9], [2]])


def test_what_locks_and_floors_break_is_told_at_once():
    beds = (Resource("beds", 30, unit_cost=2),)
    problem = Problem(
        *(("A", "B", "C"), [60, 70, 60], beds),
        cap=[[99], [99], [0]],
        locked=[[40], [NAN], [0]],
        budget=50,
        common_floor=0.3,
    )
    found = conflicts(problem)
    assert [str(each.limit) for each in found] == [
        "Stock of beds: locked units and floors need 79, in stock are 30.",
        "C can take 0 more beds, but its floor needs 18.",
        "C is locked at 0 beds, but its floor needs 18.",
        "Budget: locked units and floors cost 158, available are 50.",
    ]
    # no floor is named: the locks alone exceed the stock
    assert str(found[0].repair) == "Unlock some beds, or raise their stock to 79."
    changes = remedies(each for conflict in found for each in conflict.remedies)
    assert solve(remedied(problem, changes)).served.tolist() == [40, 21, 18]
