import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from medalloc.allocation.explaining.answer import answer_json
from medalloc.allocation.measures.whole import tellable
from medalloc.allocation.plan import plan_frame
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve


@given(st.lists(st.floats(-1e6, 1e6), min_size=1), st.floats(0, 1e9))
def test_a_number_is_told_as_it_is_or_as_the_whole_one_next_to_it(numbers, scale):
    found = tellable(numbers, scale)
    most = np.maximum(scale, np.abs(numbers))
    assert (np.abs(found - numbers) <= np.clip(1e-7 * most, 1e-5, 1e-3)).all()
    changed = found != numbers
    assert (found[changed] == np.round(found[changed])).all()
    assert np.array_equal(tellable(found, scale), found)


@given(st.lists(st.floats(-1e-3, 1e-3), min_size=1))
def test_where_everything_is_small_small_numbers_are_told(numbers):
    assert np.allclose(tellable(numbers, 1e-3), numbers, rtol=0, atol=1e-10)


def test_a_solver_s_plan_is_told_in_whole_numbers_where_they_are_meant():
    beds = (Resource("beds", 20, movable=0.5, unit_cost=3), Resource("nurses", 30, 0.5))
    plan = solve(Problem(("A", "B", "C"), [30, 10, 7], beds, existing=[[4, 0], [0, 2], [9, 9]], budget=50))
    assert plan.method.startswith("HiGHS")
    told = [number for row in answer_json(plan)["regions"] for number in (row["served"], *row["units"].values())]
    table = plan_frame(plan)
    told += [*table["served"], *table["placed beds"], *table["moved beds"], *table["placed nurses"]]
    away = np.abs(np.array(told) - np.round(told))
    assert ((away == 0) | (away > 1e-5)).all()
