"""Numbers as they are told: 4 instead of 3.9999999996, none instead of 3.78e-07."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

NOISE, LEAST, MOST = 1e-7, 1e-5, 1e-3
"""Share of what there is by which a solver may miss a whole number; where there is at least one, these at least and at
most."""


def tellable(numbers: ArrayLike, scale: ArrayLike) -> NDArray[np.float64]:
    """Return numbers, whole ones where only the rounding of a solver is between.

    Parameters
    ----------
    numbers : array of float
        Of any shape and unit.
    scale : array of float
        The largest that there could be, such as a stock, in a shape that fits.

    Examples
    --------
    >>> tellable([3.9999999996, 3.78e-07, 0.5], 20).tolist()
    [4.0, 0.0, 0.5]
    """
    given, most = np.asarray(numbers, dtype=np.float64), np.maximum(np.abs(scale), np.abs(numbers))
    whole = np.round(given) + 0.0  # no -0
    near = np.where(most >= 1, np.clip(NOISE * most, LEAST, MOST), NOISE * most)
    return np.where(np.abs(given - whole) <= near, whole, given)
