"""Rows of a program, gathered block by block."""

import numpy as np
from scipy.sparse import csc_array

from medalloc.allocation.problem import Array
from medalloc.allocation.program.persons import Integers


class Rows:
    """Gathers rows block by block."""

    def __init__(self) -> None:
        self.named: dict[str, Integers] = {}
        self.lower: list[Array] = []
        self.upper: list[Array] = []
        self.entries: list[tuple[Integers, Integers, Array]] = []
        self.count = 0

    def block(self, name: str, lower: Array, upper: Array) -> Integers:
        """Add rows between these ends and return their numbers."""
        numbers = np.arange(self.count, self.count + upper.size)
        self.named[name] = numbers
        self.lower.append(lower)
        self.upper.append(upper)
        self.count += upper.size
        return numbers

    def put(self, rows: Integers, columns: Integers, coefficients: Array | float) -> None:
        """Add coefficients; the three are broadcast against each other."""
        every = np.broadcast_arrays(rows, columns, np.asarray(coefficients, dtype=np.float64))
        self.entries.append((every[0].ravel(), every[1].ravel(), every[2].ravel()))

    def matrix(self, columns: int) -> csc_array:
        """Return all coefficients, shape (n_rows, columns)."""
        row, column, coefficient = (np.concatenate(parts) for parts in zip(*self.entries, strict=True))
        used = coefficient != 0
        return csc_array((coefficient[used], (row[used], column[used])), shape=(self.count, columns))
