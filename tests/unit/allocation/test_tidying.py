import json
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.explaining.answer import answer_json
from medalloc.allocation.plan_frame import plan_frame
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.allocation.tidying import tidied, tidy_numbers

NEAR_WHOLE = st.integers(-50, 10**6).flatmap(
    lambda whole: st.floats(-5e-10, 5e-10).map(lambda off: (whole, whole * (1 + off)))
)


@given(numbers=st.lists(NEAR_WHOLE, min_size=1, max_size=5))
def test_what_is_whole_but_for_rounding_is_whole(numbers):
    whole, found = np.array(numbers).T
    assert tidy_numbers(found, np.full(whole.shape, 2e6)).tolist() == whole.tolist()


@given(number=st.floats(1e-6, 1e6), part=st.floats(0.001, 0.999))
def test_what_is_neither_whole_nor_nothing_stays(number, part):
    found = np.array([number, np.floor(number) + part])
    kept = np.abs(found - np.round(found)) > 1e-8 * found
    # but for decimals that are meant as they are
    assert np.allclose(tidy_numbers(found, np.full(2, 1e6))[kept], found[kept], rtol=1e-10, atol=0)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_shown_saved_and_downloaded_has_no_dust(data, feasible_problems):
    plan = solve(data.draw(feasible_problems()))
    assert tidied(plan).to_json() == plan.to_json()
    placed = [column for column in plan_frame(plan) if column.startswith("placed")]
    for shown, needed in ((plan.served, plan.problem.demand), (plan_frame(plan)[placed].to_numpy(), plan.units.max())):
        dust = (shown != np.round(shown)) & (np.abs(shown - np.round(shown)) <= 1e-12 * np.abs(shown))
        assert not dust.any() and ((shown == 0) | (shown > 1e-9 * np.minimum(needed, shown.max(axis=0)))).all()
    assert "e-1" not in json.dumps([row["units"] for row in plan.to_json()["regions"]])


def test_rounding_up_never_places_more_than_there_is():
    from medalloc.allocation.problem import Problem, Resource

    plan = solve(Problem(tuple("ABC"), [5, 5, 5], (Resource("beds", 6),)))
    low = replace(plan, units=np.array([[2 - 5e-10], [2 - 5e-10], [2 - 5e-10]]), problem=plan.problem)
    short = replace(low, problem=replace(plan.problem, resources=(Resource("beds", 6 - 1.5e-9),)))
    assert tidied(low).units.ravel().tolist() == [2, 2, 2]
    assert tidied(short).units.sum() <= 6 - 1e-9


def test_a_solver_s_plan_is_told_in_whole_numbers_where_they_are_meant():
    beds = (Resource("beds", 20, movable=0.5, unit_cost=3), Resource("nurses", 30, 0.5))
    plan = solve(Problem(("A", "B", "C"), [30, 10, 7], beds, existing=[[4, 0], [0, 2], [9, 9]], budget=50))
    assert plan.method.startswith("HiGHS")
    told = [number for row in answer_json(plan)["regions"] for number in (row["served"], *row["units"].values())]
    table = plan_frame(plan)
    told += [*table["served"], *table["placed beds"], *table["moved beds"], *table["placed nurses"]]
    away = np.abs(np.array(told) - np.round(told))
    assert ((away == 0) | (away > 1e-5)).all()


def test_a_region_with_more_than_enough_is_not_told_to_serve_nearly_everybody():
    beds = Resource("beds", 10, unit_cost=2, movable=1.0)
    plan = solve(
        Problem(("A", "B"), [100, 10], (beds,), existing=[[0], [100]], cap=[[50], [0]], budget=10, common_floor=0.5)
    )
    assert plan.served.tolist() == [50, 10]
    short = replace(plan, served=np.array([50, 10 * (1 - 3e-7)]))
    assert tidied(short).served.tolist() == [50, 10]
    # who is short of units, or of more than rounding, stays as found
    assert tidied(replace(plan, served=np.array([50, 9.9]))).served.tolist() == [50, 9.9]
    few = replace(plan, units=np.array([[50.0], [-91.0]]), served=np.array([50, 10 * (1 - 3e-7)]))
    assert tidied(few).served.tolist() == few.served.tolist()


def test_what_stands_in_is_told_without_dust_also_where_nobody_needs_it_for_its_own_work():
    kinds = (Resource("doctors", 5), Resource("nurses", 40, stands_in_for="doctors", productivity=0.5))
    own = np.array([[10.0, 0.0], [0.0, 9.0]])
    plan = solve(Problem(("A", "B"), own.sum(axis=1), kinds, demand_of=own, cap=[[5, 7.3], [9, 9]]))
    assert plan.standing_in.tolist() == [[0, 7.3], [0, 0]] and plan.units[0].tolist() == [5, 7.3]
    dusty = replace(plan, standing_in=plan.standing_in + np.array([[3e-11, 0], [0, 2e-12]]))
    short = replace(dusty, units=plan.units * np.array([[1, 1 - 4e-12], [1, 1]]))
    assert tidied(short).standing_in.tolist() == plan.standing_in.tolist()
    assert tidied(short).units.tolist() == plan.units.tolist()


def test_a_full_cap_is_told_as_it_is_but_a_whole_number_is_told_before_a_cap_that_is_none_but_for_rounding():
    plan = solve(Problem(("A", "B"), [30, 30], (Resource("beds", 20),), cap=[[7.123456789], [8.00000001]]))
    rough = replace(plan, units=np.array([[7.123456788999], [8.0]]), served=np.array([7.123456788999, 8.0]))
    assert tidied(rough).units.ravel().tolist() == [7.123456789, 8]
