"""From a table to the panel of counts, every fault at once."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.forecasting.calendar import Calendar, inferred
from medalloc.demand.forecasting.layout import Columns, Form, as_long
from medalloc.demand.forecasting.missing import missing_notes
from medalloc.demand.forecasting.panel import Covariate, Panel
from medalloc.demand.forecasting.reading_faults import MOST_PERIODS, cell_faults, too_long
from medalloc.demand.forecasting.reading_notes import apart, day_or_month_first, frequency, merged
from medalloc.demand.forecasting.repeats import again, repeated, summed
from medalloc.demand.hidden import drawn_history, history_said
from medalloc.errors import InputError
from medalloc.geography.whole import whole_of
from medalloc.sentences import Sentence, counted, sentence
from medalloc.tables.numbers import to_numbers
from medalloc.tables.periods import read_dates
from medalloc.tables.spelling import spelled_alike
from medalloc.tables.summary_rows import SummaryRows, among, kept_rows
from medalloc.tables.table import Table


@dataclass(frozen=True, eq=False)
class Reading:
    """A table as a panel, and how it lay."""

    panel: Panel
    """The counts."""

    form: Form
    """Whether the table had a row a region and period, a column a region, or a column a date."""


def read_panel(
    table: Table, columns: Columns | None = None, *, summary_rows: SummaryRows = "auto", sum_rows: bool = False
) -> Reading:
    """Read a table of region, date and count.

    Parameters
    ----------
    table : Table
        Long (a row a region and period) or wide (a column a region, or a column a date); daily, weekly, monthly or
        quarterly.
    columns : Columns, optional
        What the columns are for; the roles and the cells decide what is left out.
    summary_rows : SummaryRows
        What is done with regions that are sums of others, also where each has a column.
    sum_rows : bool
        Whether rows of one region and period are summed, names that differ by case or spaces only counting as one
        region; else they are faults.

    Raises
    ------
    InputError
        With every fault at once: dates that cannot be read, counts that are no number or negative, regions without a
        name, regions given twice for a period, dates without a common step.
    """
    long = as_long(table, columns or Columns())
    spelt = long.region
    if sum_rows:
        long = replace(long, region=spelled_alike(spelt))
    dates = pd.Series(read_dates(long.date.tolist()), index=long.date.index)
    values = drawn_history(table.hidden, long.column, _numbers(long.value))
    faults = [*cell_faults(long, dates, values)]
    usable = (long.region != "") & dates.notna()
    calendar = _calendar(dates[usable], faults)
    if calendar is None:
        raise InputError(*faults)
    names = pd.Index(sorted(set(long.region[usable])))
    places = names.get_indexer(pd.Index(long.region[usable]))
    numbers = calendar.number(pd.DatetimeIndex(dates[usable]))
    if not sum_rows:
        rows, regions = (np.asarray(each[usable], dtype=object) for each in (long.row, long.region))
        faults += repeated(rows, regions, places, numbers, calendar)
    if int(numbers.max()) >= MOST_PERIODS:
        faults.append(too_long(calendar, int(numbers.max())))
    if faults:
        raise InputError(*faults)
    grid = summed(values[usable], places, numbers, (len(names), int(numbers.max()) + 1))
    end = _last_counted(grid, names)
    known = tuple(
        _covariate(str(name), long.covariates[name][usable], grid, places, numbers) for name in long.covariates
    )
    panel = Panel(tuple(names), calendar, grid[:, :end], known)
    panel = _without_sums(panel, list(dict.fromkeys(long.region[usable])), summary_rows)
    merged_said = merged(again(places, numbers), spelt, long.region) if sum_rows else apart(long.region)
    notes = (
        long.note,
        *day_or_month_first(long.date.tolist()),
        *merged_said,
        frequency(calendar, panel),
        *panel.notes,
        *history_said(table.hidden, long.column, long.value, long.region),
        *missing_notes(panel),
    )
    return Reading(replace(panel, notes=notes), long.form)


def _without_sums(panel: Panel, order: list[str], chosen: SummaryRows) -> Panel:
    """Return the panel without regions that are sums of others; `order` is that of the file: parts lie together."""
    place = pd.Index(panel.regions).get_indexer(pd.Index(order))
    names = np.array(order, dtype=object)
    rows, notes = kept_rows(among(names, panel.values[place], whole_of=whole_of), chosen)
    kept = np.sort(place[rows])
    return replace(
        panel,
        regions=tuple(panel.regions[each] for each in kept),
        values=panel.values[kept],
        covariates=tuple(Covariate(each.name, each.values[kept]) for each in panel.covariates),
        notes=tuple(notes),
    )


def _numbers(cells: pd.Series) -> NDArray[np.float64]:
    plain = cells.infer_objects()
    return np.asarray(to_numbers(plain), dtype=np.float64)


def _calendar(dates: "pd.Series[pd.Timestamp]", faults: list[Sentence]) -> Calendar | None:
    distinct = pd.DatetimeIndex(sorted(set(dates)))
    if len(distinct) < 2:
        if not faults:
            faults.append(
                counted(
                    "There is {count} date; a forecast needs at least two.",
                    "There are {count} dates; a forecast needs at least two.",
                    count=len(distinct),
                )
            )
        return None
    found = inferred(distinct)
    if found is None:
        steps = np.diff(distinct.to_numpy("datetime64[D]")).astype(int)
        faults.append(
            counted(
                "The dates are neither days nor weeks nor months nor quarters: the step between them is {step} day in "
                "the middle, from {least} to {most}; give one date a day, a week, a month or a quarter.",
                "The dates are neither days nor weeks nor months nor quarters: the step between them is {step} days "
                "in the middle, from {least} to {most}; give one date a day, a week, a month or a quarter.",
                "step",
                step=float(np.median(steps)),
                least=int(steps.min()),
                most=int(steps.max()),
            )
        )
    return found


def _last_counted(grid: NDArray[np.float64], names: pd.Index) -> int:
    """Return how many periods there are up to the last one that was counted anywhere."""
    known = np.isfinite(grid)
    empty = [str(name) for name, held in zip(names, np.atleast_1d(known.any(axis=1)), strict=True) if not held]
    if empty:
        raise InputError(
            *(sentence("“{region}” has no count at all; leave it out, or fill in its counts.", region=r) for r in empty)
        )
    return int(np.flatnonzero(known.any(axis=0))[-1]) + 1


def _covariate(
    name: str,
    cells: pd.Series,
    grid: NDArray[np.float64],
    places: NDArray[np.int64],
    numbers: NDArray[np.int64],
) -> Covariate:
    # what is known of a period beside its counts is not summed: several rows of it agree, or their mean is taken
    held, rows = _numbers(cells), ~np.isnan(_numbers(cells))
    with np.errstate(invalid="ignore"):
        many = summed(rows.astype(np.float64), places, numbers, grid.shape)
        return Covariate(name, summed(held, places, numbers, grid.shape) / np.where(many > 0, many, np.nan))
