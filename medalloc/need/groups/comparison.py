"""For whom the predictions are wrong: scores, errors and calibration of groups of patients."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.errors import refused
from medalloc.need.evaluation.intervals import auc_interval, wilson
from medalloc.need.groups.grouping import group_labels
from medalloc.need.groups.scores import FEW_ROWS, GroupScores
from medalloc.need.measures.scores import roc_auc
from medalloc.need.training.weights import weights_of
from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Table

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Groups:
    """Every group of one column."""

    column: str
    """The column that tells the groups apart."""

    threshold: float
    """Probability above which a row is called in need. [fraction]"""

    level: float
    """Chance that a true number lies within its interval. [fraction]"""

    groups: tuple[GroupScores, ...]
    """In the order of their names or numbers."""

    warnings: tuple[Sentence, ...]
    """What keeps the numbers from being compared."""

    false_negative_gap: float | None
    """Largest difference of the false-negative rates of groups that are not small; None where it would say nothing,
    because the model calls nobody or everybody in need, or fewer than two groups have a rate. [fraction]"""

    selection_gap: float | None
    """Largest difference of selection rates; None likewise. [fraction]"""


def compare_groups(
    table: Table, column: str, need: ArrayLike, probability: ArrayLike, *, threshold: float = 0.5, level: float = 0.95
) -> Groups:
    """Score every group of a column.

    Parameters
    ----------
    table : Table
        Patients; where it has a column of weights, rows count as these say.
    column : str
        Tells the groups apart; it need not be a feature.
    need : array of int
        1, 0, or -1 where it is not known, shape (rows,).
    probability : array of float
        Probability of need by a model that has not learned from the row, NaN where there is none, shape (rows,).
        [fraction]
    threshold : float
        Probability above which a row is called in need.
    level : float
        Chance that a true number lies within its interval. [fraction]

    Raises
    ------
    InputError
        If the table has no such column, it has too many different values, or no row has both need and probability.

    Notes
    -----
    Intervals take rows for independent; where patients repeat they are too narrow. Rows of a group that count
    differently tell as much as fewer rows that count alike: (sum of weights)² / sum of squared weights (Kish).
    """
    codes, names = group_labels(table, column)
    answers, chances, persons = np.asarray(need), np.asarray(probability, dtype=np.float64), weights_of(table)
    judged = (answers >= 0) & ~np.isnan(chances) & ~np.isnan(persons)
    if not judged.any():
        raise refused("No row has both a known need and a probability, so no groups can be compared.")
    answers, chances = answers[judged].astype(np.float64), chances[judged]
    every = _every_group(codes[judged], names, answers, chances, persons[judged], threshold=threshold, level=level)
    warnings = _warnings(chances, threshold, every)
    one_answer = bool((chances > threshold).all() or (chances <= threshold).all())
    return Groups(
        column,
        threshold,
        level,
        every,
        warnings,
        None if one_answer else _gap([each.false_negative_rate for each in every if not each.small]),
        None if one_answer else _gap([each.selection_rate for each in every if not each.small]),
    )


def _every_group(
    codes: NDArray[np.int64],
    names: tuple[str, ...],
    need: Floats,
    probability: Floats,
    weight: Floats,
    *,
    threshold: float,
    level: float,
) -> tuple[GroupScores, ...]:
    called, size, one = probability > threshold, len(names), np.ones(len(need))
    rows = np.bincount(codes, minlength=size)
    held = np.flatnonzero(rows)

    def summed(of: NDArray[Any]) -> Floats:
        return np.asarray(np.bincount(codes, weight * of, size)[held], dtype=np.float64)

    def alike(among: NDArray[Any]) -> Floats:
        """Return how many rows that count alike tell as much."""
        return summed(among) ** 2 / np.bincount(codes, weight**2 * among, size)[held]

    persons, positives, predicted = summed(one), summed(need), summed(probability)
    auc = _auc_by_group(codes, need, probability, weight)
    with np.errstate(divide="ignore", invalid="ignore"):
        all_alike, alike_in_need, alike_others = alike(one), alike(need), alike(1 - need)

        def share(of: NDArray[Any], among: Floats, count: Floats) -> tuple[Floats, tuple[Floats, Floats]]:
            found = summed(of) / among
            return found, wilson(found * count, count, level)

        expected = np.where(predicted > 0, predicted, np.nan)
        low, high = (end * persons / expected for end in share(need, persons, all_alike)[1])
        columns = (
            (auc, auc_interval(auc, alike_in_need, alike_others, level)),
            share((need == 1) == called, persons, all_alike),
            share((need == 1) & ~called, positives, alike_in_need),
            share(called, persons, all_alike),
            (positives / expected, (low, high)),
        )
    made = []
    for place, code in enumerate(held):
        each = [
            part
            for value, (lower, upper) in columns
            for part in (float(value[place]), (float(lower[place]), float(upper[place])))
        ]
        made.append(
            GroupScores(
                names[code],
                int(rows[code]),
                float(persons[place]),
                float(positives[place]),
                float(predicted[place]),
                *each,  # type: ignore[arg-type]
            )
        )
    return tuple(made)


def _auc_by_group(codes: NDArray[np.int64], need: Floats, probability: Floats, weight: Floats) -> Floats:
    """Return the ROC AUC within every group that has rows, in the order of their codes."""
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    parts = (np.split(each[order], starts[1:]) for each in (need, probability, weight))
    return np.array([roc_auc(*each) for each in zip(*parts, strict=True)])


def _gap(rates: list[float]) -> float | None:
    known = [rate for rate in rates if not np.isnan(rate)]
    return max(known) - min(known) if len(known) > 1 else None


def _warnings(probability: Floats, threshold: float, every: tuple[GroupScores, ...]) -> tuple[Sentence, ...]:
    made = []
    if (probability <= threshold).all():
        made.append(
            sentence(
                "At threshold {threshold} the model calls nobody in need. Every group is then treated alike only "
                "because everybody in need is missed; that is no sign of fairness.",
                threshold=threshold,
            )
        )
    elif (probability > threshold).all():
        made.append(
            sentence(
                "At threshold {threshold} the model calls everybody in need. Every group is then treated alike only "
                "because nobody is told apart; that is no sign of fairness.",
                threshold=threshold,
            )
        )
    small = sum(each.small for each in every)
    if small:
        made.append(
            sentence(
                "Groups with fewer than {few} rows: {count}. Their numbers are shown and hardly say anything; they do "
                "not count in the largest differences.",
                few=FEW_ROWS,
                count=small,
            )
        )
    return tuple(made)
