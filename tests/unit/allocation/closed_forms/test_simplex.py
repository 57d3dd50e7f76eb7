import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from medalloc.allocation.closed_forms.simplex import SolverError, maximise

AMOUNT = st.integers(0, 20).map(float)


@settings(max_examples=60)
@given(data=st.data())
def test_the_optimum_is_that_of_another_solver_and_its_prices_prove_it(data):
    rows, columns = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 6))

    def amounts(*shape, above=0.0):
        size = int(np.prod(shape))
        return np.array(data.draw(st.lists(AMOUNT, min_size=size, max_size=size))).reshape(shape) + above

    value, matrix, limit, upper = (
        amounts(columns, above=0.5),
        amounts(rows, columns),
        amounts(rows),
        amounts(columns, above=1),
    )
    best = maximise(value, matrix, limit, upper)
    other = linprog(-value, A_ub=matrix, b_ub=limit, bounds=[(0, end) for end in upper], method="highs")
    assert np.isclose(value @ best.amount, -other.fun, rtol=1e-9, atol=1e-9)
    assert (matrix @ best.amount <= limit * (1 + 1e-9) + 1e-9).all()
    bound = best.price @ limit + np.maximum(0, value - best.price @ matrix) @ upper
    assert (best.price >= 0).all()
    assert np.isclose(bound, value @ best.amount, rtol=1e-8, atol=1e-8)


def test_tiny_and_huge_units_give_the_same_answer():
    small = maximise(np.ones(2), np.array([[1e-6, 2e-6]]), np.array([1e-6]), np.array([0.5, 9.0]))
    large = maximise(np.ones(2), np.array([[1e6, 2e6]]), np.array([1e6]), np.array([0.5, 9.0]))
    assert np.allclose(small.amount, [0.5, 0.25], rtol=1e-9)
    assert np.allclose(large.amount, [0.5, 0.25], rtol=1e-9)
    assert np.allclose(small.price, [0.5e6], rtol=1e-9)


def test_anything_but_an_optimum_is_a_bug_that_surfaces():
    with pytest.raises(SolverError, match="HiGHS stopped with"):
        maximise(np.ones(1), np.ones((1, 1)), np.array([-1.0]), np.ones(1))


@settings(max_examples=30)
@given(
    counted=st.tuples(*[st.integers(-40, 40)] * 2),
    size=st.integers(-40, 40),
    limit=st.lists(AMOUNT, min_size=2, max_size=2),
    value=st.integers(-40, 40),
)
def test_in_what_units_anything_is_counted_changes_nothing(counted, size, limit, value):
    worth, uses, upper = np.array([3.0, 2.0]), np.array([[0.5, 0.75], [0.25, 0.125]]), np.array([5.0, 7.0])
    each = 2.0 ** np.array(counted)
    one = maximise(worth, uses, np.array(limit), upper)
    other = maximise(worth * 2.0**value, uses * each[:, None], np.array(limit) * each * 2.0**size, upper * 2.0**size)
    assert (other.amount == one.amount * 2.0**size).all()
    assert (other.price * each == one.price * 2.0**value).all()


@pytest.mark.parametrize("size", [1.0, 2.0**-40])
def test_a_small_limit_beside_a_large_one_is_kept_to_within_a_share_of_itself(size):
    best = maximise(np.ones(2), np.eye(2), np.array([0.5, 4e5]) * size, np.array([0.500004, 1e6]) * size)
    assert (best.amount / size).tolist() == pytest.approx([0.5, 4e5], rel=1e-9)
