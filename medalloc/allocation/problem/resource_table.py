"""From a table with one row a resource to resources, and the way back."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import MISSING, fields
from typing import Any

import numpy as np
import pandas as pd

from medalloc.allocation.problem.counted_whole import comes_whole
from medalloc.allocation.problem.statement import Problem, Resource
from medalloc.errors import InputError
from medalloc.quantities import RESOURCES
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.cells import as_names, as_numbers
from medalloc.tables.table import Table

COLUMNS = {each.field: tuple(each.columns.split("|")) for each in RESOURCES}
"""Names by which the column of a value is recognised, without regard to case, spaces, underscores and brackets; the
first one is what a table that is written calls it."""

REQUIRED = ("name", "stock")
"""Values that every resource must have; the others are the usual ones where nothing is said."""

YES = ("yes", "y", "true", "1", "1.0", "是")
NO = ("no", "n", "false", "0", "0.0", "否")
DEFAULTS = {each.name: each.default for each in fields(Resource) if each.default is not MISSING}


def resources_from_table(table: Table) -> tuple[Resource, ...]:
    r"""Return the resources that a table describes, in its order.

    Parameters
    ----------
    table : Table
        One row a resource. The roles of its columns do not matter, their names do: ``resource``, ``stock`` and any of
        ``requirement`` [units/person], ``unit cost`` [money/unit], ``space`` [space/unit], ``whole`` (yes or no;
        what `comes_whole` says of the name where nothing is),
        ``movable`` [fraction], ``move cost`` [money/unit], ``stands in for`` (another resource), ``productivity``
        [units/unit], ``stand in share`` [fraction], ``length of stay`` [hours]. An empty cell means the default.

    Raises
    ------
    InputError
        With every fault of the columns, the cells and their meaning at once.

    Examples
    --------
    >>> from medalloc.tables.reading import read_bytes
    >>> rows = b"Resource,Stock,Unit cost,Whole\nbeds,500,90000,yes\nnurses,800,,\n"
    >>> beds, nurses = resources_from_table(read_bytes(rows, "resources.csv"))
    >>> beds.whole, nurses.unit_cost, nurses.requirement
    (True, 0.0, 1.0)
    """
    columns, faults = _columns(table)
    values = {what: _values(table.frame[column], column, what, faults) for what, column in columns.items()}
    rows = range(len(table.frame))
    values.setdefault("whole", [None] * len(rows))
    # A row without a name is called by its number, so that what else is wrong with it can be said as well.
    names = [name or f"row {row + 1}" for row, name in zip(rows, values.get("name", [""] * len(rows)), strict=True)]
    stocks = values.get("stock", [0.0] * len(rows))
    whole = [comes_whole(name) if said is None else said for name, said in zip(names, values["whole"], strict=True)]
    values |= {"name": names, "stock": stocks, "whole": whole}
    resources = tuple(Resource(**{what: cells[row] for what, cells in values.items()}) for row in rows)
    faults += _meaning_faults(resources)
    if faults:
        raise InputError(*faults)
    return resources


def resource_frame(resources: Sequence[Resource]) -> pd.DataFrame:
    """Return resources as the table from which `resources_from_table` makes the same ones.

    Parameters
    ----------
    resources : sequence of Resource
        One row each; every value has its column, whether or not it is the default.
    """
    columns: dict[str, object] = {}
    for what, (column, *_) in COLUMNS.items():
        cells = [getattr(each, what) for each in resources]
        if what == "whole":
            columns[column] = ["yes" if cell else "no" for cell in cells]
        elif what in ("name", "stands_in_for"):
            columns[column] = pd.array([cell or None for cell in cells], dtype="str")
        else:
            columns[column] = np.array([np.nan if cell is None else cell for cell in cells], dtype=np.float64)
    return pd.DataFrame(columns)


def _columns(table: Table) -> tuple[dict[str, str], list[Sentence]]:
    """Return the column of every value, and what is wrong with the columns."""
    known = {_plain(alias): what for what, aliases in COLUMNS.items() for alias in aliases}
    found: dict[str, list[str]] = {}
    unknown = []
    for column in table.frame.columns:
        what = known.get(_plain(str(column)))
        if what is None:
            unknown.append(str(column))
        else:
            found.setdefault(what, []).append(str(column))
    faults = []
    if unknown:
        faults.append(
            sentence(
                "These columns of the table of resources mean nothing: {columns}; remove them, or use these names:"
                " {known}.",
                columns=listed(unknown, at_most=10),
                known=", ".join(column for column, *_ in COLUMNS.values()),
            )
        )
    faults += [
        sentence(
            "These columns of the table of resources mean the same: {columns}; keep one.", columns=", ".join(columns)
        )
        for columns in found.values()
        if len(columns) > 1
    ]
    faults += [
        sentence("The table of resources has no column “{column}”; add it.", column=COLUMNS[what][0])
        for what in REQUIRED
        if what not in found
    ]
    return {what: columns[0] for what, columns in found.items()}, faults


def _plain(name: str) -> str:
    """Return a column name without what is only writing: ``Unit_Cost`` and ``unit cost`` are ``unitcost``."""
    return re.sub(r"[\s_\-.()\[\]]+", "", unicodedata.normalize("NFKC", name).casefold())


def _values(cells: pd.Series, column: str, what: str, faults: list[Sentence]) -> list[Any]:
    """Return a value for every row, the default where a cell is empty or wrong; the wrong ones go to the faults."""
    names = as_names(cells)
    empty = (names == "").to_numpy()
    if what in REQUIRED:
        _add(faults, column, empty, sentence("empty cells; every resource needs a name and a stock"))
    if what in ("name", "stands_in_for"):
        return list(names)
    if what == "whole":
        said = names.str.casefold()
        wrong = ~(said.isin((*YES, *NO)).to_numpy() | empty)
        _add(faults, column, wrong, sentence("found {cells}; write yes or no", cells=listed(cells[wrong])))
        return [None if not cell else cell in YES for cell in said]
    numbers = as_numbers(cells).to_numpy(dtype=np.float64, copy=True)
    text = np.isnan(numbers) & ~empty
    if any(each.is_fraction for each in RESOURCES if each.field == what):
        advice = sentence("cells that are no number: {cells}; write 20% as 0.2", cells=listed(cells[text]))
    else:
        advice = sentence("cells that are no number: {cells}; write them as numbers", cells=listed(cells[text]))
    _add(faults, column, text, advice)
    return [DEFAULTS.get(what, 0.0) if np.isnan(number) else float(number) for number in numbers]


def _add(faults: list[Sentence], column: str, wrong: np.ndarray, found: Sentence) -> None:
    """Add a fault that names the rows, if there are any."""
    if wrong.any():
        faults.append(
            sentence(
                "Resources, column “{column}”, in these rows (the header is not counted): {rows}: {found}.",
                column=column,
                rows=listed((place + 1 for place in np.flatnonzero(wrong)), at_most=10),
                found=found,
            )
        )


def _meaning_faults(resources: tuple[Resource, ...]) -> list[Sentence]:
    """Return what is wrong with resources that can be read, by posing their problem for one region without demand."""
    try:
        Problem(("region",), np.zeros(1), resources)
    except InputError as error:
        return list(error.faults)
    return []
