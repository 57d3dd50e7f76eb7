"""For whom the predictions are wrong: scores, errors and calibration of groups of patients."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.errors import InputError
from medalloc.need.evaluation.intervals import auc_interval, wilson
from medalloc.need.groups.grouping import group_labels
from medalloc.need.groups.scores import FEW_ROWS, GroupScores
from medalloc.need.measures.scores import roc_auc
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
        Patients.
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
    Intervals take rows for independent; where patients repeat they are too narrow.
    """
    codes, names = group_labels(table, column)
    answers, chances = np.asarray(need), np.asarray(probability, dtype=np.float64)
    judged = (answers >= 0) & ~np.isnan(chances)
    if not judged.any():
        raise InputError(sentence("No row has both a known need and a probability, so no groups can be compared."))
    answers, chances, codes = answers[judged].astype(np.float64), chances[judged], codes[judged]
    every = _every_group(codes, names, answers, chances, threshold=threshold, level=level)
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
    *,
    threshold: float,
    level: float,
) -> tuple[GroupScores, ...]:
    called = probability > threshold
    size = len(names)
    held = np.flatnonzero(np.bincount(codes, minlength=size))
    rows, positives, predicted, right, selected, missed = (
        np.bincount(codes, weights, size)[held].astype(np.float64)
        for weights in (None, need, probability, (need == 1) == called, called, (need == 1) & ~called)
    )
    auc = _auc_by_group(codes, need, probability)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(predicted > 0, predicted, np.nan)
        ratio = positives / expected
        low, high = (end * rows / expected for end in wilson(positives, rows, level))
        columns = (
            (auc, auc_interval(auc, positives, rows - positives, level)),
            (right / rows, wilson(right, rows, level)),
            (missed / positives, wilson(missed, positives, level)),
            (selected / rows, wilson(selected, rows, level)),
            (ratio, (low, high)),
        )
    made = []
    for place, code in enumerate(held):
        each = [
            part
            for value, (lower, upper) in columns
            for part in (float(value[place]), (float(lower[place]), float(upper[place])))
        ]
        made.append(
            GroupScores(names[code], int(rows[place]), int(positives[place]), float(predicted[place]), *each)  # type: ignore[arg-type]
        )
    return tuple(made)


def _auc_by_group(codes: NDArray[np.int64], need: Floats, probability: Floats) -> Floats:
    """Return the ROC AUC within every group that has rows, in the order of their codes."""
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    parts = zip(np.split(need[order], starts[1:]), np.split(probability[order], starts[1:]), strict=True)
    return np.array([roc_auc(answers, chances) for answers, chances in parts])


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
