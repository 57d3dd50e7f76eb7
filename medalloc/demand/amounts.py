"""From the expected amounts of patients to the demand of regions, in the amounts' unit."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.demand.regional import Demand
from medalloc.demand.rows import left_out, persons_living, present, region_codes, weight_faults, weights_of
from medalloc.demand.uncertainty import interval
from medalloc.errors import InputError
from medalloc.need.training.amount import read_amount
from medalloc.sentences import sentence
from medalloc.tables.table import Table

Floats = NDArray[np.float64]

FINE = 1000
"""Trials for each expected one, so that their number is as good as Poisson. [count]"""


def amounts_demand(
    table: Table,
    expected: ArrayLike,
    *,
    population: Mapping[str, float] | None = None,
    level: float = 0.9,
    patients_anew: bool = False,
) -> Demand:
    """Sum expected amounts to the demand of regions.

    Parameters
    ----------
    table : Table
        Patients with a region and amounts in the column of need; ``weight`` is used when there is such a column.
    expected : array of float
        Expected amount of each row, by a model that did not learn from it, shape (rows,). Rows where it is NaN are left
        out. [the amounts' unit]
    population : mapping, optional
        Persons living in each region, when the table is a sample of them: demand is scaled up to it.
    level : float
        Chance that demand lies in its interval. [fraction]
    patients_anew : bool
        Whether interval and draws hold the luck of who came as a patient, too; they do where there are populations.

    Raises
    ------
    InputError
        If there is no region, a weight is impossible, a region's population is unknown, or less than nothing is
        expected in a region; all faults at once.

    Notes
    -----
    How far amounts lie from what is expected of them is measured out of fold, by region shrunk to the whole table (as
    much as `SHRUNK` rows weigh). The sum is described by a scaled Poisson number with its mean and variance: never
    below 0, and skewed to the right as sums of amounts are. Regions are independent of each other.
    """
    region, amount = table.required("region"), read_amount(table).values
    mean_of_row, weights = np.asarray(expected, dtype=np.float64), weights_of(table)
    faults = weight_faults(table, weights)
    if faults:
        raise InputError(*faults)
    codes, names = region_codes(table, region)
    used = (codes >= 0) & ~np.isnan(mean_of_row) & ~np.isnan(weights)
    warnings = left_out(names, codes, used, mean_of_row, weights)
    names, codes = present(names, codes, used)
    people, n = persons_living(names, population), len(names)
    taken, mu, w = codes[used], mean_of_row[used], weights[used]
    total = np.bincount(taken, w, n).astype(np.float64)
    scale = np.ones(n) if people is None else people / total
    mean = scale * np.bincount(taken, w * mu, n)
    _require_some(names, mean)
    luck = _squared_errors(taken, mu, amount[used], n)
    variance = np.bincount(taken, w**2, n) * luck
    if people is not None or patients_anew:
        centre = np.bincount(taken, w * mu, n) / total if people is not None else np.zeros(n)
        variance = variance + np.bincount(taken, (w * (mu - centre[taken])) ** 2, n)
    trials, chance, unit = _scaled_poisson(mean, scale**2 * variance)
    low, high = interval(trials, chance, unit, level)
    known = ~np.isnan(amount[used])
    sums = [np.bincount(taken[known], values, n) for values in (mu[known], luck[taken[known]], amount[used][known])]
    predicted, predicted_variance, observed = (
        np.where(np.bincount(taken[known], minlength=n) > 0, one, np.nan) for one in sums
    )
    return Demand(
        regions=tuple(names),
        mean=mean,
        low=low,
        high=high,
        level=level,
        patients=np.bincount(taken, minlength=n),
        weight_sum=total,
        predicted=predicted,
        predicted_variance=predicted_variance,
        observed=observed,
        scale=scale,
        population=people,
        trials=trials,
        chance=chance,
        unit=unit,
        warnings=tuple(warnings),
        patients_anew=patients_anew,
    )


SHRUNK = 30
"""Rows of the whole table that a region's own errors are weighed against. [count]"""


def _squared_errors(taken: NDArray[np.int64], mu: Floats, amount: Floats, n: int) -> Floats:
    """Return the mean squared error of a row of each region, shrunk to that of the table, shape (n,)."""
    known = ~np.isnan(amount)
    squared = (amount[known] - mu[known]) ** 2
    rows, own = np.bincount(taken[known], minlength=n), np.bincount(taken[known], squared, n)
    return np.asarray((own + SHRUNK * float(squared.mean())) / (rows + SHRUNK))


def _scaled_poisson(mean: Floats, variance: Floats) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Return trials, chance and unit of a binomial as good as Poisson, with this mean and variance, shape (n,)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        unit = np.where((mean > 0) & (variance > 0), variance / mean, 1.0)
    count = mean / unit
    trials = np.maximum(np.ceil(FINE * count), FINE).astype(np.int64)
    return trials, np.asarray(count / trials), np.asarray(unit)


def _require_some(names: list[str], mean: Floats) -> None:
    faults = [
        sentence(
            "In “{region}” the expected amounts add up to {found}; a demand is at least 0. Choose a column of need "
            "that counts something.",
            region=name,
            found=float(value),
        )
        for name, value in zip(names, mean, strict=True)
        if value < 0
    ]
    if faults:
        raise InputError(*faults)
