"""Numbers of people with noise: a differentially private table."""

from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from medalloc.disclosure.laplace import Bits, drawn
from medalloc.disclosure.remembered import Remembered


def with_noise(table: NDArray[np.int64], epsilon: float, told_before: Remembered) -> NDArray[np.float64]:
    """Return a table of people with noise in every number, at least 0, and note what it costs.

    Parameters
    ----------
    table : array of shape (n_rows, n_columns)
        Each person is in one row; the columns of a row are parts of the one before them. [count]
    epsilon : float
        Of each column: a person more or less changes one number in it by 1 (sensitivity 1). The table costs as many of
        them as it has columns, since a person may be in each. [1]

    Notes
    -----
    The noise of a table is drawn from its own numbers and the key: the same table has the same noise however often it
    is told, so that no mean of many takes it away, and who does not have the key cannot work it out.
    """
    key = told_before.key()
    text = sha256(repr(table.shape).encode() + np.ascontiguousarray(table).tobytes()).digest()
    told_before.spend(text, epsilon * table.shape[1])
    bits = Bits(key, text)
    noise = np.array([drawn(epsilon, bits) for _ in range(table.size)], dtype=np.int64).reshape(table.shape)
    # what cannot be is mended of what is told already, which costs nothing
    return np.minimum.accumulate(np.maximum(table + noise, 0), axis=1).astype(np.float64)
