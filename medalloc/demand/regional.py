"""From the need of patients to the demand of regions."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.demand.rows import left_out, persons_living, present, region_codes, value_faults, weights_of
from medalloc.demand.uncertainty import Rows, drawn, drawn_anew, interval
from medalloc.errors import InputError
from medalloc.need.training.splitting import patient_groups
from medalloc.need.training.target import MISSING, read_need
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

    patients_anew: bool = False
    """Whether interval and draws hold the luck of who came as a patient beside that of who is in need."""


def regional_demand(
    table: Table,
    probability: ArrayLike,
    *,
    population: Mapping[str, float] | None = None,
    level: float = 0.9,
    patients_anew: bool = False,
    stratum: NDArray[np.int64] | None = None,
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
    patients_anew : bool
        Draw the patients of each region anew as well, with replacement (the bootstrap): other patients might as well
        have come. Rows of one patient are drawn together. Without it, and without populations, only whether each is in
        need is left to luck.
    stratum : ndarray of int, optional
        Number of the group of each row, within its region, that is weighted to persons known to live there, shape
        (rows,); matters only where patients are drawn anew for a population.

    Raises
    ------
    InputError
        If there is no region, a probability or weight is impossible, or a region's population is unknown; all faults
        at once.
    """
    region = table.required("region")
    chances = np.asarray(probability, dtype=np.float64)
    weights = weights_of(table)
    faults = value_faults(table, chances, weights, level)
    if faults:
        raise InputError(*faults)
    codes, names = region_codes(table, region)
    used = (codes >= 0) & ~np.isnan(chances) & ~np.isnan(weights)
    warnings = left_out(names, codes, used, chances, weights)
    names, codes = present(names, codes, used)
    people = persons_living(names, population)
    taken, p, w, n = codes[used], chances[used], weights[used], len(names)
    total = np.bincount(taken, w, n).astype(np.float64)
    scale = np.ones(n) if people is None else people / total
    mean = scale * np.bincount(taken, w * p, n)
    if people is not None:
        warnings += _scale_warnings(names, scale)
    rows = Rows(taken, _patients(table, used), w, p, None if stratum is None else stratum[used])
    trials, chance, unit = (drawn_anew if patients_anew else drawn)(rows, mean, people)
    low, high = interval(trials, chance, unit, level)
    predicted, variance, observed = _predicted_and_observed(table, codes, used, chances, n)
    return Demand(
        regions=tuple(names),
        mean=mean,
        low=low,
        high=high,
        level=level,
        patients=np.bincount(taken, minlength=n),
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
        patients_anew=patients_anew,
    )


def sampled(demand: Demand, samples: int, seed: int) -> Floats:
    """Draw possible demands in persons per period, shape (samples, n).

    Parameters
    ----------
    demand : Demand
        What to draw from; regions are independent of each other. With `patients_anew`, draws hold that luck, too.
    samples : int
        Number of draws. [count]
    seed : int
        The same seed gives the same draws.
    """
    draw = np.random.default_rng(seed)
    return draw.binomial(demand.trials, demand.chance, size=(samples, len(demand.regions))) * demand.unit


def _scale_warnings(names: list[str], scale: Floats) -> list[Sentence]:
    small = [name for name, one in zip(names, scale, strict=True) if one < 1 - 1e-9]
    if not small:
        return []
    return [
        sentence(
            "The table holds more people than the population given for: {regions}. Is it a sample of that population?",
            regions=", ".join(small),
        )
    ]


def _patients(table: Table, used: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the patient of each used row."""
    groups = patient_groups(table)
    return np.flatnonzero(used) if groups is None else groups[used]


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
