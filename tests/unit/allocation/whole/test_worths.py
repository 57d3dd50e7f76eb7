"""What a policy sees in steps, and what that is in persons."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.worth import equal_worth
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.whole.worths import EVEN, worths_of

BEDS = (Resource("beds", 9, whole=True),)


@settings(max_examples=60)
@given(
    served=st.tuples(st.floats(0.05, 1), st.floats(0.05, 1)),
    alpha=st.sampled_from([0.5, 1.0, 2.0, 4.0]),
    value=st.sampled_from([1.0, 2.5]),
    unit=st.sampled_from([0.3, 0.6]),
)
def test_the_worth_of_a_fair_plan_is_the_coverage_for_all_that_is_worth_as_much(served, alpha, value, unit):
    demand = np.array([20.0, 8.0, 0.0, 5.0])
    problem = Problem(tuple("ABCD"), demand, BEDS, value=[1, value, 1, 0], policy=f"alpha:{alpha}")
    worths, rows = worths_of(problem, demand, unit), np.arange(4)
    persons = np.array([*served, 0, 0.5]) * demand
    total = float(worths.of(rows, persons).sum())
    weight = demand * problem.value
    expected = equal_worth(np.array(served), weight[:2], alpha) * weight.sum()
    assert worths.persons(total) == pytest.approx(expected, rel=1e-6)
    assert worths.of(rows, persons)[2:].tolist() == [0, 0]
    more = np.minimum(persons + 1, demand)
    np.testing.assert_allclose(worths.gain(rows, persons, more), worths.even(rows, more) - worths.even(rows, persons))


@given(st.floats(0, 20), st.floats(0, 20))
def test_of_the_most_served_a_person_counts_its_value_and_a_little_more_where_few_are_covered(served, more):
    problem = Problem(("A", "B"), [20.0, 40.0], BEDS, value=[3, 3], policy="most-served")
    worths, rows = worths_of(problem, problem.demand, 1.0), np.arange(2)
    both, then = np.full(2, served), np.full(2, max(served, more))
    assert worths.of(rows, both) == pytest.approx(3 * both) and worths.persons(7.5) == 7.5
    slow = 3 * (both + EVEN * (both - both**2 / (2 * problem.demand)))
    assert worths.even(rows, both) == pytest.approx(slow, rel=1e-12)
    gain = worths.gain(rows, both, then)
    assert gain == pytest.approx(worths.even(rows, then) - worths.even(rows, both), rel=1e-6, abs=1e-9)
    assert gain[1] >= gain[0] >= 0
