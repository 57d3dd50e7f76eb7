"""Stock under uncertainty: Snyder and Shen, Fundamentals of Supply Chain Theory, example 4.3, and stockpyl's tests."""

import pytest

from medalloc.allocation.uncertainty import newsvendor


@pytest.mark.parametrize(
    ("holding", "shortage", "mean", "sd", "level", "cost"),
    [
        (0.18, 0.70, 50, 8, 56.60395592743389, 1.9976051931766445),
        (2, 18, 120, 10, 132.815515655446, 35.09966638649737),
    ],
)
def test_the_newsvendors_level_and_cost_are_those_published(holding, shortage, mean, sd, level, cost):
    best = newsvendor(holding, shortage, mean, sd)
    assert best.level == pytest.approx(level, rel=1e-13)
    assert best.cost == pytest.approx(cost, rel=1e-13)
