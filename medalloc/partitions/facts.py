"""What is true of every cell of a column: facts of parts that add up to those of the table."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from medalloc.tables.impossible import codes_of_nothing, never_possible

FEWEST_ROWS = 1000
"""Known numbers of a part from which its mean is held against the table's. [count]"""


@dataclass(frozen=True)
class Facts:
    """What is known of one column in some rows."""

    rows: int
    """Cells. [count]"""

    missing: int
    """Blank ones. [count]"""

    never: int
    """Numbers that cannot be. [count]"""

    codes: int
    """Further ones such as -999, which mean nothing where nothing else is negative. [count]"""

    others_low: float
    """Lowest number that is no such code; infinite without one."""

    others_high: float
    """Highest of them; negative infinity without one."""

    example: str
    """A number that cannot be, or such a code; blank without one."""

    first: str
    """A value that is there; blank where none is."""

    same: bool
    """Whether all known values are the same."""

    known: int
    """Finite numbers. [count]"""

    total: float
    """Their sum."""

    squares: float
    """Sum of their squared distances from their mean."""

    apart: float
    """Largest distance between the mean of a part and that of the parts before it, in standard deviations. [1]"""

    @classmethod
    def of(cls, column: pd.Series) -> "Facts":
        """Return the facts of a column of cells."""
        known = column.dropna()
        first = "" if known.empty else str(known.iloc[0])
        same = bool(known.empty or known.eq(known.iloc[0]).all())
        never = codes = np.zeros(len(known), bool)
        numbers = np.empty(0)
        if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
            never, codes, numbers = (
                never_possible(known).to_numpy(),
                codes_of_nothing(known).to_numpy(),
                known.to_numpy(float),
            )
        finite, wrong, others = numbers[np.isfinite(numbers)], known[never | codes], numbers[~codes[: len(numbers)]]
        return cls(
            rows=len(column),
            missing=len(column) - len(known),
            never=int(never.sum()),
            codes=int((codes & ~never).sum()),
            others_low=float(others.min(initial=math.inf)),
            others_high=float(others.max(initial=-math.inf)),
            example="" if wrong.empty else str(wrong.iloc[0]),
            first=first,
            same=same,
            known=len(finite),
            total=float(finite.sum()),
            squares=float(((finite - finite.mean()) ** 2).sum()) if len(finite) else 0.0,
            apart=0.0,
        )

    def __add__(self, other: "Facts") -> "Facts":
        known = self.known + other.known
        between = other.mean - self.mean if self.known and other.known else 0.0
        squares = self.squares + other.squares + between**2 * self.known * other.known / max(1, known)
        spread = math.sqrt(squares / known) if known else 0.0
        apart = max(self.apart, other.apart)
        if min(self.known, other.known) >= FEWEST_ROWS and spread > 0:
            apart = max(apart, abs(between) / spread)
        return Facts(
            rows=self.rows + other.rows,
            missing=self.missing + other.missing,
            never=self.never + other.never,
            codes=self.codes + other.codes,
            others_low=min(self.others_low, other.others_low),
            others_high=max(self.others_high, other.others_high),
            example=self.example or other.example,
            first=self.first or other.first,
            same=self.same and other.same and (not self.first or not other.first or self.first == other.first),
            known=known,
            total=self.total + other.total,
            squares=squares,
            apart=apart,
        )

    @property
    def mean(self) -> float:
        """Mean of the finite numbers."""
        return self.total / self.known if self.known else math.nan

    @property
    def impossible(self) -> int:
        """Numbers that cannot be, as `impossible_values` has them for the whole column [count]."""
        return self.never + (self.codes if self.others_low >= 0 and self.others_high > 0 else 0)

    @property
    def constant(self) -> bool:
        """Whether every cell holds the same, or none holds anything."""
        return self.same and self.missing in (0, self.rows)

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def facts_of(frame: pd.DataFrame) -> dict[str, Facts]:
    """Return the facts of every column."""
    return {str(name): Facts.of(frame[name]) for name in frame.columns}


def added_facts(some: Mapping[str, Facts], more: Mapping[str, Facts]) -> dict[str, Facts]:
    """Return the facts of the rows of both, which have the same columns."""
    return {name: some[name] + each if name in some else each for name, each in more.items()}
