"""Whom a measure counts: what a person in each group has, and how many persons each group stands for."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from medalloc.errors import InputError
from medalloc.sentences import Sentence, sentence

Array = NDArray[np.float64]


def people(
    values: ArrayLike, weights: ArrayLike | None = None, *, bounds: tuple[float, float] | None = None
) -> tuple[Array, Array]:
    """Return values and weights as arrays of numbers that can be measured.

    Parameters
    ----------
    values : array-like of shape (n,)
        What a person in each group has; at least 0, or within the bounds.
    weights : array-like of shape (n,), optional
        Persons in each group, at least 0; one each when left out.
    bounds : pair of floats, optional
        Smallest and largest value there can be.

    Raises
    ------
    InputError
        If shapes differ, a weight is negative, a value is out of its range, or either is not finite.

    Examples
    --------
    >>> [array.tolist() for array in people([0.25, 1])]
    [[0.25, 1.0], [1.0, 1.0]]
    """
    value = np.asarray(values, dtype=np.float64)
    weight = np.ones_like(value) if weights is None else np.asarray(weights, dtype=np.float64)
    faults = []
    if value.ndim != 1 or value.shape != weight.shape:
        faults.append(
            sentence(
                "Inequality needs one value and one weight a group; found shapes {values} and {weights}.",
                values=str(value.shape),
                weights=str(weight.shape),
            )
        )
    checked = [("weight", weight)] if bounds else [("value", value), ("weight", weight)]
    for name, array in checked:
        if not (np.isfinite(array) & (array >= 0)).all():
            faults.append(sentence("Every {name} must be a finite number of at least 0.", name=name))
    if bounds:
        faults += _bound_faults(value, *bounds)
    if faults:
        raise InputError(*faults)
    return value, weight


def relative(value: Array, weight: Array) -> tuple[Array, Array]:
    """Return every value over the mean, and the share of all persons in each group.

    Everyone having nothing is everyone having the same: the values over the mean are then 1, and so they are when there
    are no persons, whose shares are all 0. Values and weights are brought to a largest of 1 first, so that their sums
    stay within range.

    Examples
    --------
    >>> [array.tolist() for array in relative(np.array([1.0, 3.0]), np.array([5.0, 5.0]))]
    [[0.5, 1.5], [0.5, 0.5]]
    """
    most = float(weight.max(initial=0.0))
    if most <= 0:
        return np.ones_like(value), np.zeros_like(value)
    share = weight / most
    share = share / share.sum()
    held = np.where(share > 0, value, 0.0)
    largest = float(held.max())
    if largest <= 0:
        return np.ones_like(value), share
    held = held / largest
    return held / float(share @ held), share


def numbered(labels: Sequence[object], size: int) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    """Return the names of the groups, sorted, and for every label the place of its name.

    Raises
    ------
    InputError
        If there is not one label for each, or one is missing.

    Examples
    --------
    >>> names, places = numbered(["west", "east", "west"], 3)
    >>> names, places.tolist()
    (('east', 'west'), [1, 0, 1])
    """
    missing = sum(bool(pd.isna(label)) or not str(label).strip() for label in labels)  # type: ignore[call-overload]
    faults = []
    if len(labels) != size:
        faults.append(
            sentence("Needed is a group for each region, {size} in all; found {found}.", size=size, found=len(labels))
        )
    if missing:
        faults.append(sentence("Every region needs a group; {missing} have none.", missing=missing))
    if faults:
        raise InputError(*faults)
    names, places = np.unique(np.array([str(label) for label in labels], dtype=str), return_inverse=True)
    return tuple(names.tolist()), places


def _bound_faults(value: Array, lower: float, upper: float) -> list[Sentence]:
    if not (np.isfinite(lower) and np.isfinite(upper) and lower < upper):
        return [
            sentence(
                "The lower bound must be below the upper one; found {lower} and {upper}.", lower=lower, upper=upper
            )
        ]
    if not ((value >= lower) & (value <= upper)).all():
        return [sentence("Every value must be a number from {lower} to {upper}.", lower=lower, upper=upper)]
    return []
