"""From the need of patients to the demand of regions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.demand.demand import Demand
from medalloc.demand.elsewhere import with_regions_without_patients
from medalloc.demand.observed import Known, known_rows, unlike_the_model
from medalloc.demand.rows import left_out, persons_living, present, region_codes, value_faults
from medalloc.demand.uncertainty import Rows, drawn, drawn_anew, drawn_with_effects, interval
from medalloc.errors import InputError
from medalloc.need.training.splitting import patient_groups
from medalloc.need.training.weights import weights_of
from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Table

Floats = NDArray[np.float64]


def regional_demand(
    table: Table,
    probability: ArrayLike,
    *,
    population: Mapping[str, float] | None = None,
    level: float = 0.9,
    patients_anew: bool = False,
    stratum: NDArray[np.int64] | None = None,
    know_regions: bool = True,
) -> Demand:
    """Sum probabilities of need to the demand of regions, which may differ beyond their patients' features.

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
        (rows,); matters only for a population.
    know_regions : bool
        Let observed need move the probabilities of a region, by partial pooling (`region_effects`): the more patients
        a region has, the further. Regions with a population but without patients then get the mean of all patients,
        and the spread between regions. Without it, and where nobody's need is known, the sums are those of a model that
        knows features only, and intervals take its probabilities for true.

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
    rows = Rows(
        codes[used],
        _patients(table, used),
        weights[used],
        chances[used],
        None if stratum is None else stratum[used],
    )
    known = known_rows(table, codes, used, chances, weights)
    return demand_of(
        names,
        rows,
        known,
        population=population,
        level=level,
        patients_anew=patients_anew,
        know_regions=know_regions,
        warnings=tuple(warnings),
    )


def demand_of(
    names: Sequence[str],
    rows: Rows,
    known: Known,
    *,
    population: Mapping[str, float] | None = None,
    level: float = 0.9,
    patients_anew: bool = False,
    know_regions: bool = True,
    warnings: tuple[Sentence, ...] = (),
) -> Demand:
    """Do what `regional_demand` does with rows that are read already, or stand for many that are alike.

    Parameters
    ----------
    names : sequence of str
        Regions in alphabetical order, each with a row at least, shape (n,).
    rows : Rows
        With chances by features alone.
    known : Known
        Those of them whose need is known.
    population, level, patients_anew, know_regions
        As for `regional_demand`; patients are not drawn anew where rows stand for several.
    warnings : tuple of Sentence
        What was left out already.
    """
    people, n, told = persons_living(list(names), population), len(names), list(warnings)
    total = rows.sums(rows.weight, n)
    scale = np.ones(n) if people is None else people / total
    if people is not None:
        told += _scale_warnings(list(names), scale)
    effects = known.effects(n) if know_regions else None
    featured = rows
    if effects is not None:
        told += unlike_the_model(list(names), known.sums(n))
        chance, slope = effects.chances(rows.chance, rows.region)
        rows = replace(rows, chance=chance)
    mean = scale * rows.sums(rows.weight * rows.chance, n)
    if effects is None:
        trials, share, unit = (drawn_anew if patients_anew else drawn)(rows, mean, people)
    else:
        trials, share, unit = drawn_with_effects(rows, slope, effects.variance, mean, people, patients_anew)
    low, high = interval(trials, share, unit, level)
    found = Demand(
        regions=tuple(names),
        mean=mean,
        low=low,
        high=high,
        level=level,
        patients=np.rint(rows.sums(np.ones(len(rows.region)), n)).astype(np.int64),
        weight_sum=total,
        **known.sums(n),
        scale=scale,
        population=people,
        trials=trials,
        chance=share,
        unit=unit,
        warnings=tuple(told),
        patients_anew=patients_anew,
        effects=effects,
    )
    if population is None:
        return found
    weight = rows.weight if rows.count is None else rows.weight * rows.count
    return with_regions_without_patients(found, featured.chance, weight, rows.region, population)


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
