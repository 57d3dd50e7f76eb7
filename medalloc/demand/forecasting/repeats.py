"""Several rows of one region and period: a fault, unless they are to be summed."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.forecasting.calendar import Calendar
from medalloc.errors import MedallocError
from medalloc.sentences import Sentence, sentence

SHOWN_FAULTS = 10
"""Rows named one by one; the rest are counted."""

TWICE = (
    "Row {row}: “{region}” has a count for {date} already (found twice, expected once a period); keep one, or sum them "
    "(--sum)."
)
FURTHER = "Further rows of a region and period given before: {count}."

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


def repeated(
    rows: NDArray[Any], regions: NDArray[Any], places: Counts, numbers: Counts, calendar: Calendar
) -> list[Sentence]:
    """Return a fault for every row of a region and period that was given before.

    Parameters
    ----------
    rows, regions : ndarray
        Number of each row in the table, and the name of its region, shape (rows,).
    places, numbers : ndarray of int
        Place of its region and number of its period, shape (rows,).
    calendar : Calendar
        What the periods are.
    """
    twice = again(places, numbers)
    faults = [
        sentence(
            TWICE,
            row=int(rows[place]),
            region=str(regions[place]),
            date=calendar.date(int(numbers[place])).date().isoformat(),
        )
        for place in np.flatnonzero(twice)[:SHOWN_FAULTS]
    ]
    if twice.sum() > SHOWN_FAULTS:
        faults.append(sentence(FURTHER, count=int(twice.sum()) - SHOWN_FAULTS))
    return faults


def again(places: Counts, numbers: Counts) -> NDArray[np.bool_]:
    """Return which rows are of a region and period that was given before, shape (rows,)."""
    cell = places * (int(numbers.max(initial=0)) + 1) + numbers
    return pd.Series(cell).duplicated().to_numpy()


def would_be_mended(error: MedallocError) -> bool:
    """Whether summing would mend all that is wrong with a table of counts."""
    return all(each.template in (TWICE, FURTHER) for each in getattr(error, "faults", (error.said,)))


def summed(values: Floats, places: Counts, numbers: Counts, shape: tuple[int, int]) -> Floats:
    """Return the sum of the known values of each region and period, NaN where none is known, of this shape.

    Examples
    --------
    >>> summed(np.array([1.0, 2.0, np.nan]), np.array([0, 0, 0]), np.array([0, 0, 1]), (1, 2)).tolist()
    [[3.0, nan]]
    """
    known = ~np.isnan(values)
    made, count = np.zeros(shape), np.zeros(shape)
    np.add.at(made, (places[known], numbers[known]), values[known])
    np.add.at(count, (places[known], numbers[known]), 1)
    return np.where(count > 0, made, np.nan)
