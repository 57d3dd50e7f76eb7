"""What a planner hands over: tables as CSV and XLSX that no spreadsheet mistakes for a program."""

import re
from io import BytesIO

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings that make a spreadsheet run a cell, the full-width ones of East Asian keyboards included."""

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
"""Of every workbook: text stays text."""

NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
"""A number that was kept as text; a spreadsheet runs nothing of it."""


def as_csv(frame: pd.DataFrame) -> bytes:
    r"""Return a table as CSV in UTF-8 with a byte-order mark, which spreadsheets need to show accents.

    Parameters
    ----------
    frame : DataFrame
        Any table; text that a spreadsheet would run as a formula is prefixed by an apostrophe.

    Examples
    --------
    >>> as_csv(pd.DataFrame({"region": ["=1+1"], "beds": [-2.5]})).decode("utf-8-sig")
    "region,beds\r\n'=1+1,-2.5\r\n"
    """
    # with this line end, cells that hold either character are quoted: nothing can begin a row of its own
    return escaped(frame).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def csv_rows(frame: pd.DataFrame) -> bytes:
    """Return further rows of a table whose beginning `as_csv` wrote."""
    return escaped(frame).to_csv(index=False, header=False, lineterminator="\r\n").encode()


def as_xlsx(frame: pd.DataFrame, sheet: str = "plan") -> bytes:
    """Return a table as an Excel workbook with one sheet, its header bold and fixed.

    Parameters
    ----------
    frame : DataFrame
        Any table, escaped as in `as_csv`.
    """
    safe, out = escaped(frame), BytesIO()
    # a workbook knows no time zones: such times are written as text, theirs included
    zoned = [name for name, kind in safe.dtypes.items() if isinstance(kind, pd.DatetimeTZDtype)]
    safe = safe.astype(dict.fromkeys(zoned, "str"))
    with pd.ExcelWriter(out, engine="xlsxwriter", engine_kwargs={"options": OPTIONS}) as writer:
        safe.to_excel(writer, sheet_name=sheet, index=False, freeze_panes=(1, 1))
        writer.sheets[sheet].autofit()
    return out.getvalue()


def escaped(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with every text cell and column name made harmless to a spreadsheet."""
    columns = {
        place: column if pd.api.types.is_numeric_dtype(column) else column.map(harmless)
        for place, (_, column) in enumerate(frame.items())
    }
    # by place, because names may repeat or be numbers
    return pd.DataFrame(columns, index=frame.index).set_axis([harmless(str(name)) for name in frame.columns], axis=1)


def harmless(cell: object) -> object:
    """Return a cell with an apostrophe in front where a spreadsheet would run it."""
    runs = isinstance(cell, str) and cell.startswith(FORMULA_STARTS) and not NUMBER.fullmatch(cell)
    return f"'{cell}" if runs else cell
