"""How far expected amounts are from those that came true: deviance, absolute and squared errors, by decile."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.need.measures.bootstrap import Interval, percentile_interval, resample_count, weights
from medalloc.need.measures.scores import cut_places

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AmountScores:
    """Scores of expected amounts."""

    deviance: float
    """Mean deviance of a row, of the family that was learnt by: lower is better; 0 is perfect."""

    explained: float
    """Share of the deviance around the rows' own mean that is explained; 0 is no better than that mean. [fraction]"""

    mae: float
    """Mean absolute error. [the amounts' unit]"""

    rmse: float
    """Root of the mean squared error. [the amounts' unit]"""

    ratio: float
    """Sum that came true over the sum that was expected; above 1 too little is expected."""


@dataclass(frozen=True)
class Decile:
    """A tenth of the rows, by what was expected of them."""

    rows: int
    """How many. [count]"""

    expected: float
    """Mean of what was expected. [the amounts' unit]"""

    observed: float
    """Mean of what came true. [the amounts' unit]"""

    low: float
    """Lower end of its 95 % interval, of the normal approximation. [the amounts' unit]"""

    high: float
    """Upper end. [the amounts' unit]"""


def unit_deviance(amount: ArrayLike, expected: ArrayLike, family: str) -> Floats:
    """Return the deviance of each row, shape (rows,).

    Parameters
    ----------
    amount : array of float
        What came true; at least 0 for ``poisson``, above 0 for ``gamma``.
    expected : array of float
        What was expected; above 0 for both.
    family : str
        ``poisson``, ``gamma`` or ``squared``.

    Examples
    --------
    >>> unit_deviance([0.0, 2.0], [1.0, 2.0], "poisson").tolist(), unit_deviance([3.0], [1.0], "squared").tolist()
    ([2.0, 0.0], [4.0])
    """
    from scipy.special import xlogy

    y, mu = np.asarray(amount, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if family == "poisson":
        return np.asarray(2 * (xlogy(y, y / mu) - y + mu))
    if family == "gamma":
        return np.asarray(2 * (y / mu - 1 - np.log(y / mu)))
    return np.asarray((y - mu) ** 2)


def amount_scores(amount: ArrayLike, expected: ArrayLike, family: str, weight: Floats | None = None) -> AmountScores:
    """Score expected amounts of rows that count as `weight` says; see `unit_deviance` for the parameters."""
    y, mu = np.asarray(amount, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    found = _weighted(np.ones((1, len(y))) if weight is None else weight[None], y, mu, family)
    return AmountScores(**{name: float(each[0]) for name, each in found.items()})


def amount_intervals(
    amount: ArrayLike,
    expected: ArrayLike,
    family: str,
    *,
    patients: NDArray[np.int64] | None = None,
    seed: int = 0,
    weight: Floats | None = None,
) -> dict[str, Interval]:
    """Return the percentile bootstrap interval of every score, drawn by patient where patients repeat."""
    y, mu = np.asarray(amount, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    drawn = weights(len(y), patients, resamples=resample_count(len(y)), seed=seed)
    counts = 1.0 if weight is None else weight
    blocks = [_weighted(each * counts, y, mu, family) for each in drawn]
    return {
        each.name: percentile_interval(np.concatenate([block[each.name] for block in blocks]))
        for each in fields(AmountScores)
    }


def deciles(
    amount: ArrayLike, expected: ArrayLike, count: int = 10, weight: Floats | None = None
) -> tuple[Decile, ...]:
    """Return what came true beside what was expected, in tenths of the rows from the lowest expectation up.

    Rows of one expectation stay together, so that there may be fewer than ten.

    Examples
    --------
    >>> [(each.rows, each.observed) for each in deciles([1.0, 3.0, 5.0, 5.0], [1.0, 1.0, 4.0, 6.0], count=2)]
    [(2, 2.0), (2, 5.0)]
    """
    y, mu = np.asarray(amount, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    order = np.argsort(mu, kind="stable")
    counts = np.ones(len(mu)) if weight is None else weight
    cuts = np.unique(mu[order][cut_places(counts[order], count)])
    part = np.searchsorted(cuts, mu, side="right")
    made = []
    for number in np.unique(part):
        held = part == number
        rows, share = int(held.sum()), counts[held] / counts[held].sum()
        mean = float(share @ y[held])
        # rows that count differently tell as much as fewer that count alike
        alike = 1 / float((share**2).sum())
        error = 1.96 * float(np.sqrt(share @ (y[held] - mean) ** 2 / (alike - 1))) if rows > 1 else float("nan")
        made.append(Decile(rows, float(share @ mu[held]), mean, mean - error, mean + error))
    return tuple(made)


def _weighted(weight: Floats, y: Floats, mu: Floats, family: str) -> dict[str, Floats]:
    """Score resamples, how often each row is in each of shape (resamples, rows)."""
    rows, summed = weight.sum(axis=1), weight @ y
    mean = summed / rows
    deviance = weight @ unit_deviance(y, mu, family) / rows
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "deviance": deviance,
            "explained": 1 - deviance / _around(weight / rows[:, None], y, mean, family),
            "mae": weight @ np.abs(y - mu) / rows,
            "rmse": np.sqrt(weight @ (y - mu) ** 2 / rows),
            "ratio": summed / (weight @ mu),
        }


def _around(share: Floats, y: Floats, mean: Floats, family: str) -> Floats:
    """Return the mean deviance around the mean of each resample; NaN where all its rows are the same."""
    from scipy.special import xlogy

    if family == "poisson":
        found = 2 * (share @ xlogy(y, y) - xlogy(mean, mean))
    elif family == "gamma":
        found = 2 * (np.log(mean) - share @ np.log(y))
    else:
        found = share @ y**2 - mean**2
    return np.asarray(np.where(found > 1e-12 * np.maximum(np.abs(mean), 1e-300), found, np.nan))
