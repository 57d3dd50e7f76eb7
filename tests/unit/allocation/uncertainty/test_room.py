from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.uncertainty import Futures
from medalloc.allocation.uncertainty.room import drawn_back, fits, room_of, units_of
from medalloc.allocation.uncertainty.served import capacity_of


@settings(max_examples=60)
@given(data=st.data())
def test_the_units_for_a_capacity_are_enough_and_none_too_many(data, feasible_problems, futures_of):
    problem = data.draw(feasible_problems())
    room = room_of(problem, data.draw(futures_of(problem.regions)))
    units = units_of(problem, room.upper)
    assert (capacity_of(problem, units) >= room.upper * (1 - 1e-9)).all()
    assert (units * (units - (problem.requirement * room.upper[:, None] - problem.existing)) == 0).all()


@settings(max_examples=60)
@given(data=st.data())
def test_what_is_drawn_back_fits_and_what_fits_is_left_alone(data, feasible_problems, futures_of):
    problem = data.draw(feasible_problems())
    room = room_of(problem, data.draw(futures_of(problem.regions)))
    back = drawn_back(room, room.upper)
    assert fits(room, room.lower) and fits(room, back)
    assert (back >= room.lower - 1e-9).all() and (back <= room.upper + 1e-9).all()
    assert np.allclose(drawn_back(room, back), back, rtol=1e-9, atol=1e-9)


def test_the_upper_end_is_what_caps_allow_and_some_future_needs():
    futures = Futures(("A", "B"), [[10, 4], [6, 20]])
    problem = Problem(("A", "B"), [8, 12], (Resource("beds", 9, requirement=2),), cap=[[np.inf], [10]])
    assert room_of(problem, futures).upper.tolist() == [10, 5]
    assert room_of(replace(problem, existing=[[4], [4]]), futures).lower.tolist() == [2, 2]


@pytest.mark.parametrize("others", [(), (Resource("oxygen", 0, requirement=2),)])
def test_what_is_drawn_back_uses_up_the_limit_that_it_exceeded_whatever_nobody_takes(others):
    kinds, there = (Resource("beds", 9), *others), [[0, 99]] * 2 if others else [[0]] * 2
    futures = Futures(("A", "B"), [[10, 20]])
    room = room_of(Problem(("A", "B"), [8, 12], kinds, existing=there, floor=[0.25, 0.25]), futures)
    assert room.lower.tolist() == [2, 3] and not fits(room, room.upper)
    assert drawn_back(room, room.upper).sum() == pytest.approx(9)
