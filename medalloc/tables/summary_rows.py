"""Rows that are sums of other rows, such as a total or a province above its districts: nobody is counted twice."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import gammainc

from medalloc.errors import InputError, refused
from medalloc.sentences import Sentence, counted, sentence
from medalloc.tables.adding_up import BY_CHANCE, found_by_chance, in_several_columns, part_of, rounding
from medalloc.tables.cells import as_names
from medalloc.tables.depth import by_level_said
from medalloc.tables.numbers import looks_numeric, to_numbers
from medalloc.tables.p_codes import places_above
from medalloc.tables.row_names import is_sum, row_names, with_row_names
from medalloc.tables.table import Table

SummaryRows = Literal["auto", "keep", "leave out"]
"""What is done with them: only those that surely are sums are left out, none is, or also those that may be by chance.
"""

CODES = re.compile(r"p.?code", re.I)
"""Names of a column of p-codes."""

LUCK, EVEN = 0.01, 0.5
"""Below which chance of finding as many where there are none sums are left out unasked, and are spoken of."""

ADDED_UP = ("population", "demand", "existing", "cap")
"""Roles of numbers whose sum over regions means something."""


@dataclass(frozen=True, eq=False)
class Summaries:
    """Which rows of a table are sums of others."""

    levels: tuple[NDArray[np.bool_], ...]
    """Rows to plan for, the smallest regions first; on every level each person is counted once, shape (n,) each."""

    sure: tuple[str, ...] = ()
    """Names of the rows that are left out unasked."""

    doubtful: tuple[str, ...] = ()
    """Names of rows that equal the sum of a few others in one column, which happens by chance."""

    by_chance: NDArray[np.bool_] | None = None
    """Which rows these are, shape (n,); None for none."""

    whole: str | None = None
    """Name of the row that is the country of the others."""


WholeOf = Callable[[Sequence[str]], str | None]
"""From names to the one of them that holds all others, where somebody knows it."""


def summaries(table: Table, whole_of: WholeOf = lambda _names: None) -> Summaries:
    r"""Find the rows that are sums of others: by a column of levels, by p-codes, by their names, and by adding up.

    Parameters
    ----------
    table : Table
        A table of regions; in any other nothing is found.
    whole_of : callable
        Finds the country of the regions by its name, also where only some columns add up to its row.

    Returns
    -------
    Summaries
        With one level at least.

    Examples
    --------
    >>> from medalloc.tables.reading import read_bytes
    >>> found = summaries(read_bytes(b"region,demand\nNorth,100\nSouth,300\nTOTAL,400\n", "r.csv"))
    >>> found.sure, found.levels[0].tolist()
    (('TOTAL',), [True, True, False])
    """
    every = np.ones(len(table.frame), dtype=bool)
    region = table.column("region")
    if region is None or any(table.column(each) is not None for each in ("need", "patient id", "date")):
        return Summaries((every,))
    found = row_names(table)
    numbers = _numbers(table)
    by_level = by_level_said(table, numbers)
    if by_level is not None:
        return Summaries(by_level, sure=tuple(found.names[~by_level[0]]))
    if (by_code := _by_code(table, found.names)) is not None:
        return by_code
    return among(found.names, numbers, found.said, whole_of)


def among(
    names: NDArray[np.object_],
    numbers: NDArray[np.float64],
    said: NDArray[np.bool_] | None = None,
    whole_of: WholeOf = lambda _names: None,
) -> Summaries:
    """Find the sums among named rows of numbers.

    Parameters
    ----------
    names : ndarray of str
        What each row is called, shape (n,); repeated names have no sums.
    numbers : ndarray
        What can be added up; a blank is not a number (NaN), shape (n, c).
    said : ndarray of bool, optional
        Which rows say that they are sums, shape (n,); those whose names do when left out.
    whole_of : callable
        As for `summaries`.
    """
    said = np.array([is_sum(name) for name in names]) if said is None else said
    whole = whole_of(names[~said].tolist())
    said = said | (names == whole)
    if said.all() or pd.Index(names[~said]).has_duplicates:
        return Summaries((np.ones(len(names), dtype=bool),))
    steps = rounding(numbers)
    parents = part_of(numbers, said, 0 * steps)
    if (parents < 0).all():
        # sums are found to rounding only where none is exact, because small numbers are close to each other
        parents = part_of(numbers, said, steps)
    else:
        steps = 0 * steps
    parts = np.bincount(parents[parents >= 0], minlength=len(names))
    sure = said | (parts >= max(BY_CHANCE, len(names) - 1))
    doubtful = (parts > 0) & ~sure
    alike = np.zeros_like(said)
    alike[doubtful] = [in_several_columns(numbers, parents == row) for row in np.flatnonzero(doubtful)]
    if alike.any():
        # how often as many or more would be found if the others stood in any order
        luck = gammainc(alike.sum(), found_by_chance(numbers[~sure & ~alike], steps))
        sure |= alike & (luck < LUCK)
        alike &= luck < EVEN
        doubtful &= ~sure
    if not ((parents >= 0) | sure | doubtful).all():
        # sums of some rows among many others are sums by chance
        doubtful &= alike
        parents[~sure[parents]] = -1
    parents[np.isin(parents, np.flatnonzero(doubtful))] = -1
    return Summaries(_levels(parents, sure), tuple(names[sure]), tuple(names[doubtful]), doubtful, whole)


def without_summaries(table: Table, found: Summaries, chosen: SummaryRows = "auto", level: int = 0) -> Table:
    """Return the table with the rows of one level, and notes that say which were left out; see `kept_rows`."""
    if table.column("region") is None:
        return table
    table, (rows, notes) = with_row_names(table), kept_rows(found, chosen, level)
    if not notes:
        return table
    return replace(table, frame=table.frame[rows].reset_index(drop=True), notes=(*table.notes, *notes))


def kept_rows(
    found: Summaries, chosen: SummaryRows = "auto", level: int = 0
) -> tuple[NDArray[np.bool_], list[Sentence]]:
    """Return which rows are regions to plan for, shape (n,), and what must be said of the others.

    Parameters
    ----------
    level : int
        Which regions are planned for: 0 for the smallest, 1 for the sums of these, and so on.

    Raises
    ------
    InputError
        If the choice is unknown, or there is no such level.
    """
    if chosen not in get_args(SummaryRows):
        known = ", ".join(get_args(SummaryRows))
        raise refused("“{found}” is no way to treat summary rows; use one of: {known}.", found=chosen, known=known)
    if not 0 <= level < len(found.levels):
        raise InputError(
            counted(
                "The regions have no level {level}; there is {count} level, the smallest regions being level 0.",
                "The regions have no level {level}; there are {count} levels, the smallest regions being level 0.",
                level=level,
                count=len(found.levels),
            )
        )
    doubtful, sure = _listed(found.doubtful), _listed(found.sure)
    if chosen == "keep":
        twice = sentence("Summary rows were kept as regions, so their people count twice: {rows}.", rows=sure)
        return np.ones_like(found.levels[0]), [twice] if found.sure else []
    rows, notes = found.levels[level], list[Sentence]()
    if found.whole is not None:
        notes.append(sentence("“{name}” is the country of the other regions.", name=found.whole))
    if found.sure and level == 0:
        notes.append(
            sentence("Rows that are sums of others were left out, so that nobody counts twice: {rows}.", rows=sure)
        )
    elif found.sure:
        count = int(rows.sum())
        notes.append(
            counted(
                "The plan is for sums of smaller regions: {count} row of level {level}.",
                "The plan is for sums of smaller regions: {count} rows of level {level}.",
                count=count,
                level=level,
            )
        )
    if found.by_chance is not None and found.doubtful and chosen == "leave out":
        rows = rows & ~found.by_chance
        notes.append(sentence("Rows that equal the sum of others were left out: {rows}.", rows=doubtful))
    elif found.doubtful:
        notes.append(
            sentence(
                "These rows equal the sum of others, perhaps by chance; they are kept as regions: {rows}.",
                rows=doubtful,
            )
        )
    return rows, notes


def _by_code(table: Table, names: NDArray[np.object_]) -> Summaries | None:
    """Return which rows hold others by their p-codes, of the regions or of a column of them; None where none does."""
    named = [each for each in table.frame.columns if CODES.search(str(each))]
    for codes in (names.tolist(), *(as_names(table.frame[each]).tolist() for each in named)):
        parents = places_above([str(each).upper() for each in codes])
        if parents is not None and (parents >= 0).any():
            holds = np.isin(np.arange(len(names)), parents)
            return Summaries(_levels(parents, holds), tuple(names[holds]))
    return None


def _listed(names: tuple[str, ...], most: int = 8) -> str:
    return ", ".join(names[:most]) + (f", … ({len(names)})" if len(names) > most else "")


def _numbers(table: Table) -> NDArray[np.float64]:
    """Return the columns whose sum over regions means something, shape (n, c); a blank is not a number."""
    columns = []
    for name in table.frame.columns:
        column = table.frame[name]
        if table.roles[name].partition(":")[0] in ADDED_UP and (
            pd.api.types.is_numeric_dtype(column) or looks_numeric(column)
        ):
            columns.append(to_numbers(column).to_numpy())
    return np.stack(columns, axis=1) if columns else np.empty((len(table.frame), 0))


def _levels(parents: NDArray[np.intp], left_out: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], ...]:
    """Return the rows of each level, the smallest regions first: the largest that are no higher than it."""
    heights = np.zeros(len(parents), dtype=int)
    for _ in range(len(parents)):
        before = heights.copy()
        below = np.flatnonzero(parents >= 0)
        np.maximum.at(heights, parents[below], heights[below] + 1)
        if (before == heights).all():
            break
    # a row that only calls itself a sum, and has no parts, is on no level
    alone = left_out & (heights == 0)
    above = np.where(parents >= 0, heights[parents], len(parents) + 1)
    levels = []
    for height in range(int(heights.max()) + 1):
        rows = (heights <= height) & (above > height) & ~alone
        if height == 0 or rows.sum() > 1:
            levels.append(rows)
    return tuple(levels)
