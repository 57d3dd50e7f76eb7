"""Measures of inequality against values that other people published or computed."""

import pytest

from medalloc.allocation.measures import (
    atkinson,
    concentration_index,
    equal_share_level,
    gini,
    mean_log_deviation,
    palma,
    theil,
)

INCOMES = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
"""Illustrative incomes of the help page of `ineq` in the R package ineq (A. Zeileis)."""

FIVE = [10, 20, 30, 40, 50]
"""Incomes in inequality/tests/test_atkinson.py of the Python package pysal/inequality."""

BIRTHS = [29939, 28776, 26528, 24689, 19739]
DEATHS_PER_THOUSAND = [154.7, 152.9, 119.5, 86.9, 54.3]
"""Births and deaths under five years of age in India 1982-92 by fifths of wealth, poorest first: O. O'Donnell et al.,
Analyzing Health Equity Using Household Survey Data, World Bank, 2008, table 8.1; World Bank Technical Note 7."""


def test_gini_is_that_of_the_r_package_ineq():
    assert gini(INCOMES) == pytest.approx(0.4620911, abs=5e-8)


@pytest.mark.parametrize(("aversion", "expected"), [(0.5, 0.1796591), (1, 0.3518251)])
def test_atkinson_is_that_of_the_r_package_ineq(aversion, expected):
    assert atkinson(INCOMES, aversion) == pytest.approx(expected, abs=5e-8)


def test_theil_and_mean_log_deviation_are_those_of_the_same_incomes():
    """Recomputed from their formulas; not listed by the package."""
    assert theil(INCOMES) == pytest.approx(0.3623412, abs=5e-8)
    assert mean_log_deviation(INCOMES) == pytest.approx(0.4335946, abs=5e-8)


@pytest.mark.parametrize(("aversion", "index", "level"), [(0.5, 0.06315, 28.105398), (1, 0.1316096, 26.0517108)])
def test_atkinson_and_its_equal_share_level_are_those_of_pysal_inequality(aversion, index, level):
    assert atkinson(FIVE, aversion) == pytest.approx(index, abs=5e-6 if aversion == 0.5 else 5e-8)
    assert equal_share_level(FIVE, aversion) == pytest.approx(level, abs=5e-7)


def test_the_concentration_index_of_deaths_of_children_is_that_of_the_world_bank():
    """Births are the persons, the death rate is the value; listed as -0.1694, recomputed as -0.169417."""
    index = concentration_index(DEATHS_PER_THOUSAND, rank=[1, 2, 3, 4, 5], weights=BIRTHS)
    assert index == pytest.approx(-0.1694, abs=5e-5)
    assert index == pytest.approx(-0.169417, abs=5e-7)


def test_the_palma_ratio_of_ten_persons_is_the_richest_over_the_four_poorest():
    """By hand, from the definition of A. Cobham and A. Sumner, 2013."""
    assert palma(INCOMES) == pytest.approx(22261 / (541 + 1463 + 2445 + 3438))
