"""Keep a table in a folder and bring it back; cells as a file of Arrow, everything else as JSON.

Numbers lie in that file as they lie in memory, so that whoever brings the table back maps them and copies nothing.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from medalloc.errors import SourceError
from medalloc.sentences import Sentence, sentence
from medalloc.tables.account import Account
from medalloc.tables.table import Source, Table

CELLS = "cells.arrow"
"""File of the cells."""


def save_table(table: Table, folder: Path) -> None:
    """Write a table into a folder of its own.

    Parameters
    ----------
    table : Table
        Any table.
    folder : Path
        Made when it does not exist.
    """
    import pyarrow

    folder.mkdir(parents=True, exist_ok=True)
    cells = _as_arrow(table)
    with pyarrow.OSFile(str(folder / CELLS), "wb") as file, pyarrow.ipc.new_file(file, cells.schema) as out:
        out.write_table(cells)
    about = {
        "version": 1,
        "roles": dict(table.roles),
        "source": asdict(table.source),
        "need_is": list(table.need_is),
        "need_as": table.need_as,
        "notes": [each.to_json() for each in table.notes],
        "left_out": [each.to_json() for each in table.left_out],
        "account": None if table.account is None else table.account.to_json(),
    }
    (folder / "table.json").write_text(json.dumps(about), encoding="utf-8")


def load_table(folder: Path) -> Table:
    """Return the table that `save_table` wrote into the folder.

    Raises
    ------
    SourceError
        If it is not there, or no longer whole.
    """
    import pyarrow

    try:
        about = json.loads((folder / "table.json").read_text(encoding="utf-8"))
        with pyarrow.memory_map(str(folder / CELLS)) as file, pyarrow.ipc.open_file(file) as cells:
            # a block of its own for every column, which stays where it is in the file
            frame = cells.read_all().to_pandas(split_blocks=True)
        means = {"need_is": tuple(about["need_is"]), "need_as": about["need_as"]}
        notes, left_out = (tuple(map(Sentence.from_json, about.get(each, ()))) for each in ("notes", "left_out"))
        account = None if about.get("account") is None else Account.from_json(about["account"])
        source = Source(**about["source"])
        return Table(frame, about["roles"], source, notes, left_out=left_out, account=account, **means)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(sentence("The saved table is gone or damaged; choose the file again.")) from error


def _as_arrow(table: Table) -> Any:
    """Return the cells as Arrow, with one thread: a process that forks must have no other."""
    import pyarrow

    cells = pyarrow.Table.from_pandas(table.frame, preserve_index=False, nthreads=1)
    for place, (name, kind) in enumerate(table.frame.dtypes.items()):
        if kind == np.float64:
            # not a number stays one: as a blank of Arrow it would be copied on its way back
            cells = cells.set_column(place, name, pyarrow.array(table.frame[name].to_numpy()))
    # in one piece each: what lies in several is put together, and thereby copied, by whoever brings it back
    return cells.combine_chunks()
