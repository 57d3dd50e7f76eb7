"""From which probability on to act, by what a missed and a false need cost."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.errors import require
from medalloc.need.measures.bootstrap import Interval, percentile_interval, resample_count, weights
from medalloc.sentences import sentence

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CheapestThreshold:
    """The threshold that would have cost least on the test rows."""

    threshold: float
    """Probability from which on a row is called in need; above every probability when nobody should be. [fraction]"""

    interval: Interval
    """Where it would lie if other patients had come."""

    cost: float
    """Mean cost of a test row at this threshold. [cost/row]"""


def threshold_by_cost(missed: float, false: float) -> float:
    """Return the threshold that costs least when the probabilities are true.

    Acting costs `false` for (1 - p) of the patients with probability p, not acting `missed` for p of them.

    Parameters
    ----------
    missed : float
        Cost of a need that is missed. [cost/patient]
    false : float
        Cost of a need that is called in error. [cost/patient]

    Raises
    ------
    InputError
        If a cost is negative or not a number, or both are zero.

    Examples
    --------
    >>> threshold_by_cost(missed=9, false=1)
    0.1
    """
    _require_costs(missed, false)
    return false / (missed + false)


def cheapest_threshold(
    need: ArrayLike,
    probability: ArrayLike,
    *,
    missed: float,
    false: float,
    patients: NDArray[np.int64] | None = None,
    seed: int = 0,
    weight: Floats | None = None,
) -> CheapestThreshold:
    """Return the threshold that would have cost least on some rows, with its bootstrap interval.

    Parameters
    ----------
    need : array of 0 and 1
        What came true, shape (rows,).
    probability : array of float
        What was predicted, shape (rows,). [fraction]
    missed, false : float
        Cost of a need that is missed and of one that is called in error. [cost/patient]
    patients : ndarray of int, optional
        Patient of each row, when patients repeat: they are drawn as a whole.

    Raises
    ------
    InputError
        If a cost is negative or not a number, or both are zero.

    Notes
    -----
    The threshold is midway between two probabilities that occur, or at the end of [0, 1]. The cheapest place settles
    slowly as rows are added, so that its interval is a rough guide, not one that keeps its coverage exactly.
    """
    _require_costs(missed, false)
    observed, said = np.asarray(need, dtype=np.float64), np.asarray(probability, dtype=np.float64)
    order = np.argsort(said, kind="stable")
    ordered, observed = said[order], observed[order]
    # A threshold lies before the first row, between two different probabilities, or behind the last row.
    places = np.concatenate(([0], np.flatnonzero(np.diff(ordered)) + 1, [len(ordered)]))
    ends = np.concatenate(([0.0], ordered, [1.0]))
    between = (ends[places] + ends[places + 1]) / 2
    between[0], between[-1] = 0.0, 1.0
    who = None if patients is None else patients[order]
    counts = np.ones(len(ordered)) if weight is None else weight[order]
    one = _costs(counts[None], observed, places, missed, false)[0]
    count = resample_count(len(ordered))
    drawn = [
        between[np.argmin(_costs(each * counts, observed, places, missed, false), axis=1)]
        for each in weights(len(ordered), who, resamples=count, seed=seed)
    ]
    best = int(np.argmin(one))
    return CheapestThreshold(
        float(between[best]), percentile_interval(np.concatenate(drawn)), float(one[best] / counts.sum())
    )


def mean_cost(
    need: ArrayLike,
    probability: ArrayLike,
    threshold: float,
    *,
    missed: float,
    false: float,
    weight: Floats | None = None,
) -> float:
    """Return what a row costs on average when those from the threshold on are called in need. [cost/row]."""
    observed, called = np.asarray(need) == 1, np.asarray(probability) >= threshold
    return float(np.average(np.where(called, false * ~observed, missed * observed), weights=weight))


def _costs(weight: Floats, observed: Floats, places: NDArray[np.int64], missed: float, false: float) -> Floats:
    """Return the cost of calling all rows from each place on, shape (resamples, places)."""
    # Moving the threshold behind a row in need misses it; behind another one saves its false call.
    step = weight * np.where(observed == 1, missed, -false)
    behind = np.concatenate([np.zeros((len(weight), 1)), np.cumsum(step, axis=1)], axis=1)[:, places]
    everybody = false * (weight * (1 - observed)).sum(axis=1, keepdims=True)
    return np.asarray(everybody + behind)


def _require_costs(missed: float, false: float) -> None:
    faults = [
        sentence("The cost of {what} is {found}; it must be a number of at least 0.", what=what, found=repr(cost))
        for what, cost in ((sentence("a false negative"), missed), (sentence("a false positive"), false))
        if not (np.isfinite(cost) and cost >= 0)
    ]
    if not faults and missed + false == 0:
        faults = [
            sentence(
                "A false negative and a false positive both cost 0, so that every threshold is as good; give a cost."
            )
        ]
    require(*faults)
