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
@pytest.mark.parametrize(
    ("limit", "from_nothing", "from_some"),
    [
        ({}, [8, 3], [8, 3]),
        ({"space": [5, np.inf]}, [5, 6], [5, 6]),
        ({"budget": 10}, [5, 2], [5.75, 1]),
        ({"cap": [[3], [4]]}, [3, 6], [3, 5]),
    ],
)
def test_it_uses_up_stock_room_and_money_beside_what_was_placed_and_moved_before(whole, limit, from_nothing, from_some):
    beds = Resource("beds", 9, unit_cost=2, space=1, whole=whole, movable=0.5, move_cost=0.5)
    model = model_of(Problem(("A", "B"), [8, 8], (beds,), existing=[[0], [2]], value=[2, 1], **limit))
    layout, free = model.layout, np.zeros(model.matrix.shape[0])
    nothing, some = np.zeros(layout.columns), np.zeros(layout.columns)
    # one bed is new in the first region, and one comes from the second
    some[layout.new[0]], some[layout.taken[0]], some[layout.given[1]], some[layout.served] = 1, 1, 1, [2, 1]
    for begun, served in ((nothing, from_nothing), (some, from_some)):
        found = filled(model, begun, free)[layout.served]
        assert found == pytest.approx(np.floor(served) if whole else served)


def test_whoever_is_served_most_for_what_it_takes_at_these_prices_comes_first():
    beds = Resource("beds", 4, movable=0.5)
    asked = Problem(("A", "B"), [8, 1], (beds,), region_cost=[[4], [1]])
    for limit, price, served in (({}, "stock", [4, 0]), ({"budget": 8}, "budget", [1.75, 1])):
        model = model_of(replace(asked, **limit))
        prices = np.zeros(model.matrix.shape[0])
        prices[model.rows[price]] = 1.0
        assert filled(model, np.zeros(model.layout.columns), prices)[model.layout.served].tolist() == served


def test_what_is_locked_takes_no_more():
    beds = Resource("beds", 9, movable=0.5)
    model = model_of(Problem(("A", "B"), [8, 8], (beds,), locked=[[2], [np.nan]]))
    begun = np.zeros(model.layout.columns)
    begun[model.layout.new[0]], begun[model.layout.served[0]] = 2, 2
    made = filled(model, begun, np.zeros(model.matrix.shape[0]))
    assert made[model.layout.served].tolist() == [2, 7]
