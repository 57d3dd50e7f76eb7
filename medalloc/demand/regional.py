"""From the need of patients to the demand of regions."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from medalloc.demand.uncertainty import interval, table_is_a_sample, table_is_everybody
from medalloc.errors import InputError
from medalloc.need.target import MISSING, read_need
from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Table

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Demand:
    """Expected persons in need, by region, and how uncertain that is.

    A region's demand is distributed as ``unit`` times a binomial number of ``trials`` persons with chance ``chance``.
    """

    regions: tuple[str, ...]
    """Names in alphabetical order, shape (n,)."""

    mean: Floats
    """Expected persons in need, shape (n,). [persons/period]"""

    low: Floats
    """Lower end of the interval, shape (n,). [persons/period]"""

    high: Floats
    """Upper end of the interval, shape (n,). [persons/period]"""

    level: float
    """Chance that demand lies within the interval, if the probabilities are right. [fraction]"""

    patients: NDArray[np.int64]
    """Rows the demand was summed over, shape (n,). [count]"""

    weight_sum: Floats
    """Persons those rows stand for, shape (n,). [persons]"""

    predicted: Floats
    """Sum of probabilities over the rows whose need is known, shape (n,). [persons in the table]"""

    predicted_variance: Floats
    """Variance of the number in need among those rows, shape (n,). [persons²]"""

    observed: Floats
    """Rows in need; NaN where no row's need is known, shape (n,). [persons in the table]"""

    scale: Floats
    """Persons of the region for each person of the table; 1 when its population is not known, shape (n,)."""

    population: Floats | None
    """Persons living in each region, shape (n,), or None. [persons]"""

    trials: NDArray[np.int64]
    """Persons drawn, shape (n,). [count]"""

    chance: Floats
    """Chance of each to be in need, shape (n,). [fraction]"""

    unit: Floats
    """Persons each of them stands for, shape (n,). [persons]"""

    warnings: tuple[Sentence, ...] = ()
    """What was left out or assumed."""


def regional_demand(
    table: Table,
    probability: ArrayLike,
    *,
    population: Mapping[str, float] | None = None,
    level: float = 0.9,
) -> Demand:
    """Sum probabilities of need to the demand of regions.

    Parameters
    ----------
    table : Table
        Patients with a region; ``weight`` and ``need`` are used when there are such columns.
    probability : array of float
        Calibrated probability of need of each row, by a model that did not learn from it, shape (rows,). Rows where it
        is NaN are left out. [fraction]
    population : mapping, optional
        Persons living in each region, when the table is a sample of them. Demand is scaled up to it, and the interval
        then holds both the luck of the sample and the luck of the draw.
    level : float
        Chance that demand lies in its interval. [fraction]

    Raises
    ------
    InputError
        If there is no region, a probability or weight is impossible, or a region's population is unknown; all faults
        at once.
    """
    region = table.required("region")
    chances = np.asarray(probability, dtype=np.float64)
    weights = _weights(table)
    faults = _value_faults(table, chances, weights, level)
    if faults:
        raise InputError(*faults)
    codes, names = _region_codes(table, region)
    used = (codes >= 0) & ~np.isnan(chances) & ~np.isnan(weights)
    warnings = _left_out(names, codes, used, chances, weights)
    names, codes = _present(names, codes, used)
    people = _population(names, population)
    taken, p, w, n = codes[used], chances[used], weights[used], len(names)
    total = np.bincount(taken, w, n).astype(np.float64)
    scale = np.ones(n) if people is None else people / total
    mean = scale * np.bincount(taken, w * p, n)
    squared = np.bincount(taken, w * w, n)
    count = np.bincount(taken, minlength=n)
    if people is None:
        trials, chance, unit = table_is_everybody(
            mean, np.bincount(taken, w * w * p, n).astype(np.float64), _spread(taken, w, p, n)
        )
    else:
        trials, chance, unit = table_is_a_sample(mean, people, total**2 / squared)
        warnings += _scale_warnings(names, scale)
    low, high = interval(trials, chance, unit, level)
    predicted, variance, observed = _predicted_and_observed(table, codes, used, chances, n)
    return Demand(
        regions=tuple(names),
        mean=mean,
        low=low,
        high=high,
        level=level,
        patients=count,
        weight_sum=total,
        predicted=predicted,
        predicted_variance=variance,
        observed=observed,
        scale=scale,
        population=people,
        trials=trials,
        chance=chance,
        unit=unit,
        warnings=tuple(warnings),
    )


def sampled(demand: Demand, samples: int, seed: int) -> Floats:
    """Draw possible demands in persons per period, shape (samples, n).

    Parameters
    ----------
    demand : Demand
        What to draw from; regions are independent of each other.
    samples : int
        Number of draws. [count]
    seed : int
        The same seed gives the same draws.
    """
    draw = np.random.default_rng(seed)
    return draw.binomial(demand.trials, demand.chance, size=(samples, len(demand.regions))) * demand.unit


def _weights(table: Table) -> Floats:
    name = table.column("weight")
    if name is None:
        return np.ones(len(table.frame))
    return np.asarray(pd.to_numeric(table.frame[name], errors="coerce"), dtype=np.float64)


def _value_faults(table: Table, chances: Floats, weights: Floats, level: float) -> list[Sentence]:
    if chances.shape != (len(table.frame),):
        return [
            sentence(
                "There are probabilities for {found} rows and the table has {rows}.",
                found=chances.size,
                rows=len(table.frame),
            )
        ]
    faults = []
    if not 0 < level < 1:
        faults.append(sentence("The level is {found}; it must lie between 0 and 1.", found=level))
    wrong = (chances < 0) | (chances > 1)
    if wrong.any():
        row = int(np.argmax(wrong))
        faults.append(
            sentence(
                "Row {row}: the probability is {found}; it must lie between 0 and 1 (rows like this: {count}).",
                row=row + 1,
                found=float(chances[row]),
                count=int(wrong.sum()),
            )
        )
    unfit = ~np.isnan(weights) & ((weights <= 0) | np.isinf(weights))
    if unfit.any():
        row = int(np.argmax(unfit))
        faults.append(
            sentence(
                "Column “{column}”, row {row}: the weight is {found}; it must be above 0 (rows like this: {count}).",
                column=table.column("weight"),
                row=row + 1,
                found=float(weights[row]),
                count=int(unfit.sum()),
            )
        )
    return faults


def _region_codes(table: Table, region: str) -> tuple[NDArray[np.int64], list[str]]:
    """Return the number of each row's region, -1 for none, and the names in alphabetical order."""
    codes, found = pd.factorize(table.frame[region])
    names = [str(name).strip() for name in found]
    ordered = sorted(set(names) - {""})
    place = {name: number for number, name in enumerate(ordered)}
    # The last place answers for the code -1 of a row without a region.
    return np.array([*(place.get(name, -1) for name in names), -1], dtype=np.int64)[codes], ordered


def _present(
    names: list[str], codes: NDArray[np.int64], used: NDArray[np.bool_]
) -> tuple[list[str], NDArray[np.int64]]:
    """Keep the regions that have a row to sum over."""
    held = np.bincount(codes[used], minlength=len(names)) > 0
    if not held.any():
        raise InputError(
            sentence("No row has both a region and a probability; check the region column and the features.")
        )
    number = np.append(np.where(held, np.cumsum(held) - 1, -1), -1)
    return [name for name, kept in zip(names, held, strict=True) if kept], number[codes]


def _population(names: list[str], population: Mapping[str, float] | None) -> Floats | None:
    if population is None:
        return None
    people = np.array([float(population.get(name, np.nan)) for name in names])
    faults = [
        sentence("Region “{region}” has no population; add it to the populations.", region=name)
        if name not in population
        else sentence("The population of “{region}” is {found}; it must be above 0.", region=name, found=float(value))
        for name, value in zip(names, people, strict=True)
        if not 0 < value < np.inf
    ]
    if faults:
        raise InputError(*faults)
    return people


def _left_out(
    names: list[str], codes: NDArray[np.int64], used: NDArray[np.bool_], chances: Floats, weights: Floats
) -> list[Sentence]:
    counted = (
        sentence("Rows left out because they have no region: {count}.", count=int(np.sum(codes < 0))),
        sentence(
            "Rows left out because nothing could be predicted for them: {count}.", count=int(np.sum(np.isnan(chances)))
        ),
        sentence("Rows left out because they have no weight: {count}.", count=int(np.sum(np.isnan(weights)))),
    )
    made = [said for said in counted if said.values["count"]]
    held = np.bincount(codes[used], minlength=len(names)) > 0
    lost = [name for name, kept in zip(names, held, strict=True) if not kept]
    if lost:
        made.append(
            sentence("Regions left out because no row of theirs could be used: {regions}.", regions=", ".join(lost))
        )
    return made


def _scale_warnings(names: list[str], scale: Floats) -> list[Sentence]:
    small = [name for name, one in zip(names, scale, strict=True) if one < 1]
    if not small:
        return []
    return [
        sentence(
            "The table holds more people than the population given for: {regions}. Is it a sample of that population?",
            regions=", ".join(small),
        )
    ]


def _spread(codes: NDArray[np.int64], w: Floats, p: Floats, n: int) -> Floats:
    return np.asarray(np.bincount(codes, w * w * p * (1 - p), n), dtype=np.float64)


def _predicted_and_observed(
    table: Table, codes: NDArray[np.int64], used: NDArray[np.bool_], chances: Floats, n: int
) -> tuple[Floats, Floats, Floats]:
    if table.column("need") is None:
        nothing = np.full(n, np.nan)
        return nothing, nothing, nothing
    need = read_need(table).values
    known = used & (need != MISSING)
    taken, p = codes[known], chances[known]
    with_answer = np.bincount(taken, minlength=n) > 0
    sums = (np.bincount(taken, values, n) for values in (p, p * (1 - p), need[known].astype(np.float64)))
    predicted, variance, observed = (np.where(with_answer, one, np.nan) for one in sums)
    return predicted, variance, observed
