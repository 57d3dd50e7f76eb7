"""What every forecaster does."""

from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.panel import Panel

Floats = NDArray[np.float64]


class Forecaster(Protocol):
    """Learns from counts and continues them."""

    def fit(self, panel: Panel) -> Self:
        """Learn from all regions and periods of a panel."""
        ...

    def predict(self, horizon: int, panel: Panel | None = None) -> Floats:
        """Return what comes next, at least 0, shape (n_regions, horizon) [count/period].

        Parameters
        ----------
        horizon : int
            Periods to look ahead. [count]
        panel : Panel, optional
            Counts to continue, of the same regions and from the same start, perhaps longer than those learned from;
            those learned from when left out.
        """
        ...
