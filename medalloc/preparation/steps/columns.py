"""Steps that drop, rename, read or divide columns."""

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import InputError, refused, require
from medalloc.preparation.cells import Cells
from medalloc.preparation.kind import Columns, Options, StepKind, choice, number, text, which
from medalloc.sentences import Sentence, sentence

MANY = 1000
NAME = text(sentence("New name"), None)
READ_AS = {
    "number": sentence("numbers"),
    "date, year first": sentence("dates, year first"),
    "date, day first": sentence("dates, day first"),
    "date, month first": sentence("dates, month first"),
}
DECIMALS = {"point": sentence("a point, as in 1,234.5"), "comma": sentence("a comma, as in 1.234,5")}
UNREADABLE = {"refuse": sentence("refuse the table"), "missing": sentence("treat as missing")}


def new_name_faults(cells: Cells, name: str) -> list[Sentence]:
    """Return what is wrong with the name of a new column."""
    if name not in cells.frame.columns:
        return []
    return [sentence("there already is a column “{column}”; choose another name.", column=name)]


def numbers_in(column: pd.Series) -> NDArray[np.float64]:
    """Return the numbers of a column; those of a file that is read piece by piece may still be text.

    Raises
    ------
    InputError
        If a cell holds none.
    """
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(np.float64, na_value=np.nan)
    read = pd.to_numeric(column.astype("str").where(column.notna()), errors="coerce")
    if (read.isna() & column.notna()).any():
        raise refused("column “{column}” does not hold numbers; read it as numbers first.", column=str(column.name))
    return read.to_numpy(np.float64, na_value=np.nan)


def _drop(cells: Cells, columns: tuple[str, ...], _options: Options) -> Cells:
    needed = [name for name in columns if cells.roles.get(name) == "need"]
    if needed:
        raise refused(
            "column “{column}” says who is in need and cannot be dropped; give another column that role first.",
            column=needed[0],
        )
    roles = {name: role for name, role in cells.roles.items() if name not in columns}
    return replace(cells, frame=cells.frame.drop(columns=list(columns)), roles=roles)


def _rename(cells: Cells, columns: tuple[str, ...], options: Options) -> Cells:
    (old,), new = columns, options["to"]
    if new == old:
        return cells
    faults = new_name_faults(cells, new)
    require(*faults)
    roles = {new if name == old else name: role for name, role in cells.roles.items()}
    return replace(cells, frame=cells.frame.rename(columns={old: new}), roles=roles)


def _ratio(cells: Cells, columns: tuple[str, ...], options: Options) -> Cells:
    faults = new_name_faults(cells, options["to"])
    numbers = []
    for name in columns:
        try:
            numbers.append(numbers_in(cells.frame[name]))
        except InputError as error:
            faults += error.faults
    require(*faults)
    over, under = numbers
    made = np.full(len(over), np.nan)
    np.divide(over * float(options["per"]), under, out=made, where=under != 0)
    return replace(
        cells, frame=cells.frame.assign(**{options["to"]: made}), roles={**cells.roles, options["to"]: "feature"}
    )


def _parse(cells: Cells, columns: tuple[str, ...], options: Options) -> Cells:
    made, faults = {}, []
    for name in columns:
        cell = cells.frame[name]
        made[name] = _numbers(cell, options["decimal"]) if options["as"] == "number" else _dates(cell, options["as"])
        unread = np.flatnonzero(cell.notna() & made[name].isna())
        if len(unread) and options["unreadable"] == "refuse":
            faults.append(
                sentence(
                    "column “{column}”, row {row}: “{found}” cannot be read as {expected} (rows like this: {count}); "
                    "mend it, or have it treated as missing.",
                    column=name,
                    row=int(cells.origin[unread[0]]) + 1,
                    found=str(cell.iloc[unread[0]])[:40],
                    expected=READ_AS[options["as"]],
                    count=len(unread),
                )
            )
    require(*faults)
    return replace(cells, frame=cells.frame.assign(**made))


def _numbers(cell: pd.Series, decimal: str) -> pd.Series:
    """Read each cell by itself, so that every piece of a file is read as the whole would be."""
    if pd.api.types.is_numeric_dtype(cell):
        return cell.astype(np.float64)
    sign, group = (".", ",") if decimal == "point" else (",", ".")
    texts = cell.astype("str").where(cell.notna()).str.normalize("NFKC").str.replace("−", "-")
    plain = texts.str.replace(r"[\s'’$€£¥]", "", regex=True)
    percent = plain.str.endswith("%", na=False).to_numpy(bool)
    plain = plain.str.removesuffix("%")
    written = plain.str.fullmatch(rf"[+-]?(\d+|\d{{1,3}}([{group}]\d{{3}})+)?([{sign}]\d+)?([eE][+-]?\d+)?", na=False)
    plain = plain.where(written).str.replace(group, "").str.replace(sign, ".")
    return pd.to_numeric(plain, errors="coerce").astype(np.float64) / np.where(percent, 100.0, 1.0)


def _dates(cell: pd.Series, read_as: str) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(cell):
        return cell
    texts = cell.astype("str").where(cell.notna())
    if read_as == "date, year first":
        return pd.to_datetime(texts, format="ISO8601", errors="coerce")
    order = "%d/%m/%Y" if read_as == "date, day first" else "%m/%d/%Y"
    return pd.to_datetime(texts.str.replace(r"[.\-\s]+", "/", regex=True), format=order, errors="coerce")


def _says_parse(options: Options, columns: Columns) -> Sentence:
    if options["as"] == "number":
        return sentence(
            "Read {columns} as numbers, the decimal sign being {decimal}; what cannot be read: {unreadable}.",
            columns=which(columns),
            decimal=DECIMALS[options["decimal"]],
            unreadable=UNREADABLE[options["unreadable"]],
        )
    return sentence(
        "Read {columns} as {expected}; what cannot be read: {unreadable}.",
        columns=which(columns),
        expected=READ_AS[options["as"]],
        unreadable=UNREADABLE[options["unreadable"]],
    )


def _says_ratio(options: Options, columns: Columns) -> Sentence:
    over, under = columns if len(columns) == 2 and isinstance(columns, tuple) else ("", "")
    return sentence(
        "Add the column “{to}”: {over} divided by {under}, times {per}; missing where either is, or where {under} is "
        "0.",
        over=over,
        under=under,
        **options,
    )


KINDS = {
    "drop": StepKind(
        sentence("Drop columns"),
        "all",
        lambda _, columns: sentence("Drop {columns}.", columns=which(columns)),
        names=(1, MANY),
        shape=_drop,
    ),
    "rename": StepKind(
        sentence("Rename a column"),
        "all",
        lambda options, columns: sentence("Rename {columns} to “{to}”.", columns=which(columns), **options),
        {"to": NAME},
        names=(1, 1),
        shape=_rename,
    ),
    "parse": StepKind(
        sentence("Read text as numbers or dates"),
        "all",
        _says_parse,
        {
            "as": choice(sentence("Read as"), "number", READ_AS),
            "decimal": replace(
                choice(sentence("Decimal sign of numbers"), "point", DECIMALS),
                counts=lambda options: options["as"] == "number",
            ),
            "unreadable": choice(sentence("What cannot be read"), "refuse", UNREADABLE),
        },
        names=(1, MANY),
        shape=_parse,
    ),
    "ratio": StepKind(
        sentence("Add the ratio of two columns"),
        "numeric",
        _says_ratio,
        {"to": NAME, "per": number(sentence("Times"), 1.0)},
        names=(2, 2),
        shape=_ratio,
    ),
}
"""Steps on whole columns, by name."""
