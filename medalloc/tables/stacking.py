"""Several files with the same columns as one table, one below the other."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from medalloc.errors import refused
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.account import Account
from medalloc.tables.mapping import signature
from medalloc.tables.roles import suggest_roles
from medalloc.tables.table import Table

FILE = "file"
"""What the column is called that says from which file a row is."""


def stacked(tables: Sequence[Table]) -> Table:
    """Return tables one below the other, with a column that says from which file each row is.

    Parameters
    ----------
    tables : sequence of Table
        With the same columns, in whatever order and case; what only some have is blank in the others.

    Raises
    ------
    InputError
        If a table has fewer than half of the columns of the first in common with it.
    """
    if len(tables) == 1:
        return tables[0]
    first, notes = tables[0], list[Sentence]()
    known = {signature([name]): name for name in first.frame.columns}
    frames = [_named_alike(each, known) for each in tables]
    for table, frame in zip(tables, frames, strict=True):
        notes += _told(table, frame, frames[0])
    name = FILE if FILE not in known.values() else f"{FILE} 2"
    parts = [frame.assign(**{name: table.source.name}) for table, frame in zip(tables, frames, strict=True)]
    whole = pd.concat(parts, ignore_index=True)
    mixed = [each for each, kind in whole.dtypes.items() if pd.api.types.is_object_dtype(kind)]
    whole = whole.astype(dict.fromkeys(mixed, "str"))
    source = replace(first.source, name=listed((each.source.name for each in tables), 8))
    roles = {**suggest_roles(whole), name: "ignored"}
    return Table(whole, roles, source, (*first.notes, *notes), account=_account(tables), hidden=_hidden(tables, known))


def _named_alike(table: Table, known: dict[str, str]) -> pd.DataFrame:
    """Return cells under the names that the first file has for them."""
    names = [known.get(signature([name]), name) for name in table.frame.columns]
    if 2 * len(set(names) & set(known.values())) < len(known):
        raise refused(
            "“{file}” has other columns than the first file: {columns}; choose files of one kind.",
            file=table.source.name,
            columns=listed(table.frame.columns, 8),
        )
    return table.frame.set_axis(names, axis=1)


def _told(table: Table, frame: pd.DataFrame, first: pd.DataFrame) -> list[Sentence]:
    lacks = [name for name in first.columns if name not in frame.columns]
    more = [name for name in frame.columns if name not in first.columns]
    told = [sentence("“{file}”: {said}", file=table.source.name, said=each) for each in table.notes]
    if lacks:
        told.append(sentence("“{file}” lacks the columns: {names}.", file=table.source.name, names=listed(lacks, 8)))
    if more:
        told.append(sentence("Only “{file}” has the columns: {names}.", file=table.source.name, names=listed(more, 8)))
    return told if frame is not first else []


def _hidden(tables: Sequence[Table], known: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Return the ends of hidden counts, under the names of the first file, where no file has others."""
    ends = [(known.get(signature([name]), name), each) for table in tables for name, each in table.hidden.items()]
    return {name: each for name, each in ends if all(other == each for same, other in ends if same == name)}


def _account(tables: Sequence[Table]) -> Account | None:
    """Return what the lines of all files were taken for; those of the first one are shown."""
    accounts = [each.account for each in tables]
    known = [each for each in accounts if each is not None]
    if len(known) < len(accounts):
        return None
    rejected = tuple(
        replace(each, file=table.source.name)
        for table, account in zip(tables, known, strict=True)
        for each in account.rejected
    )
    return Account(np.concatenate([each.taken for each in known]), known[0].shown, rejected)
