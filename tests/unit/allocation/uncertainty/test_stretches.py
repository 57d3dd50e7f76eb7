import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.uncertainty.room import room_of, taken_by
from medalloc.allocation.uncertainty.stretches import stretches_of


@settings(max_examples=60)
@given(data=st.data())
def test_all_pieces_together_are_the_whole_choice_and_what_it_takes(data, feasible_problems, futures_of):
    problem = data.draw(feasible_problems())
    room = room_of(problem, data.draw(futures_of(problem.regions)))
    pieces = stretches_of(room, room.demand.T)
    lengths = np.bincount(pieces.region, weights=pieces.length, minlength=room.lower.size)
    assert np.allclose(room.lower + lengths, room.upper, rtol=1e-9, atol=1e-9)
    taken = taken_by(problem, room.upper) - taken_by(problem, room.lower)
    assert np.allclose(pieces.uses @ pieces.length, taken, rtol=1e-8, atol=1e-8)


@settings(max_examples=60)
@given(data=st.data())
def test_going_up_a_person_never_takes_less(data, feasible_problems, futures_of):
    problem = data.draw(feasible_problems())
    pieces = stretches_of(room_of(problem, data.draw(futures_of(problem.regions))), np.empty((len(problem.regions), 0)))
    for place in range(len(problem.regions)):
        assert (np.diff(pieces.uses[:, pieces.region == place], axis=1) >= 0).all()
