import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.bundle import most_persons, units_for
from medalloc.allocation.closed_forms.pieces import pieces_of, start_of, sums_by
from medalloc.allocation.problem import Problem, Resource


@settings(max_examples=60)
@given(data=st.data())
def test_the_pieces_of_a_region_reach_from_the_start_to_the_most_it_can_serve(data, feasible_problems):
    problem = data.draw(feasible_problems())
    start = start_of(problem)
    pieces = pieces_of(problem, start)
    top = start.served + np.bincount(pieces.region, pieces.length, minlength=len(problem.regions))
    assert np.allclose(top, np.maximum(start.served, most_persons(problem)))
    assert np.allclose(sums_by(pieces.kind, pieces.length, pieces.kind_value.size), pieces.kind_length)


@settings(max_examples=60)
@given(data=st.data())
def test_filling_pieces_takes_what_serving_their_persons_takes(data, feasible_problems):
    problem = data.draw(feasible_problems())
    start = start_of(problem)
    pieces = pieces_of(problem, start)
    everyone = start.served + np.bincount(pieces.region, pieces.length, minlength=len(problem.regions))
    taken = units_for(problem, everyone).sum(axis=0) - units_for(problem, start.served).sum(axis=0)
    assert np.allclose((pieces.uses @ pieces.kind_length)[: taken.size], taken, atol=1e-9)


def test_a_person_takes_only_what_existing_units_do_not_cover():
    problem = Problem(
        ("A", "B"),
        [10, 10],
        (Resource("beds", 9, unit_cost=5), Resource("nurses", 9, requirement=2, unit_cost=1)),
        existing=[[4, 0], [0, 0]],
        budget=30,
    )
    pieces = pieces_of(problem, start_of(problem))
    assert pieces.region.tolist() == [0, 0, 1]
    assert pieces.length.tolist() == [4, 6, 10]
    assert pieces.uses[:, pieces.kind].T.tolist() == [[0, 2, 2], [1, 2, 7], [1, 2, 7]]


def test_sums_are_the_same_to_the_last_bit_in_any_order():
    amounts = np.random.default_rng(0).uniform(0, 1, 500)
    group = np.random.default_rng(1).integers(0, 3, 500)
    order = np.random.default_rng(2).permutation(500)
    assert (sums_by(group, amounts, 3) == sums_by(group[order], amounts[order], 3)).all()
