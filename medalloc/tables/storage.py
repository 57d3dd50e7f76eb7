"""Keep a table in a folder and bring it back; cells as Parquet, everything else as JSON."""

import json
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

import pandas as pd

from medalloc.errors import SourceError
from medalloc.saved import read_file, write_file
from medalloc.sentences import Sentence, sentence
from medalloc.tables.account import Account
from medalloc.tables.table import Source, Table


def save_table(table: Table, folder: Path) -> None:
    """Write a table into a folder of its own; it is there once all of it is.

    Parameters
    ----------
    table : Table
        Any table.
    folder : Path
        Made when it does not exist.
    """
    cells = BytesIO()
    table.frame.to_parquet(cells, index=False)
    write_file(folder / "cells.parquet", cells.getvalue())
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
    write_file(folder / "table.json", json.dumps(about).encode())


def load_table(folder: Path) -> Table:
    """Return the table that `save_table` wrote into the folder.

    Raises
    ------
    SourceError
        If it is not there, or no longer whole.
    """
    try:
        about = json.loads(read_file(folder / "table.json"))
        frame = pd.read_parquet(BytesIO(read_file(folder / "cells.parquet")))
        means = {"need_is": tuple(about["need_is"]), "need_as": about["need_as"]}
        notes, left_out = (tuple(map(Sentence.from_json, about.get(each, ()))) for each in ("notes", "left_out"))
        account = None if about.get("account") is None else Account.from_json(about["account"])
        source = Source(**about["source"])
        return Table(frame, about["roles"], source, notes, left_out=left_out, account=account, **means)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(sentence("The saved table is gone or damaged; choose the file again.")) from error
