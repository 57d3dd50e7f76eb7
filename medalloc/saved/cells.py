"""Arrays of numbers as nested lists, with null for what is infinite or not a number."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.saved.faults import Refused, each_part
from medalloc.saved.rules import FINITE, Limits, Rule
from medalloc.sentences import Sentence, sentence


@dataclass(frozen=True)
class Cells(Rule):
    """An array of numbers.

    Examples
    --------
    >>> Cells(2, nothing=np.inf).read([[1, None], [2, 3]]).tolist()
    [[1.0, inf], [2.0, 3.0]]
    >>> plain_cells(np.array([1.0, np.inf]))
    [1.0, None]
    """

    dimensions: int = 1
    """1 for a list of numbers, 2 for a list of lists of the same length."""

    limits: Limits = FINITE
    """What each number must be."""

    nothing: float | None = None
    """What null stands for; None where it may not stand."""

    @property
    def sentence(self) -> Sentence:
        """What is acceptable, in words."""
        if self.dimensions == 1:
            return sentence("a list of numbers")
        return sentence("a list of lists of numbers, all of the same length")

    def hold(self, found: object) -> bool:
        """Return whether it is an array of as many dimensions, each of its numbers being acceptable."""
        if not isinstance(found, np.ndarray) or found.ndim != self.dimensions or found.dtype.kind not in "fiu":
            return False
        if self.nothing is not None:
            found = found[~np.isnan(found) if np.isnan(self.nothing) else found != self.nothing]
        return all(self.limits.hold(each) for each in (found.min(), found.max())) if found.size else True

    def read(self, found: object) -> NDArray[np.float64]:
        """Return nested lists as an array that cannot be changed.

        Raises
        ------
        Refused
            If it is no list, or its rows differ in length; `each_part` says which numbers are wrong.
        """
        if not isinstance(found, list | tuple):
            raise Refused(found, self)
        if self.dimensions == 1:
            rows = self._row(found)
        else:
            rows = each_part(lambda row, _: self._row(row), [(place, None, row) for place, row in enumerate(found)])
            if len({len(row) for row in rows}) > 1:
                raise Refused(found, self)
        array = np.array(rows, dtype=np.float64) if rows else np.empty((0,) * self.dimensions)
        array.setflags(write=False)
        return array

    def _row(self, found: object) -> list[Any]:
        if not isinstance(found, list | tuple):
            raise Refused(found, Cells())
        return each_part(self._cell, [(place, None, cell) for place, cell in enumerate(found)])

    def _cell(self, found: object, _: object) -> object:
        if found is None and self.nothing is not None:
            return self.nothing
        if not self.limits.hold(found):
            raise Refused(found, self.limits)
        return found


def plain_cells(array: NDArray[Any]) -> list[Any]:
    """Return an array as nested lists, with None for what is infinite or not a number."""
    if array.dtype.kind != "f" or np.isfinite(array).all():
        return list(array.tolist())
    plain = array.astype(object)
    plain[~np.isfinite(array)] = None
    return list(plain.tolist())
