"""What a plan made from a forecast would have left unmet that a plan made from the counts would not."""

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.quantiles import Spread, spread_of
from medalloc.demand.forecasting.trial import Trial

Floats = NDArray[np.float64]

LEVELS = tuple(np.linspace(0.05, 0.95, 19).round(2).tolist())
"""Quantiles from which a plan is made. [fraction]"""

STOCKS = np.linspace(0.1, 2.0, 20)
"""Stocks for which plans are made, over what came. [fraction]"""


def placed(quantiles: Floats, stock: Floats) -> Floats:
    """Return the units of the plans that leave the least unmet on average, shape (n_stocks, n_regions).

    Parameters
    ----------
    quantiles : ndarray
        What each region may need at ascending levels, the same for all, shape (n_levels, n_regions). [units]
    stock : ndarray
        Units to place, shape (n_stocks,). [units]

    Notes
    -----
    Where the last unit serves with the same chance everywhere none is worth moving: all regions get their quantile at
    one level. Between two levels quantiles are joined by straight lines; from 0 to the lowest and beyond the highest
    one regions keep their proportions.

    Examples
    --------
    >>> levels = -np.log1p(-np.linspace(0.01, 0.99, 99))  # quantiles of an exponential of mean 1
    >>> placed(np.outer(levels, [1.0, 4.0]), np.array([5.0, 10.0])).round(9).tolist()
    [[1.0, 4.0], [2.0, 8.0]]
    """
    rows = np.concatenate([np.zeros((1, quantiles.shape[1])), quantiles])
    sums = rows.sum(axis=1)
    upper = np.clip(np.searchsorted(sums, stock), 1, len(rows) - 1)
    low, high = sums[upper - 1], sums[upper]
    share = np.clip((stock - low) / np.where(high > low, high - low, 1.0), 0.0, 1.0)
    made = rows[upper - 1] + share[:, None] * (rows[upper] - rows[upper - 1])
    # what is left over goes where most may be needed, evenly where nothing may
    usual = rows[-1] if sums[-1] > 0 else np.ones(rows.shape[1])
    return np.asarray(made + np.maximum(stock - sums[-1], 0.0)[:, None] * usual / usual.sum())


def avoidable(units: Floats, actual: Floats, stock: Floats) -> Floats:
    """Return what plans left unmet beyond what had to be, the allocation score, shape (n_stocks,) [units].

    References
    ----------
    .. [1] A. Gerding, N. G. Reich, B. Rogers and E. L. Ray, Evaluating infectious disease forecasts with allocation
       scoring rules, Journal of the Royal Statistical Society A, 2024.

    Examples
    --------
    >>> stock = np.array([5.0, 10.0])
    >>> avoidable(np.array([[1.0, 4.0], [2.0, 8.0]]), np.array([1.0, 10.0]), stock).tolist()
    [0.0, 1.0]
    """
    unmet = np.maximum(actual - units, 0.0).sum(axis=1)
    return np.asarray(unmet - np.maximum(actual.sum() - stock, 0.0))


def share_avoidable(trial: Trial) -> float:
    """Return what plans made from a forecaster's past forecasts left avoidably unmet, over what came; NaN if untold.

    Parameters
    ----------
    trial : Trial
        Each half of its origins is judged by the residuals of the other, as in `interval_scores`. The mean is taken
        over origins, horizons and the `STOCKS`. [fraction]
    """
    half, found = len(trial.origins) // 2, []
    halves = (slice(half), slice(half, None))
    for judged, learned in (halves, halves[::-1]):
        if not half:
            break
        spread = spread_of(trial.predicted[learned], trial.actual[learned])
        found += _shares(spread, trial.predicted[judged], trial.actual[judged])
    return float(np.mean(found)) if found else float("nan")


def _shares(spread: Spread, predicted: Floats, actual: Floats) -> list[float]:
    """Return the mean share over all stocks of each origin and horizon at which something was counted."""
    quantiles, made = spread.quantiles(predicted, LEVELS), []
    for origin, ahead in np.ndindex(actual.shape[0], actual.shape[2]):
        known = np.isfinite(actual[origin, :, ahead])
        came = actual[origin, known, ahead]
        if came.sum() > 0:
            stock = STOCKS * came.sum()
            units = placed(quantiles[:, origin, known, ahead], stock)
            made.append(float(avoidable(units, came, stock).mean() / came.sum()))
    return made
