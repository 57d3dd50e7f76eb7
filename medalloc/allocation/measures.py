"""How unequal is it? Measures of a distribution, each with its convention stated."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.errors import InputError
from medalloc.sentences import sentence


def gini(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the Gini coefficient, population-weighted.

    Parameters
    ----------
    values : array-like of shape (n,)
        What a person in each group has, at least 0, such as coverage.
    weights : array-like of shape (n,), optional
        Persons in each group, at least 0; one each when left out.

    Returns
    -------
    float
        0 when everyone has the same (nothing, too), up to 1 - 1/n when one of n persons has everything.

    Raises
    ------
    InputError
        If shapes differ, or a value or weight is negative or not finite.

    Notes
    -----
    The 1/n convention: the mean absolute difference of all pairs, a person and itself included, over twice the mean.
    Zero by decision: no groups, all weights 0, all values 0. Show the level beside it: everyone getting nothing is
    perfectly equal.

    References
    ----------
    .. [1] C. Gini, Variabilità e mutabilità, 1912.

    Examples
    --------
    >>> gini([1, 1, 1]), gini([0, 0, 1])
    (0.0, 0.6666666666666666)
    """
    value = np.asarray(values, dtype=np.float64)
    weight = np.ones_like(value) if weights is None else np.asarray(weights, dtype=np.float64)
    _require_amounts(value, weight)
    order = np.argsort(value, kind="stable")
    value, weight = value[order], weight[order]
    total = float(value @ weight)
    if total <= 0:
        return 0.0
    persons = np.cumsum(weight)
    # Summing the steps between neighbours makes equality exactly 0, which the area under the Lorenz curve does not.
    steps = persons[:-1] * (persons[-1] - persons[:-1]) * np.diff(value)
    return float(steps.sum() / (persons[-1] * total))


def _require_amounts(value: NDArray[np.float64], weight: NDArray[np.float64]) -> None:
    faults = []
    if value.ndim != 1 or value.shape != weight.shape:
        faults.append(
            sentence(
                "Inequality needs one value and one weight a group; found shapes {values} and {weights}.",
                values=str(value.shape),
                weights=str(weight.shape),
            )
        )
    for name, array in (("value", value), ("weight", weight)):
        if not (np.isfinite(array) & (array >= 0)).all():
            faults.append(sentence("Every {name} must be a finite number of at least 0.", name=name))
    if faults:
        raise InputError(*faults)
