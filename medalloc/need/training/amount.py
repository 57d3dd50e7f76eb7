"""The need column as numbers: visits, days of stay, cost."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import refused
from medalloc.preparation.encoding import encode
from medalloc.sentences import Sentence, sentence
from medalloc.tables.checks.need import FEWEST_AMOUNTS
from medalloc.tables.table import Table

Floats = NDArray[np.float64]

FAMILY = {"counts": "poisson", "amounts": "gamma", "numbers": "squared"}
"""What errors are weighed by, by what the column holds: a count errs with its mean, an amount in per cent of it."""


@dataclass(frozen=True, eq=False)
class Amount:
    """How much care each needed."""

    values: Floats
    """NaN where it is not known, shape (rows,). [the column's unit]"""

    column: str
    """Where that was read."""

    holds: str
    """What the column holds, one of `FAMILY`."""

    @property
    def family(self) -> str:
        """What errors are weighed by: ``poisson``, ``gamma`` or ``squared``."""
        return FAMILY[self.holds]

    @property
    def said(self) -> Sentence:
        """What is learnt, in words."""
        return sentence("Column “{column}”: {holds}", column=self.column, holds=HOLDS[self.holds])

    def to_json(self) -> dict[str, str]:
        """Return what is learnt as plain data."""
        return {"column": self.column, "holds": self.holds, "family": self.family}


HOLDS = {
    "counts": sentence("counts or other numbers of at least 0, of which the mean is learned (Poisson)."),
    "amounts": sentence("amounts above 0, of which the mean is learned with errors in proportion to it (gamma)."),
    "numbers": sentence("any numbers, of which the mean is learned (squared errors)."),
}
"""The same in words."""


def holds_amounts(table: Table) -> bool:
    """Whether the column of need holds amounts rather than answers: as it was said, else by its cells.

    A number with fewer different values than `FEWEST_AMOUNTS` may stand for classes: it is asked for.
    """
    if table.need_as != "auto":
        return table.need_as != "answers"
    if table.need_is or table.column("need") is None:
        return False
    (column,) = encode(table.frame, [table.required("need")])
    if column.kind != "number" or column.values.dtype.kind == "b":
        return False
    return len(np.unique(column.values[~column.missing()])) >= FEWEST_AMOUNTS


def read_amount(table: Table) -> Amount:
    """Read the need column of a table as amounts.

    Parameters
    ----------
    table : Table
        Has a column with the role ``need``; `table.need_as` says what it holds, or its cells do.

    Raises
    ------
    InputError
        If the column holds text, or numbers that what it is said to hold cannot be.
    """
    name = table.required("need")
    (column,) = encode(table.frame, [name])
    if column.kind != "number":
        raise refused("Column “{column}” holds text, and need is said to be {holds}.", column=name, holds=table.need_as)
    values = np.asarray(column.values, dtype=np.float64)
    known = values[~np.isnan(values)]
    holds = table.need_as if table.need_as in FAMILY else _held(known)
    lowest = {"counts": 0.0, "amounts": np.nextafter(0, 1), "numbers": -np.inf}[holds]
    wrong = values < lowest
    if wrong.any():
        raise refused(
            "Column “{column}”, row {row}: the amount is {found}, too low for what need is said to be, {holds} "
            "(rows like this: {count}); say that it is “{other}”, or mend the rows.",
            column=name,
            row=int(np.argmax(wrong)) + 1,
            found=float(values[wrong][0]),
            holds=holds,
            count=int(wrong.sum()),
            other="numbers" if known.min() < 0 else "counts",
        )
    if len(known) == 0 or known.min() == known.max():
        raise refused(
            "Column “{column}” holds the same number in every row; there is nothing to learn. Choose another "
            "column for the role “need”.",
            column=name,
        )
    return Amount(values, name, holds)


def _held(known: Floats) -> str:
    if not len(known) or known.min() < 0:
        return "numbers"
    whole = bool((known % 1 == 0).all())
    return "counts" if whole or known.min() == 0 else "amounts"
