"""Whose number would be another one, had another future been expected."""

import numpy as np
import pandas as pd

from medalloc.allocation.problem import Problem
from medalloc.allocation.problem.scalars import is_number
from medalloc.allocation.uncertainty.futures import Futures
from medalloc.allocation.uncertainty.robustness import plans_with_foresight
from medalloc.allocation.uncertainty.sample_average import sample_average
from medalloc.errors import InputError
from medalloc.sentences import sentence

MIDDLE = (0.05, 0.95)
"""Quantiles between which the futures' own plans are looked at: nine in ten of them."""


def fragile_regions(problem: Problem, futures: Futures, *, share: float = 0.25) -> pd.DataFrame:
    """Return how far every region's units depend on which future is expected.

    Parameters
    ----------
    problem : Problem
        What is asked.
    futures : Futures
        What demand may be.
    share : float
        A number is fragile when it moves by more than this share of the units of the sample-average plan. [fraction]

    Returns
    -------
    DataFrame
        One row a region and resource, in the problem's order: region, resource, units of the sample-average plan
        (``units``), of the most-served plan for the expected demand (``for the mean``), ``low`` and ``high`` between
        which nine in ten of the futures' own plans lie, and two answers: ``between futures`` (high - low moves by
        more than the share) and ``against the mean`` (units and the plan for the mean differ by more), with ``fragile``
        for either. [units]

    Raises
    ------
    InputError
        If `share` is no number of at least 0, or regions differ.
    InfeasibleError
        With every limit that the floors break.

    Notes
    -----
    Regions that count for the same can often swap units and serve as many: a number may be fragile though little
    depends on it. The plans' ties are broken by the lowest coverage, which keeps such swaps few.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> problem = Problem(("Steady", "Erratic"), [20, 20], (Resource("beds", stock=30),))
    >>> futures = Futures(problem.regions, [[20, 0], [20, 40]])
    >>> fragile_regions(problem, futures)[["region", "units", "low", "high", "fragile"]].round(1).values.tolist()
    [['Steady', 20.0, 10.5, 19.5, True], ['Erratic', 10.0, 1.0, 19.0, True]]
    """
    if not is_number(share) or share < 0:
        raise InputError(
            sentence("The share is {found}; give a fraction of at least 0 (0.25 means 25%).", found=str(share))
        )
    average = sample_average(problem, futures).units
    # Policy and floors of the mean plan are those of the futures' own plans, so that only demand differs.
    mean = plans_with_foresight(problem, Futures(problem.regions, problem.demand[None, :]))[0].units
    own = np.stack([plan.units for plan in plans_with_foresight(problem, futures)])
    low, high = np.quantile(own, MIDDLE, axis=0)
    allowed = share * average + 1e-9 * np.maximum(1.0, problem.stock)
    between, against = high - low > allowed, np.abs(average - mean) > allowed
    kinds = len(problem.resources)
    return pd.DataFrame(
        {
            "region": np.repeat(np.array(problem.regions, dtype=object), kinds),
            "resource": list(problem.resource_names) * len(problem.regions),
            "units": average.ravel(),
            "for the mean": mean.ravel(),
            "low": low.ravel(),
            "high": high.ravel(),
            "between futures": between.ravel(),
            "against the mean": against.ravel(),
            "fragile": (between | against).ravel(),
        }
    )
