import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.decomposition import MANY, maximise_many
from medalloc.allocation.closed_forms.simplex import maximise


def program(seed, columns, rows, alike):
    draw = np.random.default_rng(seed)
    kinds = draw.choice([0.0, 0.5, 1.0, 2.0], (rows, columns)) if alike else draw.uniform(0.0, 2.0, (rows, columns))
    value = draw.choice([1.0, 2.0], columns) if alike else draw.uniform(0.5, 2.0, columns)
    upper = draw.lognormal(0.0, 1.0, columns)
    return value, kinds, draw.uniform(0.0, 1.2, rows) * (kinds @ upper), upper


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 5), st.booleans())
def test_many_columns_are_worth_what_the_whole_program_is_worth(seed, rows, alike):
    given_program = program(seed, MANY + 1_000, rows, alike)
    value, matrix, limit, upper = given_program
    best, whole = maximise_many(*given_program), maximise(*given_program)
    assert value @ best.amount == pytest.approx(value @ whole.amount, rel=1e-9)
    assert (matrix @ best.amount <= limit * (1 + 1e-9) + 1e-9).all()
    assert (best.amount >= 0).all() and (best.amount <= upper).all()
    bound = best.price @ limit + np.maximum(0.0, value - best.price @ matrix) @ upper
    assert (best.price >= 0).all() and bound == pytest.approx(value @ best.amount, rel=1e-9)


@pytest.mark.parametrize("limit", [0.0, 1e9])
def test_nothing_to_give_and_more_than_enough_need_no_second_look(limit):
    value, matrix, _, upper = program(1, MANY + 10, 2, False)
    best = maximise_many(value, matrix, np.full(2, limit), upper)
    assert best.amount == pytest.approx(upper if limit else 0 * upper)
