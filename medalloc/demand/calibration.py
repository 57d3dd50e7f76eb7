"""Whether the probabilities add up, region by region."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.demand import Demand

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RegionalCalibration:
    """Observed against predicted need, by region."""

    ratio: Floats
    """Observed over predicted; above 1 the model predicts too little there. NaN without observations, shape (n,)."""

    low: Floats
    """Lower end of the ratio's interval, shape (n,)."""

    high: Floats
    """Upper end of the ratio's interval, shape (n,)."""

    z: Floats
    """Difference in standard deviations of chance; beyond 2 either way is worth a look, shape (n,)."""


def calibration(demand: Demand, *, level: float = 0.9) -> RegionalCalibration:
    """Compare observed with predicted need in each region.

    Parameters
    ----------
    demand : Demand
        Made with out-of-fold probabilities; on rows a model learned from, it always looks right.
    level : float
        Chance that the true ratio lies within the interval. [fraction]
    """
    from scipy.special import ndtri

    reach = float(ndtri((1 + level) / 2))
    deviation = np.sqrt(demand.predicted_variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        return RegionalCalibration(
            demand.observed / demand.predicted,
            np.maximum(demand.observed - reach * deviation, 0.0) / demand.predicted,
            (demand.observed + reach * deviation) / demand.predicted,
            (demand.observed - demand.predicted) / deviation,
        )


def calibration_json(demand: Demand) -> list[dict[str, object]]:
    """Return persons observed and predicted in need, and how unlike they are, of every region where need is known."""
    found = calibration(demand)
    rows = zip(demand.regions, demand.observed, demand.predicted, found.ratio, found.z, strict=True)
    return [
        {
            "region": region,
            "observed": float(observed),
            "predicted": float(predicted),
            "ratio": float(ratio) if np.isfinite(ratio) else None,
            "z": float(z) if np.isfinite(z) else None,
        }
        for region, observed, predicted, ratio, z in rows
        if np.isfinite(observed)
    ]
