"""What stands in for a period that was not counted."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CARRIED = 4
"""Periods for which the last count stands in; a longer gap takes the season before. [periods]"""


def filled(values: Floats, season: int) -> Floats:
    """Return counts without gaps: the last count for a short while, then that of a season before.

    Parameters
    ----------
    values : ndarray
        Counts, NaN where there is none, shape (n_regions, n_periods). [count/period]
    season : int
        Periods after which the pattern comes back. [periods]

    Notes
    -----
    What stands in for a period never depends on a later one, unlike a line drawn between two counts: a forecaster that
    learns from it sees what it would have seen then. Before a region's first count stands that first count, and a
    region without any count has 0 throughout; no window begins there.

    Examples
    --------
    >>> filled(np.array([[np.nan, 2.0, np.nan, 5.0]]), 52).tolist()
    [[2.0, 2.0, 2.0, 5.0]]
    """
    known = np.isfinite(values)
    periods = np.arange(values.shape[1])
    last = np.maximum.accumulate(np.where(known, periods, -1), axis=1)
    rows = np.arange(len(values))[:, None]
    carried = np.where(last >= 0, values[rows, np.maximum(last, 0)], np.nan)
    made = carried.copy()
    long = (last >= 0) & (periods - last > CARRIED)
    # in the order of time, because the season before may itself have been filled
    for period in np.flatnonzero(long.any(axis=0)):
        if period >= season:
            before = made[:, period - season]
            made[:, period] = np.where(long[:, period] & np.isfinite(before), before, made[:, period])
    first = np.where(known.any(axis=1), values[np.arange(len(values)), known.argmax(axis=1)], 0.0)
    return np.where(np.isfinite(made), made, first[:, None])
