import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand.forecasting.naive import LastValue
from medalloc.demand.forecasting.simple import MedianOfSimple, Theta, slopes
from medalloc.demand.forecasting.smoothing import DampedSmoothing


def test_theta_is_the_mean_of_its_two_lines(weeks):
    """The straight line through all counts, and smoothing of what is twice as far from it."""
    panel = weeks(regions=3, length=60, missing=0)
    theta = Theta().fit(panel)
    logarithm, weight = theta.level_.without_season(panel), theta.level_.smoothing_.level
    times, ahead = np.arange(60), 60 + np.arange(4)
    for region in range(3):
        slope, height = np.polyfit(times, logarithm[region], 1)
        line = height + slope * times
        curved, level = 2 * logarithm[region] - line, None
        for now in curved:
            start = 2 * logarithm[region, :4].mean() - line[0]
            level = (start if level is None else level) * (1 - weight[region]) + weight[region] * now
        by_hand = np.expm1((height + slope * ahead + level) / 2)
        assert theta.predict(4)[region] == pytest.approx(np.maximum(by_hand, 0), rel=1e-9)


@settings(max_examples=30)
@given(seed=st.integers(0, 999), length=st.integers(2, 30), data=st.data())
def test_a_slope_is_that_of_the_straight_line_through_what_was_counted_and_0_where_there_is_none(seed, length, data):
    series = np.random.default_rng(seed).normal(3, 1, (3, length))
    first = np.array([data.draw(st.integers(0, length - 2)), length - 1, length])
    found = slopes(series, first)
    line = np.polyfit(np.arange(first[0], length), series[0, first[0] :], 1)
    assert found == pytest.approx([line[0], 0.0, 0.0], abs=1e-9)


def test_the_median_lies_in_the_middle_of_what_the_simple_ones_say(weeks):
    panel = weeks(regions=4, length=130)
    every = (LastValue(), DampedSmoothing(seasonal=True), Theta())
    said = np.sort([each.fit(panel).predict(3) for each in every], axis=0)
    assert MedianOfSimple().fit(panel).predict(3) == pytest.approx(said[1])
