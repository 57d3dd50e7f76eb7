"""From the expected amounts of patients to the demand of regions, in the amounts' unit."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.demand.amount_pooling import RegionFactors, region_factors
from medalloc.demand.demand import Demand
from medalloc.demand.elsewhere import joined
from medalloc.demand.observed import Sums, unlike_the_model
from medalloc.demand.rows import left_out, persons_living, present, region_codes
from medalloc.demand.uncertainty import interval
from medalloc.errors import InputError
from medalloc.need.training.amount import read_amount
from medalloc.need.training.weights import weight_faults, weights_of
from medalloc.sentences import sentence
from medalloc.tables.table import Table

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

FINE = 1000
"""Trials for each expected one, so that their number is as good as Poisson. [count]"""


def amounts_demand(
    table: Table,
    expected: ArrayLike,
    *,
    population: Mapping[str, float] | None = None,
    level: float = 0.9,
    patients_anew: bool = False,
    know_regions: bool = True,
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
    know_regions : bool
        Let what came in a region move what is expected there, by partial pooling (`region_factors`): the more patients
        a region has, the further. Regions with a population but without patients then get the mean of all patients,
        and the spread between regions.

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
    sums, luck = _known(taken, mu, w, amount[used], n)
    factors = region_factors(sums["observed"], sums["predicted"], sums["predicted_variance"]) if know_regions else None
    if factors is not None:
        warnings += unlike_the_model(names, sums)
        mu = mu * factors.factor[taken]
    total = np.bincount(taken, w, n).astype(np.float64)
    scale = np.ones(n) if people is None else people / total
    of_table = np.bincount(taken, w * mu, n).astype(np.float64)
    _require_some(names, of_table)
    # whoever the table stands for has luck of their own: its patients again, or the people living there
    variance = luck * (np.bincount(taken, w**2, n) if people is None else people)
    if people is not None or patients_anew:
        centre = np.zeros(n) if people is None else of_table / total
        variance = variance + scale**2 * np.bincount(taken, (w * (mu - centre[taken])) ** 2, n)
    mean = scale * of_table
    if factors is not None:
        variance = variance + mean**2 * factors.variance / np.maximum(factors.factor, 0.1) ** 2
    trials, chance, unit = _scaled_poisson(mean, variance)
    low, high = interval(trials, chance, unit, level)
    found = Demand(
        regions=tuple(names),
        mean=mean,
        low=low,
        high=high,
        level=level,
        patients=np.bincount(taken, minlength=n),
        weight_sum=total,
        **sums,
        scale=scale,
        population=people,
        trials=trials,
        chance=chance,
        unit=unit,
        warnings=tuple(warnings),
        patients_anew=patients_anew,
    )
    if population is None or factors is None:
        return found
    return _with_others(found, factors, mean_of_row[used], w, population)


def _known(taken: Counts, mu: Floats, weight: Floats, amount: Floats, n: int) -> tuple[Sums, Floats]:
    """Return the sums of rows whose amount is known, by region, and the variance of a row of each region."""
    known = ~np.isnan(amount)
    region, w = taken[known], weight[known]
    luck = _squared_errors(region, mu[known], amount[known], n)
    there = np.bincount(region, minlength=n) > 0
    made = (np.bincount(region, each, n) for each in (w * mu[known], w**2 * luck[region], w * amount[known]))
    predicted, variance, observed = (np.where(there, each, np.nan) for each in made)
    return {"predicted": predicted, "predicted_variance": variance, "observed": observed}, luck


def _with_others(
    demand: Demand, factors: RegionFactors, mu: Floats, weight: Floats, population: Mapping[str, float]
) -> Demand:
    """Add the regions that people live in and no patient came from; their people are taken to be like all patients."""
    names = sorted(set(population) - set(demand.regions))
    people = persons_living(names, population)
    if not names or people is None:
        return demand
    mean = people * float(np.average(mu, weights=weight)) * factors.elsewhere
    return joined(demand, names, people, mean, _scaled_poisson(mean, mean**2 * factors.elsewhere_variance + mean))


SHRUNK = 30
"""Rows of the whole table that a region's own errors are weighed against. [count]"""


def _squared_errors(region: Counts, mu: Floats, amount: Floats, n: int) -> Floats:
    """Return the mean squared error of a row of each region, shrunk to that of the table, shape (n,)."""
    squared = (amount - mu) ** 2
    rows, own = np.bincount(region, minlength=n), np.bincount(region, squared, n)
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
