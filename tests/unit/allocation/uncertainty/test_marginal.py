import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.uncertainty import Futures
from medalloc.allocation.uncertainty.marginal import most_within, single_limits
from medalloc.allocation.uncertainty.room import expected_served, room_of


def one_place_at_a_time(ordered, value, start, upper, persons):
    """Take the step that gains most, again and again, as far as there is a place for it."""
    regions, futures = ordered.shape
    cuts = np.clip(np.concatenate([np.zeros((regions, 1)), ordered], axis=1), start[:, None], upper[:, None])
    steps = sorted(
        (
            (value[r] * (futures - j) / futures, cuts[r, j + 1] - cuts[r, j])
            for r in range(regions)
            for j in range(futures)
        ),
        reverse=True,
    )
    worth = 0.0
    for gain, length in steps:
        taken = min(length, persons)
        worth, persons = worth + gain * taken, persons - taken
    return worth


@settings(max_examples=80)
@given(data=st.data(), count=st.integers(1, 5), stock=st.floats(0, 60))
def test_the_threshold_finds_what_taking_the_best_step_again_and_again_finds(data, count, stock, futures_of):
    names = tuple(f"region {place}" for place in range(count))
    futures = data.draw(futures_of(names))
    value = np.array(
        data.draw(st.lists(st.sampled_from([0, 0.1, 1 / 3, 0.7, 1, 3e-5, 4e3]), min_size=count, max_size=count))
    )
    problem = Problem(names, futures.mean, (Resource("beds", stock),), value=value)
    room, ordered = room_of(problem, futures), np.sort(futures.demand.T, axis=1)
    placed = most_within(room, ordered, value, next(single_limits(problem)))
    worth = float(value @ expected_served(room, placed.capacity))
    assert worth == pytest.approx(
        one_place_at_a_time(ordered, value, room.lower, room.upper, stock), rel=1e-9, abs=1e-9
    )
    assert placed.bound == pytest.approx(worth, rel=1e-9, abs=1e-9)
    # among the numbers below 1e-300 there is no such thing as a share of 1e-12
    assert placed.capacity.sum() <= stock * (1 + 1e-12) + 1e-300


@pytest.mark.parametrize(
    ("existing", "costs", "count"),
    [([[0, 0]], (1, 1), 3), ([[3, 0]], (1, 0), 3), ([[3, 0]], (1, 1), 2), ([[3, 3]], (1, 1), 3), ([[0, 0]], (0, 0), 2)],
)
def test_the_budget_is_a_single_limit_where_everything_that_costs_runs_out_at_once(existing, costs, count):
    resources = tuple(Resource(f"r{place}", 5, unit_cost=cost) for place, cost in enumerate(costs))
    problem = Problem(("A",), [10], resources, existing=existing, budget=10)
    assert len(list(single_limits(problem))) == count


def test_the_budget_can_be_what_decides():
    futures = Futures(("A", "B"), [[10, 4], [6, 20]])
    problem = Problem(futures.regions, futures.mean, (Resource("beds", 50, unit_cost=2.0),), budget=20)
    stock, budget = single_limits(problem)
    room, ordered = room_of(problem, futures), np.sort(futures.demand.T, axis=1)
    assert most_within(room, ordered, problem.value, stock).capacity.tolist() == [10, 20]
    assert most_within(room, ordered, problem.value, budget).capacity.sum() == pytest.approx(10)
