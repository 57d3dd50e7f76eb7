"""One patient's expected amount taken apart: how much each column adds."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.need.explanation.contributions import Contribution, Contributions, every_range
from medalloc.need.explanation.importance import explain
from medalloc.need.explanation.ranges import ColumnRange, plain
from medalloc.need.explanation.subject import Subject
from medalloc.need.models.amount_building import BoostedAmounts
from medalloc.sentences import Sentence, sentence

NOTHING = 0.005
"""Amounts below this are not worth a word. [the amounts' unit]"""


def amount_contributions(
    subject: Subject, cells: pd.DataFrame, family: str, ranges: dict[str, ColumnRange] | None = None
) -> Contributions:
    """Take the expected amount of one patient apart.

    Parameters
    ----------
    family : str
        ``poisson`` and ``gamma`` add up in the logarithm of the amount, ``squared`` in the amount itself.
    ranges : dict, optional
        `every_range` of the subject, if it is known already.

    Returns
    -------
    Contributions
        Its `probability` is the expected amount, and its points are amounts.

    Raises
    ------
    ValueError
        If the model is not known.

    Notes
    -----
    Trees are taken apart by exact TreeSHAP, linear models by coefficient times deviation from the training mean.
    Contributions in the logarithm add up, and amounts, how much less it would be without the one, do not quite.
    """
    if subject.fitted is None:
        raise ValueError("An amount is explained by its model.")
    known = every_range(subject) if ranges is None else ranges
    (amount,) = subject.probability(cells)
    parts, base = _added(subject, subject.matrix(cells))
    margin = base + parts.sum()
    amounts = parts if family == "squared" else np.exp(margin) - np.exp(margin - parts)
    made = [
        Contribution(name, plain(cells[name].iloc[0]), known[name].typical, float(parts[place]), float(amounts[place]))
        for place, name in enumerate(subject.prepared.sources)
    ]
    made.sort(key=lambda part: (-abs(part.points), part.column))
    method = "shap" if isinstance(subject.fitted.model, BoostedAmounts) else "coefficients"
    return Contributions(method, float(amount), base, tuple(made))  # type: ignore[arg-type]


def amount_in_words(part: Contribution, unit: str, write: Callable[[Any], object] = str) -> Sentence:
    """Say how much a column adds, beside what is typical.

    Examples
    --------
    >>> str(amount_in_words(Contribution("age", 70, 40, 0.4, 1.25), "visits"))
    'age is 70, typical is 40: adds 1.25 visits.'
    """
    value = sentence("not known") if part.value is None else write(part.value)
    typical = sentence("not known") if part.typical is None else write(part.typical)
    said = {"column": part.column, "value": value, "typical": typical, "unit": unit, "amount": abs(part.points)}
    if abs(part.points) < NOTHING:
        return sentence("{column} is {value}, typical is {typical}: makes no difference to speak of.", **said)
    if part.points >= 0:
        return sentence("{column} is {value}, typical is {typical}: adds {amount} {unit}.", **said)
    return sentence("{column} is {value}, typical is {typical}: takes off {amount} {unit}.", **said)


def _added(subject: Subject, matrix: NDArray[np.float32]) -> tuple[NDArray[np.float64], float]:
    """Return what each source column adds for one row, and what there is before anything is known."""
    fitted = subject.fitted
    found = None if fitted is None else explain(fitted, matrix, np.arange(1))
    if fitted is None or found is None:
        raise ValueError("This model cannot be taken apart.")
    if isinstance(fitted.model, BoostedAmounts):
        return found.contributions[0], found.base
    means = explain(fitted, subject.training_means[None].astype(np.float32), np.arange(1))
    usual = found.contributions[0] * 0 if means is None else means.contributions[0]
    return found.contributions[0] - usual, found.base + float(usual.sum())
