"""Read the file a user has: CSV in any usual separator and encoding, Excel, Parquet."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from medalloc.errors import refused
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.account import Account, Line
from medalloc.tables.delimited import refuse_empty, text_cells
from medalloc.tables.no_table import refuse_no_table, refuse_wide
from medalloc.tables.options import ReadOptions
from medalloc.tables.packed import unpacked
from medalloc.tables.parquet import FEATHER, PARQUET, parquet_cells
from medalloc.tables.records import is_json, json_cells
from medalloc.tables.roles import suggest_roles
from medalloc.tables.table import Source, Table
from medalloc.tables.tidying import without_repeated_names
from medalloc.tables.values import plain_cells
from medalloc.tables.workbook import workbook_cells

WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin."""


def read_bytes(content: bytes, name: str, options: ReadOptions | None = None) -> Table:
    r"""Read a table from the bytes of a file and suggest a role for each column.

    Parameters
    ----------
    name : str
        File name, for messages only.
    options : ReadOptions, optional
        Overrides of what is detected.

    Raises
    ------
    InputError
        If the content is not a table, with what was found and what to do.

    Examples
    --------
    >>> table = read_bytes(b"region;demand\nNorth;120\nSouth;80\n", "regions.csv")
    >>> table.source.delimiter, dict(table.roles)
    (';', {'region': 'region', 'demand': 'demand'})
    """
    options, sha256 = options or ReadOptions(), hashlib.sha256(content).hexdigest()
    before: tuple[Sentence, ...] = ()
    content, inside, members = unpacked(content, name, options.sheet)
    if len(members) > 1:
        before, options = (_of_members(inside, members),), replace(options, sheet=None)
    refuse_empty(content, name)
    refuse_no_table(content, inside)
    frame, source, account, said = _cells(content, name, sha256, options)
    del content
    if len(members) > 1:
        source = replace(source, sheet=inside, sheets=members)
    refuse_wide(frame, name)
    blank = frame.isna().all(axis=1)
    frame, again, repeated = without_repeated_names(frame)
    if account is not None:
        account = account.with_rows_as(Line.BLANK, blank).with_rows_as(Line.NAMES, again[~blank])
    frame, notes, hidden = plain_cells(frame, options, whole=True)
    if frame.empty:
        raise refused("“{file}” has column names but no rows; add the rows and choose it again.", file=name)
    said = (*before, *said, *repeated, *notes)
    return Table(frame, suggest_roles(frame), source, said, account=account, hidden=hidden)


def _cells(
    content: bytes, name: str, sha256: str, options: ReadOptions
) -> tuple[pd.DataFrame, Source, Account | None, tuple[Sentence, ...]]:
    """Return the cells of a file of any kind, where they come from, what its lines were taken for, and what is said."""
    if content.startswith((PARQUET, FEATHER)):
        frame, said = parquet_cells(content, name)
        return frame, Source(name, sha256), None, said
    if content.startswith(WORKBOOK):
        return workbook_cells(content, name, sha256, options)
    if is_json(content):
        return json_cells(content, name), Source(name, sha256), None, ()
    return text_cells(content, name, sha256, options)


def _of_members(chosen: str, members: Sequence[str]) -> Sentence:
    others = listed((f"“{each}”" for each in members if each != chosen), 8)
    return sentence("Read is the file “{file}”; not read: {others}.", file=chosen, others=others)
