import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from medalloc.demand.forecasting.quantiles import spread_of
from medalloc.demand.forecasting.trial import tried
from medalloc.demand.forecasting.unmet import LEVELS, STOCKS, avoidable, placed, share_avoidable


@given(st.integers(0, 10**6), st.integers(1, 5), st.floats(0, 1.3))
@settings(max_examples=30)
def test_no_plan_leaves_less_unmet_on_average_over_what_the_quantiles_say(seed, regions, share):
    """The oracle is the program of all plans against every piece of the quantile functions."""
    draw = np.random.default_rng(seed)
    steps = draw.gamma(0.7, 3, (6, regions))
    rows = np.concatenate([np.zeros((1, regions)), np.cumsum(steps, axis=0)])
    stock = share * rows[-1].sum()
    (units,) = placed(rows[1:], np.array([stock]))
    assert units.sum() == pytest.approx(stock) and (units >= 0).all()
    # a further unit within the piece of level k serves with chance 1 - (k + 1/2) / 7, shrinking over the piece
    chance = 1 - (np.arange(6) + 0.5) / 7
    inside = np.clip(units - rows[:-1], 0, steps)
    within = (inside * chance[:, None] - (inside**2 / 2 - inside * steps / 2) / np.maximum(steps, 1e-12) / 7).sum()
    fine = np.arange(40)
    grains = np.repeat(steps, 40, axis=0) / 40
    worth = np.repeat(chance, 40) - (np.tile(fine, 6) + 0.5 - 20) / 40 / 7
    best = linprog(
        -np.repeat(worth, regions), A_ub=np.ones((1, 240 * regions)), b_ub=[stock], bounds=[(0, g) for g in grains.flat]
    )
    assert within == pytest.approx(-best.fun, rel=2e-3, abs=1e-9)


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50)), min_size=1, max_size=6), st.floats(0, 200))
def test_what_is_avoidable_is_never_negative_and_nothing_where_the_plan_knew(found, stock):
    units, actual = np.array(found).T
    units = units * stock / units.sum() if units.sum() > 0 else np.full(len(units), stock / len(units))
    assert avoidable(units[None], actual, np.array([stock]))[0] >= -1e-9
    known = placed(np.stack([actual]), np.array([stock]))
    assert avoidable(known, actual, np.array([stock]))[0] == pytest.approx(0, abs=1e-9)


def test_the_share_is_that_of_its_definition_origin_by_origin(weeks):
    trial = tried("naive", weeks(regions=3, length=130), (90, 100, 110, 120), 2)
    by_hand = []
    for judged, learned in (([0, 1], [2, 3]), ([2, 3], [0, 1])):
        spread = spread_of(trial.predicted[learned], trial.actual[learned])
        for origin in judged:
            quantiles = spread.quantiles(trial.predicted[origin], LEVELS)
            for ahead in range(2):
                came = trial.actual[origin, :, ahead]
                known = np.isfinite(came)
                stock = STOCKS * came[known].sum()
                units = placed(quantiles[:, known, ahead], stock)
                unmet = [np.maximum(came[known] - row, 0).sum() for row in units]
                least = np.maximum(came[known].sum() - stock, 0)
                by_hand.append(np.mean(unmet - least) / came[known].sum())
    assert share_avoidable(trial) == pytest.approx(np.mean(by_hand))
    assert np.isnan(share_avoidable(tried("naive", weeks(), (100,), 2)))
