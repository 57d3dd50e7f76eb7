import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.worth import bettered, equal_worth

COVERAGES = st.lists(st.floats(0.01, 1), min_size=1, max_size=6).map(np.array)
ALPHAS = st.sampled_from([0.0, 0.3, 1 - 1e-9, 1.0, 1 + 1e-9, 2.0, 7.5, 400.0])


@given(COVERAGES, ALPHAS)
def test_the_equal_worth_lies_between_the_lowest_and_the_highest(coverage, alpha):
    worth = equal_worth(coverage, np.ones(coverage.size), alpha)
    assert coverage.min() * (1 - 1e-12) <= worth <= coverage.max() * (1 + 1e-12)
    assert worth <= coverage.mean() * (1 + 1e-12)


@given(COVERAGES, st.sampled_from([0.0, 0.3, 0.9, 1.0, 2.0, 5.0]))
def test_it_is_what_the_formula_says(coverage, alpha):
    mean = np.log(coverage).mean() if alpha == 1 else (coverage ** (1 - alpha)).mean()
    expected = np.exp(mean) if alpha == 1 else mean ** (1 / (1 - alpha))
    assert equal_worth(coverage, np.ones(coverage.size), alpha) == pytest.approx(expected, rel=1e-9)


@given(st.floats(0.01, 1), st.floats(1, 5), st.sampled_from([0.0, 0.3, 1 - 1e-9, 1.0, 2.0, 7.5]))
def test_a_gain_in_the_objective_leads_from_one_worth_to_the_other(before, ratio, alpha):
    gain = np.log(ratio) if alpha == 1 else np.expm1((1 - alpha) * np.log(ratio)) / (1 - alpha)
    assert bettered(before, float(gain), alpha) == pytest.approx(before * ratio, rel=1e-6)


def test_nobody_counts_or_nobody_has_anything():
    assert equal_worth(np.array([0.5]), np.zeros(1), 2.0) == 0
    assert equal_worth(np.zeros(2), np.ones(2), 0.5) == 0
    assert equal_worth(np.array([0.0, 1.0]), np.ones(2), 1.0) == 0
    assert equal_worth(np.array([0.0, 1.0]), np.ones(2), 0.5) == pytest.approx(0.25)
