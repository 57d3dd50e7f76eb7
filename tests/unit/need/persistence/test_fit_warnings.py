import numpy as np
import pytest

from medalloc.need.persistence.fit_warnings import chance_outside


@pytest.mark.parametrize(("outside", "rows", "learned_from"), [(1, 20, 30), (2, 40, 20), (5, 60, 30)])
def test_the_chance_is_that_of_drawing(outside: int, rows: int, learned_from: int) -> None:
    draw = np.random.default_rng(5)
    trained, new = draw.random((4000, learned_from)), draw.random((4000, rows))
    beyond = (new > trained.max(axis=1, keepdims=True)).sum(axis=1)
    assert np.mean(beyond >= outside) == pytest.approx(chance_outside(outside, rows, learned_from), abs=0.03)


def test_one_value_outside_is_unusual_in_a_short_file_and_usual_in_a_long_one() -> None:
    assert chance_outside(1, 5, 100_000) < 1e-4
    assert chance_outside(1, 100_000, 10_000) > 0.9
