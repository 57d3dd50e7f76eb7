"""How far a score could be off because the test rows are a sample: the bootstrap, by patient where patients repeat."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.spreading import for_each, is_spread

Floats = NDArray[np.float64]

LEVEL = 0.95
RESAMPLES = 500
FEWEST_RESAMPLES = 100
MOST_DRAWS = 10_000_000
"""Rows times resamples up to which every resample is drawn; intervals of larger tests are narrow with fewer, too."""

SPANS = 8
"""Parts into which resamples are cut for those who score them, where they are spread. [count]"""

_CELLS_AT_A_TIME = 400_000
"""Rows times resamples in one block, so that a large test needs little memory."""


@dataclass(frozen=True)
class Interval:
    """Where a number would lie if other patients had come, with the coverage `LEVEL`."""

    low: float
    """Lower end; NaN where the score is not defined in most resamples."""

    high: float
    """Upper end."""


def resample_count(rows: int) -> int:
    """Return how many resamples are drawn for so many test rows.

    Examples
    --------
    >>> resample_count(0), resample_count(20_000), resample_count(50_000), resample_count(1_000_000)
    (500, 500, 200, 100)
    """
    return int(np.clip(MOST_DRAWS // max(rows, 1), FEWEST_RESAMPLES, RESAMPLES))


def weights(
    rows: int, patients: NDArray[np.int64] | None, *, resamples: int, seed: int, after: int = 0
) -> Iterator[Floats]:
    """Yield how often each row is in each resample, shape (some resamples, rows).

    Parameters
    ----------
    patients : ndarray of int, optional
        Patient of each row: a patient's rows are drawn together, because they are no independent evidence.
    after : int
        How many of these are passed over, because somebody else scores them.
    """
    draw = np.random.default_rng(seed)
    member = None if patients is None else np.unique(patients, return_inverse=True)[1]
    units = rows if member is None else int(member.max()) + 1
    at_a_time = max(1, _CELLS_AT_A_TIME // rows)
    for _ in range(after):
        draw.integers(0, units, units)
    for start in range(after, resamples, at_a_time):
        count = min(at_a_time, resamples - start)
        drawn = np.stack([np.bincount(draw.integers(0, units, units), minlength=units) for _ in range(count)])
        yield (drawn if member is None else drawn[:, member]).astype(np.float64)


def score_intervals(
    need: ArrayLike,
    probability: ArrayLike,
    threshold: float = 0.5,
    *,
    patients: NDArray[np.int64] | None = None,
    seed: int = 0,
    resamples: int | None = None,
    weight: Floats | None = None,
) -> dict[str, Interval]:
    """Return the percentile bootstrap interval of every score.

    Parameters
    ----------
    need : array of 0 and 1
        What came true, shape (rows,).
    probability : array of float
        What was predicted, shape (rows,). [fraction]
    threshold : float
        Probability above which a row is called in need.
    patients : ndarray of int, optional
        Patient of each row, when patients repeat.
    resamples : int, optional
        How many; `resample_count` when left out.
    weight : ndarray, optional
        How much each row counts whenever it is drawn, shape (rows,).

    Returns
    -------
    dict
        By the names of `Scores`, and ``sensitivity`` (share found of those in need) and ``precision`` (share in need
        of those called so).

    Notes
    -----
    The model is not trained again: the interval tells what other test patients would change, not what other training
    patients would; the spread between folds tells some of that.
    """
    values = resampled(
        np.asarray(need, dtype=np.float64),
        np.asarray(probability, dtype=np.float64),
        threshold,
        patients=patients,
        seed=seed,
        resamples=resamples,
        weight=weight,
    )
    return {name: percentile_interval(column) for name, column in values.items()}


def percentile_interval(values: Floats) -> Interval:
    """Return the middle `LEVEL` of resampled values; NaN where fewer than half of them are defined."""
    defined = values[~np.isnan(values)]
    if 2 * len(defined) < len(values) or not len(defined):
        return Interval(float("nan"), float("nan"))
    low, high = np.quantile(defined, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(low), float(high))


def resampled(
    need: Floats,
    probability: Floats,
    threshold: float,
    *,
    patients: NDArray[np.int64] | None,
    seed: int,
    resamples: int | None,
    weight: Floats | None = None,
) -> dict[str, Floats]:
    """Return every score in every resample, by name, each of shape (resamples,)."""
    # One sort serves all resamples: only how often a row counts changes.
    order = np.argsort(probability, kind="stable")
    ordered = probability[order]
    observed = need[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    called = int(np.searchsorted(ordered, threshold, side="right"))
    error = (ordered - observed) ** 2
    who = None if patients is None else patients[order]
    counts = 1.0 if weight is None else weight[order]
    count = resamples or resample_count(len(need))

    def scored(span: tuple[int, int]) -> list[Mapping[str, Floats]]:
        drawn = weights(len(need), who, resamples=span[1], seed=seed, after=span[0])
        return [_scores(each * counts, observed, starts, called, error) for each in drawn]

    edges = np.linspace(0, count, 1 + (SPANS if is_spread() else 1)).astype(int).tolist()
    blocks = [block for _, found in for_each(scored, pairwise(edges)) for block in found]
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}


def _scores(
    weight: Floats, observed: Floats, starts: NDArray[np.int64], called: int, error: Floats
) -> Mapping[str, Floats]:
    """Score some resamples of rows in ascending order of probability; rows from `called` on are called in need."""
    in_need = weight * observed
    rows, positives = weight.sum(axis=1), in_need.sum(axis=1)
    negatives = rows - positives
    true_positive = in_need[:, called:].sum(axis=1)
    flagged = weight[:, called:].sum(axis=1)
    true_negative = negatives - (flagged - true_positive)
    tied = len(starts) < weight.shape[1]
    positive_in_tie = np.add.reduceat(in_need, starts, axis=1) if tied else in_need
    all_in_tie = np.add.reduceat(weight, starts, axis=1) if tied else weight
    found, seen = np.cumsum(positive_in_tie, axis=1), np.cumsum(all_in_tie, axis=1)
    # Negatives below each tie, and half of those within it.
    below = (seen - found) - (all_in_tie - positive_in_tie) / 2
    recall_from_top, called_from_top = positives[:, None] - found + positive_in_tie, rows[:, None] - seen + all_in_tie
    with np.errstate(invalid="ignore", divide="ignore"):
        found_of_called = np.where(called_from_top > 0, recall_from_top / called_from_top, 0.0)
        sensitivity, cleared = true_positive / positives, true_negative / negatives
        share = positives / rows
        return {
            "accuracy": (true_positive + true_negative) / rows,
            "majority_accuracy": np.maximum(share, 1 - share),
            "balanced_accuracy": (sensitivity + cleared) / 2,
            "roc_auc": np.einsum("ij,ij->i", positive_in_tie, below) / (positives * negatives),
            "average_precision": np.einsum("ij,ij->i", positive_in_tie, found_of_called) / positives,
            "brier": weight @ error / rows,
            "sensitivity": sensitivity,
            "precision": true_positive / flagged,
        }
