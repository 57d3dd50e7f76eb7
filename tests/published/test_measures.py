"""Intervals of shares, scores of probabilities and of forecasts, as others computed them."""

import numpy as np
import pytest

from medalloc.demand.forecasting.scoring import interval_score
from medalloc.need.evaluation.intervals import wilson
from medalloc.need.measures.scores import scores


def test_wilsons_intervals_are_those_of_newcombes_table():
    """R. G. Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I, method 3."""
    low, high = wilson(np.array([81.0, 15.0, 0.0, 1.0]), np.array([263.0, 148.0, 20.0, 29.0]))
    assert low.round(4).tolist() == [0.2553, 0.0624, 0.0, 0.0061]
    assert high.round(4).tolist() == [0.3662, 0.1605, 0.1611, 0.1718]


def test_scores_of_probabilities_are_those_of_the_documentation_of_scikit_learn():
    found = scores(np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8]))
    assert found.roc_auc == pytest.approx(0.75) and round(found.average_precision, 2) == 0.83
    assert scores(np.array([0, 1, 1, 0]), np.array([0.1, 0.9, 0.8, 0.3])).brier == pytest.approx(0.0375)


@pytest.mark.parametrize(
    ("levels", "quantiles", "expected"),
    [
        ((0.5,), [[1, 2, 3]], [0, 17, 19]),
        ((0.25, 0.75), [[0, 1, 0], [2, 2, 3]], [0.5, 16.25, 19.75]),
        ((0.25, 0.5, 0.75), [[0, 1, 0], [1, 2, 3], [2, 2, 3]], [1 / 3, 16.5, 19.5]),
    ],
)
def test_the_weighted_interval_score_is_that_of_the_r_packages(levels, quantiles, expected):
    """Packages scoringutils and covidEnsembles, tests of the weighted interval score."""
    assert interval_score(np.array([1.0, -15.0, 22.0]), np.array(quantiles), levels) == pytest.approx(expected)
