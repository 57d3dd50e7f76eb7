import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.uncertainty import Futures
from medalloc.allocation.uncertainty.coupled import most_within_all
from medalloc.allocation.uncertainty.room import expected_served, fits, room_of


@settings(max_examples=50)
@given(data=st.data())
def test_the_program_over_pieces_is_the_program_as_it_is_written_down(data, feasible_problems, futures_of, program):
    problem = data.draw(feasible_problems())
    futures = data.draw(futures_of(problem.regions))
    room = room_of(problem, futures)
    placed = most_within_all(room, np.sort(room.demand.T, axis=1), problem.value)
    value = problem.value @ expected_served(room, placed.capacity)
    assert fits(room, placed.capacity)
    assert np.isclose(value, program(problem, futures), rtol=1e-7, atol=1e-7)
    assert np.isclose(placed.bound, value, rtol=1e-7, atol=1e-7)


def test_what_serves_nobody_that_counts_is_not_taken():
    problem = Problem(("A", "B"), [5, 5], (Resource("beds", 50), Resource("nurses", 50)), value=[1, 0])
    room = room_of(problem, Futures(("A", "B"), [[4, 9], [6, 2]]))
    placed = most_within_all(room, np.sort(room.demand.T, axis=1), problem.value)
    assert placed.capacity == pytest.approx([6, 0]) and placed.bound == pytest.approx(5)
