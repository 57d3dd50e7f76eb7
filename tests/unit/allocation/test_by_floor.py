from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.by_floor import most_by_floor
from medalloc.allocation.fitting.conflicts import largest_floor
from medalloc.allocation.solving import solve
from medalloc.allocation.tidying import tidy_numbers


@settings(max_examples=60, deadline=None)
@given(data=st.data(), share=st.sampled_from([0.0, 0.3, 1.0]))
def test_under_every_floor_it_is_the_plan_of_the_problem_with_that_floor(data, share, feasible_problems):
    problem = data.draw(feasible_problems())
    floor = share * largest_floor(problem)
    plan = solve(replace(problem, common_floor=floor, policy="most-served"))
    served, value = most_by_floor(problem)(floor)
    # a plan is tidied at the door
    assert np.array_equal(tidy_numbers(served, problem.demand), plan.served) and value == plan.value
