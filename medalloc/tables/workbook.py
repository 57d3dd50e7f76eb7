"""The cells of a workbook: the first visible sheet with a table, or the one that was asked for."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import numpy as np
import pandas as pd

from medalloc.errors import refused
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.account import Account, Line
from medalloc.tables.layout import LOOKED_AT, layout_of, multiple_above, names_of, said_of
from medalloc.tables.options import ReadOptions
from medalloc.tables.outline import shown_lines, taken_for, with_first_row
from medalloc.tables.table import Source
from medalloc.tables.tidying import gap_said, left_of_a_gap


def workbook_cells(
    content: bytes, name: str, sha256: str, options: ReadOptions
) -> tuple[pd.DataFrame, Source, Account, tuple[Sentence, ...]]:
    """Return the cells of a workbook, where they come from, what its rows were taken for, and what was left out.

    Raises
    ------
    InputError
        If it cannot be opened, has no such sheet, or holds no cells.
    """
    from python_calamine import CalamineError, SheetVisibleEnum

    try:
        with pd.ExcelFile(BytesIO(content), engine="calamine") as book:
            sheets = {each.name: each.visible == SheetVisibleEnum.Visible for each in book.book.sheets_metadata}
            names, asked = tuple(sheets), options.sheet
            if asked is not None and asked not in sheets:
                raise refused(
                    "There is no sheet “{sheet}”; the workbook has: {names}.", sheet=asked, names=", ".join(names)
                )
            # a hidden sheet is for its author; a page of remarks has no second column, one of contents no numbers
            visible = [each for each, shown in sheets.items() if shown] or list(names)
            for least in (3, 2, 1):
                for each in visible if asked is None else [asked]:
                    # as objects, because text such as 01001 would become a number
                    cells = pd.read_excel(
                        book, sheet_name=each, header=None, dtype=object, keep_default_na=False, na_values=[""]
                    )
                    if asked is not None or _is_table(cells, least):
                        merged = getattr(book.book.get_sheet_by_name(each), "merged_cell_ranges", None)
                        frame, account, said, times = _with_header(cells, options, merged or ())
                        source = Source(name, sha256, sheet=each, sheets=names, multiple=times)
                        return frame, source, account, (*_of_sheets(each, sheets), *said)
    except (CalamineError, ValueError, KeyError) as error:
        raise refused(
            "“{file}” is not a workbook that can be read (damaged, protected or another kind of archive); "
            "save it as XLSX without a password, or as CSV.",
            file=name,
        ) from error
    raise refused("No sheet of “{file}” holds any cells; add the table and choose it again.", file=name)


def _of_sheets(chosen: str, sheets: Mapping[str, bool]) -> tuple[Sentence, ...]:
    """Say which sheet of several was read, and which are hidden."""
    others = [each for each in sheets if each != chosen]
    if not others:
        return ()
    named = listed((f"“{each}”" if sheets[each] else f"“{each}” *" for each in others), 8)
    hidden = not all(sheets[each] for each in others)
    text = (
        sentence("Read is the sheet “{sheet}”; not read (* hidden): {others}.", sheet=chosen, others=named)
        if hidden
        else sentence("Read is the sheet “{sheet}”; not read: {others}.", sheet=chosen, others=named)
    )
    return (text,)


def _is_table(cells: pd.DataFrame, least: int) -> bool:
    """Whether a sheet may be meant: it has at least a cell (1), rows and columns (2), numbers in them (3)."""
    rows, columns = cells.notna().any(axis=1).sum(), cells.shape[1]
    if least < 3:
        return bool(rows >= least and columns >= least)
    beside = cells[(cells.notna().sum(axis=1) >= 2).to_numpy()]
    return len(beside) >= 2 and any(
        isinstance(each, int | float) and each == each for _name, column in beside.items() for each in column
    )


Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]
"""Rectangles of cells that are one, as (row, column) of their first and last cell."""


def _with_header(
    cells: pd.DataFrame, options: ReadOptions, merged: Merged
) -> tuple[pd.DataFrame, Account, list[Sentence], int]:
    """Take the row of names as names, and leave out what is no row of the table."""
    wanted = None if options.header_row is None else options.header_row - 1
    first, last = (
        [
            [] if place + 1 in options.left_out else ["" if pd.isna(each) else str(each) for each in row]
            for place, row in zip(part.index, part.itertuples(index=False), strict=True)
        ]
        for part in (cells.head(LOOKED_AT), cells.tail(LOOKED_AT))
    )
    layout = with_first_row(layout_of(first, last, wanted), first, options)
    taken = taken_for(len(cells), layout, first, last, options)
    blank = cells.isna().all(axis=1).to_numpy()
    taken[blank & np.isin(taken, (Line.ROW, Line.NAMES))] = Line.BLANK
    beginning, end = (["\t".join(row).rstrip("\t") for row in part] for part in (first, last))
    # a name that stands beside several rows is that of each; a number is one of the first alone
    for (top, left), (bottom, _right) in merged:
        name = cells.iloc[top, left] if bottom < len(cells) and taken[top] == Line.ROW else None
        if isinstance(name, str):
            cells.iloc[top : bottom + 1, left] = name
    names = names_of(layout, first)
    width = left_of_a_gap(names)
    kept = cells.loc[taken == Line.ROW].set_axis(names, axis=1).iloc[:, :width]
    return (
        kept.infer_objects(),
        Account(taken, shown_lines(beginning, end, len(cells))),
        [*said_of(layout, first, last, wanted), *([] if width is None else [gap_said(names[width:])])],
        multiple_above(layout, first),
    )
