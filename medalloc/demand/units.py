"""From persons in need to what caring for them takes: beds, hours, money, with their uncertainty."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.conversions import Conversion, PersonsToUnits
from medalloc.demand.demand import Demand
from medalloc.demand.region_table import Expected
from medalloc.demand.regional import sampled
from medalloc.errors import InputError
from medalloc.saved import Limits, number_faults

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class UnitsNeeded:
    """Units that meeting all demand takes, by region and in all, and how uncertain that is."""

    regions: tuple[str, ...]
    """Names, shape (n,)."""

    conversions: tuple[Conversion, ...]
    """How persons became units, one for each resource, shape (r,)."""

    mean: Floats
    """Expected units by region, shape (n, r). [units]"""

    low: Floats
    """Lower end of the interval, shape (n, r). [units]"""

    high: Floats
    """Upper end of the interval, shape (n, r). [units]"""

    total_mean: Floats
    """Expected units in all regions, shape (r,). [units]"""

    total_low: Floats
    """Lower end of the interval of all, shape (r,); mostly above the sum of the regions' lower ends. [units]"""

    total_high: Floats
    """Upper end of the interval of all, shape (r,); mostly below the sum of the regions' upper ends. [units]"""

    level: float
    """Chance that each interval holds what is needed, if conversions and probabilities are right. [fraction]"""

    def frame(self) -> pd.DataFrame:
        """Return one row a resource and region."""
        return pd.DataFrame(
            [
                (each.resource, each.unit, region, self.mean[row, place], self.low[row, place], self.high[row, place])
                for place, each in enumerate(self.conversions)
                for row, region in enumerate(self.regions)
            ],
            columns=["resource", "unit", "region", "mean", "low", "high"],
        )

    def totals(self) -> pd.DataFrame:
        """Return one row a resource, for all regions together."""
        return pd.DataFrame(
            {
                "resource": [each.resource for each in self.conversions],
                "unit": [each.unit for each in self.conversions],
                "mean": self.total_mean,
                "low": self.total_low,
                "high": self.total_high,
            }
        )


def units_needed(demand: Demand, given: PersonsToUnits, *, samples: int = 4000, seed: int = 42) -> UnitsNeeded:
    """Turn demand into units, with its uncertainty.

    Parameters
    ----------
    demand : Demand
        Persons in need by region in the period.
    given : PersonsToUnits
        The period, and how persons become units.
    samples : int
        Draws from which the interval of all regions together is taken; those of single regions are exact. [count]
    seed : int
        The same seed gives the same interval.

    Raises
    ------
    InputError
        If there are fewer draws than 100.

    Notes
    -----
    Regions are independent of each other, so that chance evens out: the interval of all is narrower than the sum of the
    intervals. Stays, occupancy and requirements are taken as certain: change them to see what they do.

    Examples
    --------
    >>> import pandas as pd
    >>> from medalloc.demand.regional import regional_demand
    >>> from medalloc.tables.table import Source, Table
    >>> table = Table(pd.DataFrame({"town": ["A"] * 500 + ["B"] * 500}), {"town": "region"}, Source("t", "0"))
    >>> beds = Conversion("beds", "beds", stay_hours=146, occupancy=0.8, at_once=True)
    >>> found = units_needed(regional_demand(table, [0.2] * 500 + [0.4] * 500), PersonsToUnits(730, (beds,)))
    >>> found.mean.ravel().round(6).tolist(), found.total_mean.round(6).tolist()
    ([25.0, 50.0], [75.0])
    >>> found.low.ravel().tolist(), found.high.ravel().tolist()
    ([21.25, 45.5], [28.75, 54.5])
    """
    faults = number_faults({"samples": samples}, {"samples": Limits(100, 1_000_000, whole=True)})
    if faults:
        raise InputError(*faults)
    ends = [(1 - demand.level) / 2, (1 + demand.level) / 2]
    low, high = np.quantile(sampled(demand, samples, seed).sum(axis=1), ends, method="inverted_cdf").tolist()
    return converted(demand, (low, high), given)


def converted(demand: Expected, total: tuple[float, float], given: PersonsToUnits) -> UnitsNeeded:
    """Turn what is expected into units, whether it comes from patients or from counts over time.

    Parameters
    ----------
    demand : Expected
        By region, with intervals.
    total : (float, float)
        Ends of the interval of all regions together. [persons/period]
    given : PersonsToUnits
        The period, and how persons become units.
    """
    each = given.units_per_person
    return UnitsNeeded(
        demand.regions,
        given.conversions,
        mean=np.outer(demand.mean, each),
        low=np.outer(demand.low, each),
        high=np.outer(demand.high, each),
        total_mean=demand.mean.sum() * each,
        total_low=total[0] * each,
        total_high=total[1] * each,
        level=demand.level,
    )
