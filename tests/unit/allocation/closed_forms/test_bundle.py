import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.bundle import floor_persons, most_persons, persons_with, persons_within, units_for
from medalloc.allocation.problem import Problem, Resource

PROBLEM = Problem(
    ("A", "B"),
    [10, 10],
    (Resource("beds", 9), Resource("nurses", 9, requirement=2)),
    existing=[[3, 0], [0, 20]],
    cap=[[np.inf, 6], [np.inf, np.inf]],
    common_floor=0.5,
)


def test_existing_units_are_used_before_any_is_placed():
    assert units_for(PROBLEM, np.array([5.0, 5.0])).tolist() == [[2, 10], [5, 0]]


def test_a_bed_without_a_nurse_serves_nobody():
    assert persons_with(PROBLEM, np.array([[7.0, 0.0], [0.0, 0.0]])).tolist() == [0, 0]


def test_caps_bound_what_a_region_can_serve():
    assert most_persons(PROBLEM).tolist() == [3, 10]
    assert floor_persons(PROBLEM).tolist() == [5, 5]


@settings(max_examples=40)
@given(data=st.data())
def test_the_units_for_some_persons_serve_at_least_those_persons(data, problems):
    problem = data.draw(problems())
    persons = problem.demand * data.draw(st.floats(0, 1, allow_subnormal=False))
    assert (persons_with(problem, units_for(problem, persons)) >= persons * (1 - 1e-12)).all()


def test_rounding_alone_never_places_a_unit():
    problem = Problem(("A",), [0.3], (Resource("beds", 1, requirement=0.1),), existing=[[0.1 * 0.3 * (1 - 1e-15)]])
    assert units_for(problem, problem.demand).tolist() == [[0]]


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6))
def test_within_a_space_there_is_room_for_just_so_many_persons_and_everybody_where_there_is_no_limit(seed):
    draw = np.random.default_rng(seed)
    kinds = tuple(
        Resource(f"kind {k}", 99, float(draw.choice([0.5, 1.0])), space=float(draw.integers(0, 3))) for k in range(2)
    )
    problem = Problem(
        ("A", "B", "C"),
        draw.integers(1, 20, 3),
        kinds,
        existing=draw.integers(0, 6, (3, 2)),
        space=draw.choice([0.0, 4.0, 9.5, np.inf], 3),
    )
    found = persons_within(problem)
    for row, most in enumerate(found):
        if np.isinf(most):
            assert np.isinf(problem.space[row]) or not problem.unit_space.any()
            continue

        def taken(persons, row=row):
            return problem.unit_space @ np.maximum(0.0, problem.requirement[row] * persons - problem.existing[row])

        assert taken(most) <= problem.space[row] + 1e-9
        assert taken(most + 1e-3) > problem.space[row]
