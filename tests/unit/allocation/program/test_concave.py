"""Goals that grow ever more slowly with coverage, closed in on by tangents."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.closed_forms.alpha_fair import alpha_fair
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.program.concave import EQUAL, STEEPEST, alpha_curve, best_by_tangents
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import model_of

ALPHAS = st.sampled_from([0.3, 1.0, 2.0, 8.0])


@given(alpha=st.none() | ALPHAS, unit=st.floats(0.01, 1), coverage=st.lists(st.floats(1e-3, 1), min_size=2, max_size=9))
def test_tangents_touch_the_curve_lie_above_it_and_rise_as_steeply(alpha, unit, coverage):
    curve = EQUAL if alpha is None else alpha_curve(alpha, unit)
    at = np.maximum(np.unique(coverage), curve.lowest)
    slope, intercept = curve.tangents(at)
    worth = curve.worth(at)
    assert slope * at + intercept == pytest.approx(worth, rel=1e-9, abs=1e-9)
    assert (slope[:, None] * at + intercept[:, None] >= worth - 1e-9 * np.maximum(1.0, np.abs(worth))).all()
    assert slope == pytest.approx((curve.worth(at * (1 + 1e-6)) - worth) / (at * 1e-6), rel=1e-3, abs=1e-3)
    # below its lowest coverage a curve goes on as it is there, nowhere much steeper than at its unit
    below = curve.tangents(at * 1e-9)
    assert np.allclose(below, curve.tangents(np.full(at.size, curve.lowest)))
    assert (below[0] <= (1.0 if alpha is None else STEEPEST * curve.slope(np.array([unit]))) * (1 + 1e-9)).all()


@pytest.mark.parametrize("alpha", [0.5, 1.0, 3.0])
def test_at_its_unit_a_curve_is_worth_nothing_and_rises_like_coverage_over_it(alpha):
    curve, unit = alpha_curve(alpha, 0.4), np.array([0.4])
    assert curve.worth(unit) == pytest.approx([0.0]) and curve.slope(unit) == pytest.approx([2.5])
    if alpha != 1:
        assert curve.worth(np.array([0.6])) == pytest.approx([(1.5 ** (1 - alpha) - 1) / (1 - alpha)])


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), alpha=ALPHAS)
def test_what_they_close_in_on_is_the_plan_of_the_closed_form_within_a_share_of_its_worth(seed, alpha):
    draw = np.random.default_rng(seed)
    demand, value = draw.integers(1, 30, 4).astype(float), draw.choice([0.5, 1.0, 2.0], 4)
    beds = Resource("beds", float(draw.uniform(0.2, 0.8) * demand.sum()))
    problem = Problem(tuple("ABCD"), demand, (beds,), existing=draw.uniform(0, 0.2, (4, 1)), value=value)
    weight = demand * value
    best = best_by_tangents(Live(model_of(problem)), alpha_curve(alpha, 0.5), weight, close=1e-8)
    close = 1e-7 * max(1.0, abs(best.value))
    assert best.value <= best.bound <= best.value + close
    expected = alpha_fair(problem, alpha).served / demand
    worth = alpha_curve(alpha, 0.5).worth
    assert float(weight @ worth(expected)) / weight.sum() == pytest.approx(best.value, abs=close)
    assert best.found.amounts[:4] / demand == pytest.approx(expected, abs=1e-2)


@pytest.mark.parametrize("alpha", [0.5, 2.0])
def test_of_whole_units_no_way_to_share_them_is_worth_more(alpha):
    demand, stock = np.array([3.0, 5.0, 8.0, 2.0]), 7
    problem = Problem(tuple("ABCD"), demand, (Resource("beds", stock, whole=True),), existing=[[0.5]] * 4)
    weight, curve = np.array([3.0, 0.0, 8.0, 2.0]), alpha_curve(alpha, 0.5)
    best = best_by_tangents(Live(model_of(problem)), curve, weight, close=1e-6)
    ways = np.array([each for each in np.ndindex(8, 8, 8) if sum(each) <= stock], dtype=float)
    counted = weight > 0
    worths = curve.worth(np.minimum(1.0, (0.5 + ways) / demand[counted])) @ weight[counted] / weight.sum()
    assert best.value == pytest.approx(worths.max(), abs=1e-5)
    assert best.value <= best.bound <= best.value + 1e-3 and math.isfinite(best.bound)
