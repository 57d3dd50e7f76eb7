"""Sampled futures from a file: a column for each region, or a row for each region and future."""

import numpy as np
import pandas as pd

from medalloc.allocation.uncertainty.futures import Futures
from medalloc.errors import InputError
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.table import Table

NUMBERING = ("sample", "future", "draw", "scenario")
"""Names of a column that only tells futures apart."""


def futures_from_table(table: Table) -> Futures:
    r"""Return the futures that a table holds.

    Parameters
    ----------
    table : Table
        Either one row a future and one column a region; or one row a region and future, with a column in the role
        ``region``, one in the role ``demand`` or ``value``, and one called ``sample``, ``future``, ``draw`` or
        ``scenario``. In the first form such a column is passed over.

    Raises
    ------
    InputError
        With every fault at once: cells that are empty, no number or impossible, pairs that are missing or given twice.

    Examples
    --------
    >>> from medalloc.tables.reading import read_bytes
    >>> futures_from_table(read_bytes(b"sample,North,South\n1,30,10\n2,50,6\n", "futures.csv")).demand.tolist()
    [[30.0, 10.0], [50.0, 6.0]]
    >>> rows = b"region,value,sample\nNorth,30,1\nSouth,10,1\nNorth,50,2\nSouth,6,2\n"
    >>> futures_from_table(read_bytes(rows, "futures.csv")).demand.tolist()
    [[30.0, 10.0], [50.0, 6.0]]
    """
    return _from_columns(table) if table.column("region") is None else _from_rows(table)


def _from_columns(table: Table) -> Futures:
    names = [name for name in table.frame.columns if str(name).strip().casefold() not in NUMBERING]
    faults: list[Sentence] = []
    if not names:
        faults.append(sentence("The table of futures has no column for a region; add one for each."))
    columns = [_numbers(table.frame[name], str(name), faults) for name in names]
    if faults:
        raise InputError(*faults)
    return Futures(tuple(str(name).strip() for name in names), np.column_stack(columns))


def _from_rows(table: Table) -> Futures:
    region, demand = table.required("region"), table.column("demand") or table.column("value")
    sample = next((name for name in table.frame.columns if str(name).strip().casefold() in NUMBERING), None)
    faults: list[Sentence] = []
    for what, found, advice in (
        ("demand", demand, sentence("give a column the role “demand”")),
        ("sample", sample, sentence("call one of them: {names}", names=", ".join(NUMBERING))),
    ):
        if found is None:
            faults.append(
                sentence(
                    "A table of futures with a row for each region and future needs a column for: {what}; {advice}."
                    " Found are: {columns}.",
                    what=what,
                    advice=advice,
                    columns=listed(table.frame.columns, at_most=20),
                )
            )
    if demand is None or sample is None:
        raise InputError(*faults)
    rows = pd.DataFrame(
        {
            "region": _names(table.frame[region], region, faults),
            "sample": _names(table.frame[sample], str(sample), faults),
            "demand": _numbers(table.frame[demand], demand, faults),
        }
    )
    faults += _pair_faults(rows[(rows["region"] != "") & (rows["sample"] != "")])
    if faults:
        raise InputError(*faults)
    regions, samples = (pd.Index(rows[name].unique()) for name in ("region", "sample"))
    demand_of = np.empty((samples.size, regions.size))
    demand_of[samples.get_indexer(rows["sample"]), regions.get_indexer(rows["region"])] = rows["demand"]
    return Futures(tuple(regions), demand_of)


def _names(column: pd.Series, name: str, faults: list[Sentence]) -> "pd.Series[str]":
    """Return cells as names, whole numbers without a decimal point; empty ones are added to the faults."""
    names = column.map(_as_text)
    _add(faults, name, names == "", sentence("empty cells; fill in the name"))
    return names


def _as_text(cell: object) -> str:
    if cell is None or cell is pd.NA or cell != cell:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _numbers(column: pd.Series, name: str, faults: list[Sentence]) -> "pd.Series[float]":
    """Return cells as numbers; those that are none, or impossible, are added to the faults."""
    found = pd.to_numeric(column, errors="coerce").astype(np.float64)
    text = found.isna() & column.notna()
    impossible = found.notna() & ~(np.isfinite(found) & (found >= 0))
    _add(faults, name, column.isna(), sentence("empty cells; fill in a number, 0 if nobody is in need"))
    _add(faults, name, text, sentence("cells that are no number: {cells}", cells=listed(column[text])))
    _add(
        faults,
        name,
        impossible,
        sentence("impossible numbers: {cells}; give finite ones of at least 0", cells=listed(column[impossible])),
    )
    return found


def _add(faults: list[Sentence], name: str, wrong: "pd.Series[bool]", found: Sentence) -> None:
    if wrong.any():
        rows = listed((place + 1 for place in np.flatnonzero(wrong.to_numpy())), at_most=10)
        faults.append(
            sentence(
                "Futures, column “{column}”, in these rows (the header is not counted): {rows}: {found}.",
                column=name,
                rows=rows,
                found=found,
            )
        )


def _pair_faults(rows: pd.DataFrame) -> list[Sentence]:
    """Return what is wrong with which region stands in which future: each pair must be there once."""
    counts = pd.crosstab(rows["region"], rows["sample"])
    faults = []
    if (counts > 1).to_numpy().any():
        faults.append(
            sentence(
                "These regions have several rows in one future (region, future): {pairs}; keep one.",
                pairs=_pairs(counts > 1),
            )
        )
    if (counts == 0).to_numpy().any():
        faults.append(
            sentence(
                "These regions have no row in some futures (region, future): {pairs}; add them.",
                pairs=_pairs(counts == 0),
            )
        )
    return faults


def _pairs(wrong: pd.DataFrame) -> str:
    """Write the first few pairs of region and future."""
    pairs = [f"{wrong.index[row]}, {wrong.columns[place]}" for row, place in np.argwhere(wrong.to_numpy())]
    return "; ".join(pairs[:10]) + ("; …" if len(pairs) > 10 else "")
