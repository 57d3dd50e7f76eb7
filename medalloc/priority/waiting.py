"""Who waits: the rows of a table, what they are called, and the numbers that a rule takes of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import refused, require
from medalloc.need.persistence.scoring import PROBABILITY
from medalloc.need.training.target import MISSING, need_vector
from medalloc.priority.rule import Factor
from medalloc.sentences import Sentence, counted, listed, sentence
from medalloc.tables.numbers import to_numbers
from medalloc.tables.periods import read_dates
from medalloc.tables.table import Table

Floats = NDArray[np.float64]
NEED = PROBABILITY
"""Column that a trained model adds: how probable need is, by models that did not learn from the row. [fraction]"""


@dataclass(frozen=True, eq=False)
class Waiting:
    """Patients who wait, a row each."""

    table: Table
    """Their table, with the column `NEED` where a model was trained."""

    @cached_property
    def patients(self) -> tuple[str, ...]:
        """What each is called: the patient's id, or the number of the row."""
        column = self.table.column("patient id")
        if column is None:
            return tuple(f"{place + 1}" for place in range(len(self.table.frame)))
        return tuple(self.table.frame[column].astype(str))

    def cells(self, column: str) -> pd.Series:
        """Return a column.

        Raises
        ------
        InputError
            If there is none of this name.
        """
        if column not in self.table.frame.columns:
            columns = ", ".join(map(str, self.table.frame.columns))
            raise refused("There is no column “{column}”; the table has: {columns}.", column=column, columns=columns)
        return self.table.frame[column]

    def numbers(self, column: str) -> Floats:
        """Return a column as numbers, NaN where a cell holds none.

        Raises
        ------
        InputError
            If it is not there, or no cell holds a number.
        """
        numbers = to_numbers(self.cells(column)).to_numpy(np.float64)
        if np.isnan(numbers).all() and self.table.roles.get(column) == "need":
            # answers in words, of which is known which ones mean need
            need = need_vector(self.table).values
            return np.where(need == MISSING, np.nan, need)
        if np.isnan(numbers).all():
            raise refused("Column “{column}” holds no numbers, which this rule needs; use “is”.", column=column)
        return np.where(np.isinf(numbers), np.nan, numbers)

    def factor(self, factor: Factor) -> Floats:
        """Return what a factor takes of each patient, NaN where the cell is missing; shape (n_patients,).

        Raises
        ------
        InputError
            If the column is not there or does not hold what the factor needs.
        """
        if factor.how == "is":
            return self._is(factor)
        if factor.how == "days since":
            days = self.days(factor.column)
            if not isinstance(factor.value, str):
                return np.nanmax(days, initial=-np.inf) - days
            until = _in_days(read_dates([factor.value]))
            if np.isnan(until).any():
                raise refused("“{day}” is no day; write one such as 2026-01-31.", day=factor.value)
            return until - days
        numbers = self.numbers(factor.column)
        value = float(factor.value) if not isinstance(factor.value, str) else 0.0
        match factor.how:
            case "above":
                return np.maximum(numbers - value, 0)
            case "below":
                return np.maximum(value - numbers, 0)
            case "at least":
                return np.where(np.isnan(numbers), np.nan, numbers >= value)
            case "log":
                if (numbers <= -1).any():
                    raise refused(
                        "Column “{column}” holds {number}: one more than that has no logarithm.",
                        column=factor.column,
                        number=float(np.nanmin(numbers)),
                    )
                return np.log1p(numbers)
        return numbers

    def days(self, column: str) -> Floats:
        """Return a column of dates as days, NaN where a cell holds none.

        Raises
        ------
        InputError
            If it is not there, or no cell is a date.
        """
        dates = read_dates(self.cells(column).tolist())
        if len(dates) and dates.isna().all():
            raise refused("Column “{column}” holds no dates, which this rule needs.", column=column)
        return _in_days(dates)

    def waited(self, column: str) -> Floats:
        """Return how long each has waited by a column of dates or of times, the longest the highest; NaN if unknown."""
        return -self.days(column) if self.is_of_dates(column) else to_numbers(self.cells(column)).to_numpy(np.float64)

    def is_of_dates(self, column: str) -> bool:
        """Whether a column holds something else than numbers."""
        cells = self.cells(column)
        return bool(to_numbers(cells).isna().sum() > cells.isna().sum())

    def _is(self, factor: Factor) -> Floats:
        cells, value = self.cells(factor.column), factor.value
        wanted = (value if isinstance(value, str) else f"{value:g}").strip().casefold()
        if pd.api.types.is_bool_dtype(cells):
            held = cells.to_numpy(np.float64, na_value=np.nan) == (wanted in ("true", "yes", "1"))
        elif pd.api.types.is_numeric_dtype(cells):
            number = to_numbers(pd.Series([wanted], dtype="str"))[0]
            held = cells.to_numpy(np.float64, na_value=np.nan) == number
        else:
            held = (cells.astype("str").str.strip().str.casefold() == wanted).to_numpy()
        return np.where(cells.isna(), np.nan, held.astype(np.float64))


def waiting_of(table: Table, probability: Floats | None = None) -> Waiting:
    """Return who waits, with how probable their need is.

    Parameters
    ----------
    probability : ndarray of shape (n_patients,), optional
        Of need. [fraction]

    Raises
    ------
    InputError
        If nobody waits, a patient has no id, or one stands in several rows: each waits for one unit.
    """
    if not len(table.frame):
        raise refused("Nobody waits: the table has no row.")
    if (column := table.column("patient id")) is not None:
        ids = table.frame[column]
        faults = _ids(ids.isna().to_numpy(), ids[ids.duplicated() & ids.notna()].unique().tolist(), column)
        require(*faults)
    if probability is not None:
        roles = {**table.roles, NEED: "ignored"}
        table = replace(table, frame=table.frame.assign(**{NEED: probability}), roles=roles)
    return Waiting(table)


def _ids(missing: NDArray[np.bool_], repeated: Sequence[object], column: str) -> list[Sentence]:
    faults = []
    if missing.any():
        row = int(np.flatnonzero(missing)[0]) + 1
        faults.append(sentence("Column “{column}”: the patient of row {row} has no id.", column=column, row=row))
    if len(repeated):
        faults.append(
            counted(
                "Column “{column}”: {count} patient stands in several rows ({names}) and waits once. Keep one row of "
                "each, or give another column the role “patient id”.",
                "Column “{column}”: {count} patients stand in several rows ({names}); each waits once. Keep one row "
                "of each, or give another column the role “patient id”.",
                column=column,
                count=len(repeated),
                names=listed(repeated),
            )
        )
    return faults


def _in_days(dates: pd.DatetimeIndex) -> Floats:
    """Return dates as days since 1970, NaN where there is none."""
    return np.asarray((dates - pd.Timestamp(0)) / pd.Timedelta(days=1), dtype=np.float64)
