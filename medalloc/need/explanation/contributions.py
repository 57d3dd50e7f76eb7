"""One patient taken apart: how many points each column adds to the probability."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.need.explanation.importance import explain
from medalloc.need.explanation.ranges import ColumnRange, column_range, plain
from medalloc.need.explanation.subject import Floats, Subject
from medalloc.sentences import Sentence, counted, sentence

Method = Literal["shap", "coefficients", "typical"]


@dataclass(frozen=True)
class Contribution:
    """What one column adds for one patient."""

    column: str
    """The column."""

    value: Any
    """What the patient has; missing as None."""

    typical: Any
    """Median or most frequent value of the training rows."""

    log_odds: float | None
    """What it adds to the log-odds; None where the probability is only asked again. [log-odds]"""

    points: float
    """What it adds to the probability: how much lower it would be without it. [fraction]"""


@dataclass(frozen=True)
class Contributions:
    """One patient taken apart."""

    method: Method
    """``shap`` (exact TreeSHAP), ``coefficients`` (times the deviation from the training mean), or ``typical`` (the
    loss of probability when the column is set to its typical value)."""

    probability: float
    """What the model says. [fraction]"""

    base: float | None
    """Log-odds before anything is known; with the contributions it adds up to the patient's. None for ``typical``."""

    parts: tuple[Contribution, ...]
    """By column, from the strongest to the weakest."""


def contributions(subject: Subject, cells: pd.DataFrame, ranges: dict[str, ColumnRange] | None = None) -> Contributions:
    """Take one patient apart.

    Parameters
    ----------
    ranges : dict, optional
        `every_range` of the subject, if it is known already.

    Notes
    -----
    Contributions to the log-odds add up; points of probability do not quite, because a probability is not linear.
    """
    known = every_range(subject) if ranges is None else ranges
    (probability,) = subject.probability(cells)
    found = _inside_trees(subject, cells) or _by_coefficients(subject, cells)
    if found is None:
        method: Method = "typical"
        base, added, points = None, None, probability - _at_typical(subject, cells, known)
    else:
        method, base, added = found
        margin = base + added.sum()
        points = _sigmoid(margin) - _sigmoid(margin - added)
    parts = [
        Contribution(
            name,
            plain(cells[name].iloc[0]),
            known[name].typical,
            None if added is None else float(added[place]),
            float(points[place]),
        )
        for place, name in enumerate(subject.prepared.sources)
    ]
    parts.sort(key=lambda part: (-abs(part.points), part.column))
    return Contributions(method, float(probability), base, tuple(parts))


def every_range(subject: Subject) -> dict[str, ColumnRange]:
    """Return what each feature holds among the training rows."""
    return {name: column_range(subject, name) for name in subject.features}


def in_words(
    part: Contribution, write: Callable[[Any], object] = str, points: Callable[[float], object] = float
) -> Sentence:
    """Say what a column adds, beside what is typical.

    Parameters
    ----------
    write : callable
        From a cell to a text or number that a sentence can hold.

    Examples
    --------
    >>> str(in_words(Contribution("visits", 6, 2, 0.4, 0.08)))
    'visits is 6, typical is 2: adds 8 points.'
    >>> str(in_words(Contribution("age", None, 40, -0.1, -0.021)))
    'age is not known, typical is 40: takes off 2.1 points.'
    """
    size = round(abs(part.points) * 100, 1)
    value = sentence("not known") if part.value is None else write(part.value)
    typical = sentence("not known") if part.typical is None else write(part.typical)
    said = {"column": part.column, "value": value, "typical": typical, "points": points(size)}
    if size == 0:
        return sentence("{column} is {value}, typical is {typical}: makes no difference of a tenth of a point.", **said)
    if part.points > 0:
        return counted(
            "{column} is {value}, typical is {typical}: adds {points} point.",
            "{column} is {value}, typical is {typical}: adds {points} points.",
            "points",
            **said,
        )
    return counted(
        "{column} is {value}, typical is {typical}: takes off {points} point.",
        "{column} is {value}, typical is {typical}: takes off {points} points.",
        "points",
        **said,
    )


def _inside_trees(subject: Subject, cells: pd.DataFrame) -> tuple[Method, float, Floats] | None:
    if subject.fitted is None:
        return None
    found = explain(subject.fitted, subject.matrix(cells), np.arange(1))
    return None if found is None else ("shap", found.base, found.contributions[0])


def _by_coefficients(subject: Subject, cells: pd.DataFrame) -> tuple[Method, float, Floats] | None:
    """Return coefficients times the deviation from the training mean, for a logistic regression."""
    if subject.fitted is None or not subject.fitted.model.gives_probability:
        return None
    estimator: Any = getattr(subject.fitted.model, "estimator", None)
    slopes = getattr(estimator, "coef_", None)
    if slopes is None or np.shape(slopes) != (1, len(subject.prepared.columns)):
        return None
    weights = np.asarray(slopes[0], dtype=np.float64)
    means = subject.training_means
    each = weights * (subject.matrix(cells)[0].astype(np.float64) - means)
    added = np.array([each[places].sum() for places in subject.prepared.groups()])
    start = float(np.ravel(estimator.intercept_)[0] + weights @ means)
    base, (calibrated,) = subject.fitted.calibrated(start, added[None])
    return "coefficients", base, calibrated


def _at_typical(subject: Subject, cells: pd.DataFrame, known: dict[str, ColumnRange]) -> Floats:
    """Return the probability with one column after the other at its typical value, shape (features,)."""
    names = subject.prepared.sources
    many = cells.iloc[np.zeros(len(names), dtype=np.int64)].reset_index(drop=True)
    for place, name in enumerate(names):
        values = many[name].tolist()
        values[place] = known[name].typical
        many = subject.with_values(many, name, values)
    return subject.probability(many)


def _sigmoid(margin: Any) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-np.clip(margin, -700, 700))))
