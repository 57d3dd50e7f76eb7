from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.program.deciding import relaxation
from medalloc.allocation.program.filling import filled
from medalloc.allocation.program.model import goal_of, model_of
from medalloc.allocation.program.rounding import keeps


@settings(max_examples=25, deadline=None)
@given(data=st.data(), part=st.sampled_from([0.0, 0.3, 0.8]))
def test_from_a_part_of_a_plan_on_what_is_left_is_placed_within_every_limit_and_nobody_loses(data, part, with_choices):
    problem = data.draw(with_choices(floors=False))
    problem = replace(problem, resources=tuple(replace(one, stands_in_for="") for one in problem.resources))
    model = model_of(problem)
    begun = part * relaxation(model, goal_of(model, model.persons.value), np.inf).amounts
    made = filled(model, begun, np.zeros(model.matrix.shape[0]))
    assert keeps(model, made)
    layout, counts = model.layout, model.persons.value > 0
    assert (made[layout.new] >= begun[layout.new] - 1e-9).all()
    assert (made[layout.served] >= begun[layout.served] * (1 - 1e-9))[counts].all()


@pytest.mark.parametrize("whole", [True, False])
def test_alone_it_uses_up_stock_room_and_money(whole):
    beds = Resource("beds", 9, unit_cost=2, space=1, whole=whole, movable=0.5)
    asked = Problem(("A", "B"), [8, 8], (beds,), existing=[[0], [2]], value=[2, 1])
    for limit, served in (
        ({}, [8, 3]),
        ({"space": [5, np.inf]}, [5, 6]),
        ({"budget": 10}, [5, 2]),
        ({"cap": [[3], [4]]}, [3, 6]),
    ):
        model = model_of(replace(asked, **limit))
        made = filled(model, np.zeros(model.layout.columns), np.zeros(model.matrix.shape[0]))
        assert made[model.layout.served] == pytest.approx(served)
