import numpy as np
import pytest

from medalloc.demand.forecasting.naive import LastValue
from medalloc.demand.forecasting.simple import MedianOfSimple, Theta
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


def test_the_median_lies_in_the_middle_of_what_the_simple_ones_say(weeks):
    panel = weeks(regions=4, length=130)
    every = (LastValue(), DampedSmoothing(seasonal=True), Theta())
    said = np.sort([each.fit(panel).predict(3) for each in every], axis=0)
    assert MedianOfSimple().fit(panel).predict(3) == pytest.approx(said[1])
