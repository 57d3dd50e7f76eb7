"""What is wrong with the cells of a history, and how many periods it may have."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.forecasting.calendar import Calendar, periods
from medalloc.demand.forecasting.layout import Long
from medalloc.sentences import Sentence, sentence

SHOWN_FAULTS = 10
"""Faulty cells named one by one; the rest are counted."""

MOST_PERIODS = 20_000
"""Periods between the first and the last date; more mean that a date is wrong. [count]"""


def cell_faults(long: Long, dates: "pd.Series[pd.Timestamp]", values: NDArray[np.float64]) -> list[Sentence]:
    """Return what is wrong with single cells: row, column, what was found, what is expected and how to repair it."""
    blank = long.value.isna().to_numpy()
    with np.errstate(invalid="ignore"):
        impossible = ~np.isnan(values) & ((values < 0) | np.isinf(values))
    checks = (
        (
            (long.region == "").to_numpy(),
            long.region,
            sentence("the region has no name; fill it in, or leave the row out"),
        ),
        (
            dates.isna().to_numpy(),
            long.date,
            sentence("this is no date; write it such as 2024-01-07, 2024-W02 or 2024-01"),
        ),
        (~blank & np.isnan(values), long.value, sentence("this is no number; write the count, or leave it empty")),
        (impossible, long.value, sentence("a count is finite and at least 0; mend it, or leave it empty")),
    )
    faults = []
    for wrong, cells, advice in checks:
        places = np.flatnonzero(wrong)
        faults += [
            sentence(
                "Row {row}, column “{column}”: found “{found}”; {advice}.",
                row=int(long.row.iloc[place]),
                column=long.column.iloc[place] if cells is long.value else str(cells.name),
                found=str(cells.iloc[place]),
                advice=advice,
            )
            for place in places[:SHOWN_FAULTS]
        ]
        if len(places) > SHOWN_FAULTS:
            faults.append(sentence("Further cells with the same fault: {count}.", count=len(places) - SHOWN_FAULTS))
    return faults


def too_long(calendar: Calendar, last: int) -> Sentence:
    """Say that the last period is too far from the first one."""
    return sentence(
        "The dates span {found} {periods}, from {first} to {last}; at most {most} are expected. Look for a mistyped "
        "year.",
        found=last + 1,
        periods=periods(calendar.every),
        first=calendar.date(0).date().isoformat(),
        last=calendar.date(last).date().isoformat(),
        most=MOST_PERIODS,
    )
