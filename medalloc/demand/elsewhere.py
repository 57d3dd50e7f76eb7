"""Regions that people live in and no patient came from."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.demand import Demand
from medalloc.demand.rows import persons_living
from medalloc.demand.uncertainty import drawn_at, interval
from medalloc.sentences import sentence

Floats = NDArray[np.float64]


def with_regions_without_patients(
    demand: Demand, chances: Floats, weights: Floats, regions: NDArray[np.int64], population: Mapping[str, float]
) -> Demand:
    """Add the regions of a population that no patient came from.

    Parameters
    ----------
    demand : Demand
        Of the regions with patients.
    chances, weights : ndarray
        Of the rows it was summed over, by features alone, shape (rows,).
    regions : ndarray of int
        Number of each row's region, shape (rows,).
    population : mapping
        Persons living in each region.

    Raises
    ------
    InputError
        If the population of one of them is no number above 0.

    Notes
    -----
    Their people are taken to be like all patients, and their need to differ from theirs as that of other regions does:
    by the spread of the regions' effects, and by that of their mean chances.
    """
    names = sorted(set(population) - set(demand.regions))
    people = persons_living(names, population)
    if not names or people is None or demand.effects is None:
        return demand
    chance, slope = demand.effects.chances(chances, np.full(len(chances), -1))
    share = float(np.average(chance, weights=weights))
    n = len(demand.regions)
    means = np.bincount(regions, weights * chance, n) / np.bincount(regions, weights, n)
    unlike = float(np.average(slope, weights=weights)) ** 2 * demand.effects.elsewhere_variance
    unlike += float(means.var(ddof=1)) if n > 1 else 0.0
    mean, variance = people * share, people**2 * unlike + people * share * (1 - share)
    return joined(demand, names, people, mean, drawn_at(mean, people, variance))


def joined(
    demand: Demand,
    names: list[str],
    people: Floats,
    mean: Floats,
    drawn: tuple[NDArray[np.int64], Floats, Floats],
) -> Demand:
    """Return the demand with further regions, of which nothing is known but who lives there.

    Parameters
    ----------
    demand : Demand
        Of the regions with patients.
    names : list of str
        Of the further ones, shape (m,).
    people, mean : ndarray
        Persons living there, and what is expected of them, shape (m,).
    drawn : (ndarray, ndarray, ndarray)
        Trials, chance and unit of the binomial that it is drawn from, each of shape (m,).
    """
    trials, odds, unit = drawn
    low, high = interval(trials, odds, unit, demand.level)
    nothing = np.full(len(names), np.nan)
    added = {
        "mean": mean, "low": low, "high": high, "trials": trials, "chance": odds, "unit": unit, "population": people,
        "patients": np.zeros(len(names), dtype=np.int64), "weight_sum": np.zeros(len(names)), "scale": nothing,
        "predicted": nothing, "predicted_variance": nothing, "observed": nothing,
    }  # fmt: skip
    every = (*demand.regions, *names)
    order = sorted(range(len(every)), key=every.__getitem__)
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(demand, name), more])[order] for name, more in added.items()
    }
    said = sentence(
        "Regions without patients get the mean of all patients, and an interval as wide as regions differ: {regions}.",
        regions=", ".join(names),
    )
    return replace(demand, regions=tuple(every[each] for each in order), **arrays, warnings=(*demand.warnings, said))
