"""Theta, the median of the simple forecasters, and the mean of any."""

from typing import Self

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.forecaster import Forecaster
from medalloc.demand.forecasting.naive import LastValue
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.smoothing import TRENDS, DampedSmoothing, smoothed

Floats = NDArray[np.float64]

LEAST_SCATTER = 0.5
"""Squared deviations of two periods from their middle; one alone has none, and no slope. [periods²]"""


class Theta:
    """Theta of logarithms: smoothing without a trend, and half of the straight line's slope on top.

    Notes
    -----
    The mean of the two classical theta lines, as Hyndman and Billah (2003) have shown it to be.

    References
    ----------
    .. [1] V. Assimakopoulos and K. Nikolopoulos, The theta model, International Journal of Forecasting 16, 2000.
    """

    def __init__(self) -> None:
        self.level_ = DampedSmoothing(seasonal=True, trends=TRENDS[:1])

    def fit(self, panel: Panel) -> Self:
        """Choose how fast each region forgets."""
        self.level_.fit(panel)
        return self

    def predict(self, horizon: int, panel: Panel | None = None) -> Floats:
        """Return what comes next, at least 0, shape (n_regions, horizon) [count/period]."""
        seen = self.level_.panel_ if panel is None else panel
        logarithm, by = self.level_.without_season(seen), self.level_.smoothing_
        level = smoothed(logarithm, by, horizon)
        known = seen.length - np.minimum(seen.first_known, seen.length - 1)[:, None]
        behind = (1 - (1 - by.level[:, None]) ** known) / by.level[:, None]
        ahead = level + slopes(logarithm, seen.first_known)[:, None] / 2 * (np.arange(horizon) + behind)
        return self.level_.with_season(ahead, seen.length)


class MedianOfSimple:
    """The middle of what the last value, exponential smoothing and Theta say."""

    def __init__(self) -> None:
        self.members: tuple[Forecaster, ...] = (LastValue(), DampedSmoothing(seasonal=True), Theta())

    def fit(self, panel: Panel) -> Self:
        """Let each of them learn."""
        for each in self.members:
            each.fit(panel)
        return self

    def predict(self, horizon: int, panel: Panel | None = None) -> Floats:
        """Return what comes next, at least 0, shape (n_regions, horizon) [count/period]."""
        return np.asarray(np.median([each.predict(horizon, panel) for each in self.members], axis=0))


class MeanOfSeveral:
    """The mean of what several forecasters say: their errors go different ways, and partly cancel.

    Parameters
    ----------
    members : tuple of Forecaster
        Which.
    """

    def __init__(self, members: tuple[Forecaster, ...]) -> None:
        self.members = members

    def fit(self, panel: Panel) -> Self:
        """Let each of them learn."""
        for each in self.members:
            each.fit(panel)
        return self

    def predict(self, horizon: int, panel: Panel | None = None) -> Floats:
        """Return what comes next, at least 0, shape (n_regions, horizon) [count/period]."""
        return np.asarray(np.mean([each.predict(horizon, panel) for each in self.members], axis=0))


def slopes(logarithm: Floats, first: NDArray[np.int64]) -> Floats:
    """Return the slope of the straight line through each region's periods from its first count on, shape (n_regions,).

    Examples
    --------
    >>> slopes(np.array([[9.0, 1.0, 3.0, 5.0]]), np.array([1])).tolist()
    [2.0]
    """
    periods = np.arange(logarithm.shape[1])
    known = periods >= first[:, None]
    count = np.maximum(known.sum(axis=1, keepdims=True), 1)
    time = np.where(known, periods - (periods * known).sum(axis=1, keepdims=True) / count, 0.0)
    return np.asarray((time * logarithm).sum(axis=1) / np.maximum((time**2).sum(axis=1), LEAST_SCATTER))
