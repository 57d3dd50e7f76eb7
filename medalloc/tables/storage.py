"""Keep a table in a folder and bring it back; cells as a file of Arrow, everything else as JSON.

Numbers lie in that file as they lie in memory, so that whoever brings the table back maps them and copies nothing; an
encrypted one is read into memory.
"""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd

from medalloc.errors import unreached
from medalloc.saved import read_file, write_file
from medalloc.sealing.ring import ring_over
from medalloc.sentences import Sentence
from medalloc.tables.account import Account
from medalloc.tables.table import Source, Table

CELLS = "cells.arrow"
"""File of the cells."""


def save_table(table: Table, folder: Path) -> None:
    """Write a table into a folder of its own; it is there once all of it is."""
    import pyarrow

    folder.mkdir(parents=True, exist_ok=True)
    place, draft, cells = folder / CELLS, folder / f".{secrets.token_hex(8)}", _as_arrow(table)
    if ring_over(place.resolve()) is not None:
        content = BytesIO()
        _write(content, pyarrow.ipc.new_file, cells)
        write_file(place, content.getvalue())
    else:
        try:
            with draft.open("wb") as file:
                _write(file, pyarrow.ipc.new_file, cells)
            os.replace(draft, place)
        finally:
            draft.unlink(missing_ok=True)
    write_file(folder / "table.json", json.dumps(_about(table)).encode())


def load_table(folder: Path) -> Table:
    """Return the table that `save_table` wrote into the folder.

    Raises
    ------
    SourceError
        If it is not there, or no longer whole.
    """
    import pyarrow

    try:
        about, place = json.loads(read_file(folder / "table.json")), folder / CELLS
        is_plain = ring_over(place.resolve()) is None
        file = pyarrow.memory_map(str(place)) if is_plain else pyarrow.BufferReader(read_file(place))
        with file, pyarrow.ipc.open_file(file) as cells:
            return _table(_in_place(cells.read_all()), about)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise unreached("The saved table is gone or damaged; choose the file again.") from error


def send_table(table: Table, stream: BinaryIO) -> None:
    """Write a table to who waits at the other end of a stream."""
    import pyarrow

    cells = _as_arrow(table)
    stream.write(json.dumps(_about(table)).encode() + b"\n")
    _write(stream, pyarrow.ipc.new_stream, cells)


def received_table(about: Mapping[str, Any], stream: BinaryIO) -> Table:
    """Return the table of which `send_table` wrote this first; raises EOFError where the rest does not come."""
    import pyarrow

    try:
        with pyarrow.ipc.open_stream(stream) as cells:
            return _table(_in_place(cells.read_all()), about)
    except (pyarrow.ArrowInvalid, OSError) as error:
        raise EOFError from error


def _write(file: BinaryIO, kind: Any, cells: Any) -> None:
    with kind(file, cells.schema) as out:
        out.write_table(cells)


def _in_place(cells: Any) -> pd.DataFrame:
    """Return cells with a block of its own for every column, which stays where it is."""
    frame: pd.DataFrame = cells.to_pandas(split_blocks=True)
    return frame


def _about(table: Table) -> dict[str, Any]:
    return {
        "version": 1,
        "roles": dict(table.roles),
        "source": asdict(table.source),
        "need_is": list(table.need_is),
        "need_as": table.need_as,
        "notes": [each.to_json() for each in table.notes],
        "left_out": [each.to_json() for each in table.left_out],
        "account": None if table.account is None else table.account.to_json(),
        "hidden": {name: list(ends) for name, ends in table.hidden.items()},
    }


def _table(frame: pd.DataFrame, about: Mapping[str, Any]) -> Table:
    means = {"need_is": tuple(about["need_is"]), "need_as": about["need_as"]}
    notes, left_out = (tuple(map(Sentence.from_json, about.get(each, ()))) for each in ("notes", "left_out"))
    account = None if about.get("account") is None else Account.from_json(about["account"])
    source, hidden = Source(**about["source"]), {name: tuple(ends) for name, ends in about["hidden"].items()}
    return Table(frame, about["roles"], source, notes, left_out=left_out, account=account, hidden=hidden, **means)


def _as_arrow(table: Table) -> Any:
    """Return the cells as Arrow, with one thread: a process that forks must have no other."""
    import pyarrow

    cells = pyarrow.Table.from_pandas(table.frame, preserve_index=False, nthreads=1)
    # not a number stays one: as a blank of Arrow it would be copied on its way back
    columns = [
        pyarrow.array(column.to_numpy()) if column.dtype == np.float64 else made
        for (_name, column), made in zip(table.frame.items(), cells.itercolumns(), strict=True)
    ]
    # in one piece each: what lies in several is put together, and thereby copied, by whoever brings it back
    return pyarrow.Table.from_arrays(columns, schema=cells.schema).combine_chunks()
