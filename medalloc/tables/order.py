"""Which region comes first where numbers are alike: the same in every sentence, picture and table."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

ALIKE = 9
"""Decimals from which on numbers are the same; only rounding tells them apart. [count]"""


def lowest_first(regions: Sequence[str], values: ArrayLike, weight: ArrayLike | None = None) -> NDArray[np.intp]:
    """Return the places of regions, shape (n_regions,): of those alike the one of more weight, then the first by name.

    Parameters
    ----------
    values : array of shape (n_regions,)
        By which they are ordered.
    weight : array of shape (n_regions,), optional
        Such as their demand.

    Examples
    --------
    >>> lowest_first(["Reno", "Ames", "Bend"], [0.5, 0.2, 0.2], [1, 1, 4]).tolist()
    [2, 1, 0]
    """
    heavy = np.zeros(len(regions)) if weight is None else np.asarray(weight, dtype=np.float64)
    return np.lexsort((np.array(regions, dtype=object).astype(str), -heavy, np.round(np.asarray(values), ALIKE)))


def highest_first(regions: Sequence[str], values: ArrayLike, weight: ArrayLike | None = None) -> NDArray[np.intp]:
    """Return the places of regions from the highest value down, those alike as in `lowest_first`."""
    return lowest_first(regions, -np.asarray(values, dtype=np.float64), weight)
