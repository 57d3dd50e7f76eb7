"""What it costs a region that the need of a group is predicted too low, in units it does not get."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.solving import solve
from medalloc.demand.rows import region_codes
from medalloc.need.training.weights import weights_of
from medalloc.tables.table import Table


@dataclass(frozen=True, eq=False)
class Underprediction:
    """The plan for demand as it is predicted, and the plan if it were as the observed need says."""

    factor: Array
    """By what the demand of each region is multiplied, shape (n_regions,). [1]"""

    predicted: Plan
    """For demand as it is predicted."""

    corrected: Plan
    """For demand as it would be."""

    @property
    def units_lost(self) -> Array:
        """Units a region would get more if need were predicted right, below 0 where it gets too many now.

        Shape (n_regions, n_resources). [units]
        """
        return np.asarray(self.corrected.units - self.predicted.units)

    def frame(self) -> pd.DataFrame:
        """Return one row a region: factor, demand as predicted and corrected, units placed and lost by resource."""
        columns: dict[str, object] = {
            "region": list(self.predicted.problem.regions),
            "factor": self.factor,
            "demand": self.predicted.problem.demand,
            "demand corrected": self.corrected.problem.demand,
        }
        for place, name in enumerate(self.predicted.problem.resource_names):
            columns[f"placed {name}"] = self.predicted.units[:, place]
            columns[f"lost {name}"] = self.units_lost[:, place]
        return pd.DataFrame(columns)


def underprediction(problem: Problem, factor: ArrayLike, *, predicted: Plan | None = None) -> Underprediction:
    """Solve a problem as it is and with the demand of its regions multiplied.

    Parameters
    ----------
    problem : Problem
        With demand as it is predicted.
    factor : array of float
        Observed over predicted need, shape (n_regions,), such as `region_factors` gives. [1]
    predicted : Plan, optional
        The plan of `problem`, if it is known already.

    Raises
    ------
    InfeasibleError
        If the limits cannot be kept with one of the two demands.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> base = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),), policy="proportional")
    >>> underprediction(base, [1.0, 3.0]).units_lost.ravel().round(6).tolist()
    [-5.0, 5.0]
    """
    by_region = np.asarray(factor, dtype=np.float64)
    corrected = replace(
        problem,
        demand=problem.demand * by_region,
        demand_of=None if problem.demand_of is None else problem.demand_of * by_region[:, None],
    )
    return Underprediction(by_region, solve(problem) if predicted is None else predicted, solve(corrected))


def region_factors(
    table: Table,
    regions: tuple[str, ...],
    probability: ArrayLike,
    codes: NDArray[np.int64],
    ratio: ArrayLike,
) -> Array:
    """Return by what the demand of each region changes if the need of every group is what was observed of it.

    Parameters
    ----------
    table : Table
        Patients with a region; ``weight`` is used when there is such a column.
    regions : tuple of str
        Names of regions, each once.
    probability : array of float
        Probability of need that demand is summed from, NaN where there is none, shape (rows,). [fraction]
    codes : array of int
        Group of each row, shape (rows,).
    ratio : array of float
        Observed over predicted need of each group, shape (groups,); a group for which it is not known (NaN) is left
        as it is predicted. [1]

    Returns
    -------
    ndarray
        Demand with the groups' ratios over demand as predicted, shape (n_regions,); 1 for a region without rows. [1]
    """
    place, names = region_codes(table, table.required("region"))
    chances, weights = np.asarray(probability, dtype=np.float64), weights_of(table)
    of_group = np.asarray(ratio, dtype=np.float64)
    known = np.where(np.isnan(of_group), 1.0, of_group)
    used = (place >= 0) & ~np.isnan(chances) & ~np.isnan(weights)
    expected = (weights * chances)[used]
    before = np.bincount(place[used], expected, len(names))
    after = np.bincount(place[used], expected * known[codes[used]], len(names))
    factor = {name: float(b / a) for name, a, b in zip(names, before, after, strict=True) if a > 0}
    return np.array([factor.get(name, 1.0) for name in regions])
